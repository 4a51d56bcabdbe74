/** Every wait ends by itself: a frame that never comes is a failure with a name, not a hanging run. */
const patienceMs = 8_000

interface Typed {
  type: string
}

/** One socket as a client has it: keeps every frame, waits for them, says what it has seen. `take` is each protocol's own. */
export abstract class SocketClient<ClientFrame extends Typed, ServerFrame extends Typed> {
  readonly socket: WebSocket
  readonly frames: ServerFrame[] = []
  /** What was neither JSON nor ours, such as `pong`. */
  readonly texts: string[] = []
  /** How it was closed, once it was. */
  ended: { code: number; reason: string } | undefined
  epoch: string | null = null
  seq = 0
  /** Says `seen` after every batch, as clients should. */
  saysSeen = true
  private refs = 0
  private readonly waiting = new Set<() => void>()

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => this.receive(String(data)))
    socket.addEventListener('open', () => this.wake())
    socket.addEventListener('close', ({ code, reason }) => {
      this.ended = { code, reason }
      this.wake()
    })
  }

  private receive(text: string): void {
    if (!text.startsWith('{')) this.texts.push(text)
    else {
      const frame = JSON.parse(text) as ServerFrame
      this.frames.push(frame)
      this.take(frame)
    }
    this.wake()
  }

  protected abstract take(frame: ServerFrame): void

  private wake(): void {
    for (const look of this.waiting) look()
  }

  send(frame: ClientFrame): void {
    this.sendText(JSON.stringify(frame))
  }

  sendText(text: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text)
  }

  /** Resolves with the first thing that `find` returns, now or after any frame. */
  until<T>(what: string, find: () => T | undefined, patience = patienceMs): Promise<T> {
    const now = find()
    if (now !== undefined) return Promise.resolve(now)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look)
        const last = this.frames.slice(-3).map(({ type }) => type)
        reject(new Error(`no ${what} within ${patience} ms; last came ${last.join(', ') || 'nothing'}`))
      }, patience)
      const look = () => {
        const found = find()
        if (found === undefined) return
        clearTimeout(timer)
        this.waiting.delete(look)
        resolve(found)
      }
      this.waiting.add(look)
    })
  }

  /** The next frame of this type, counted from the frames that are here when it is called. */
  next<T extends ServerFrame['type']>(type: T): Promise<Extract<ServerFrame, { type: T }>> {
    const from = this.frames.length
    return this.until(type, () => this.frames.slice(from).find((frame) => frame.type === type) as never)
  }

  /** Sends a frame under a name of its own and waits for its one answer. */
  protected answerTo(frame: Typed): Promise<Extract<ServerFrame, { ref?: string }>> {
    this.refs += 1
    const ref = `r${this.refs}`
    this.sendText(JSON.stringify({ ...frame, ref }))
    return this.until(
      `answer to ${frame.type}`,
      () => this.frames.find((one) => 'ref' in one && one.ref === ref) as never,
    )
  }

  /** Closes and waits for the server's close. */
  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.close(1000)
    await this.gone()
  }

  /** The close of either side, within patience. */
  gone(): Promise<{ code: number; reason: string }> {
    return this.until('close', () => this.ended)
  }
}
