import type { ClientFrame, ServerFrame } from '../../../worker/contract/live.ts'
import { edgeHeaders } from '../../../worker/kernel/live-door.ts'
import { factsIn, type Stream } from '../../model/predicates.ts'

/** So long a frame may take on a busy computer before a wait is given up. */
const patienceMs = 10_000

/** Somebody's window on a room: keeps every frame in order, and knows where to go on after a cut. */
export class Viewer {
  readonly stream: Stream
  private readonly open: (headers: Record<string, string>) => Promise<Response>
  private readonly ticket: (() => string) | null
  private socket: WebSocket | null = null
  private epoch: string | undefined
  private seq: number | undefined
  private readonly answers = new Map<string, (frame: ServerFrame) => void>()
  private onFrame: (() => void)[] = []

  constructor(name: string, open: Viewer['open'], ticket: Viewer['ticket'] = null) {
    this.stream = { name, parts: [] }
    this.open = open
    this.ticket = ticket
  }

  get isOpen(): boolean {
    return this.socket !== null
  }

  /** Opens the line, says hello with what it has, and waits for the welcome. */
  async arrive(): Promise<void> {
    const ticket = this.ticket ? { [edgeHeaders.ticket]: this.ticket() } : {}
    const { webSocket } = await this.open({ upgrade: 'websocket', [edgeHeaders.from]: this.stream.name, ...ticket })
    if (!webSocket) throw new Error('no socket')
    this.stream.parts.push([])
    this.socket = webSocket
    webSocket.addEventListener('message', ({ data }) => this.hear(webSocket, JSON.parse(String(data)) as ServerFrame))
    webSocket.addEventListener('close', () => this.lose(webSocket))
    webSocket.accept()
    const hello: ClientFrame = {
      type: 'hello',
      ...(this.epoch === undefined ? {} : { epoch: this.epoch }),
      ...(this.seq === undefined ? {} : { seq: this.seq }),
    }
    webSocket.send(JSON.stringify(hello))
    await this.until(() => this.frames().some(({ type }) => type === 'welcome'))
  }

  /** Sends a frame and waits for its one answer. */
  ask(frame: ClientFrame & { ref: string }): Promise<ServerFrame> {
    const answer = new Promise<ServerFrame>((resolve) => this.answers.set(frame.ref, resolve))
    this.socket?.send(JSON.stringify(frame))
    return answer
  }

  /** Sends a frame and hangs up before anything can be answered. */
  sendAndCut(frame: ClientFrame): void {
    this.socket?.send(JSON.stringify(frame))
    this.cut()
  }

  /** The line is gone, as far as this end knows. */
  cut(): void {
    const { socket } = this
    this.socket = null
    socket?.close(1000)
  }

  /** Waits until it has what the room had at `seq`. */
  has(seq: number): Promise<void> {
    return this.until(() => (this.seq ?? -1) >= seq)
  }

  private frames(): ServerFrame[] {
    return this.stream.parts.at(-1) ?? []
  }

  private hear(socket: WebSocket, frame: ServerFrame): void {
    // What arrives on a line that was cut is not heard any more.
    if (socket !== this.socket) return
    this.frames().push(frame)
    if (frame.type === 'snapshot') {
      this.epoch = frame.epoch
      this.seq = frame.seq
    }
    const last = factsIn(frame).at(-1)
    if (last) {
      this.seq = last.seq
      socket.send(JSON.stringify({ type: 'seen', seq: last.seq } satisfies ClientFrame))
    }
    if ('ref' in frame && typeof frame.ref === 'string') {
      this.answers.get(frame.ref)?.(frame)
      this.answers.delete(frame.ref)
    }
    for (const wake of this.onFrame.splice(0)) wake()
  }

  private lose(socket: WebSocket): void {
    if (socket !== this.socket) return
    this.socket = null
    for (const wake of this.onFrame.splice(0)) wake()
  }

  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (!this.isOpen) throw new Error(`the line of ${this.stream.name} was closed while it waited`)
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${this.stream.name} waited in vain`)), patienceMs)
        this.onFrame.push(() => {
          clearTimeout(late)
          resolve()
        })
      })
    }
  }
}
