import { WebSocket } from 'ws'
import { protocol } from '../../../worker/contract/live.ts'
import type { Frame } from './frames.ts'

export interface Knock {
  url: string
  /** From where it is said to come: limits of an address count by it. */
  address: string
  ticket?: string | undefined
}

/** How a line ended: with a code, or with the status of an upgrade that was refused. */
export type Ending = { code: number } | { status: number }

/** The protocol's end of a socket, which says what it is told to and keeps nothing of what it hears. */
export class Line {
  readonly socket: WebSocket
  readonly ended: Promise<Ending>
  /** False when the upgrade was refused. */
  readonly opened: Promise<boolean>
  sent = 0

  constructor({ url, address, ticket }: Knock) {
    const protocols = [protocol, ...(ticket === undefined ? [] : [`ticket.${ticket}`])]
    this.socket = new WebSocket(url, protocols, {
      perMessageDeflate: false,
      headers: { 'cf-connecting-ip': address },
    })
    let status = 0
    this.socket.on('unexpected-response', (request, response) => {
      status = response.statusCode ?? 0
      response.resume()
      request.destroy()
      this.socket.emit('close', 1006)
    })
    this.socket.on('error', () => {})
    this.ended = new Promise((resolve) => {
      this.socket.once('close', (code: number) => resolve(status === 0 ? { code } : { status }))
    })
    this.opened = Promise.race([
      new Promise<boolean>((resolve) => this.socket.once('open', () => resolve(true))),
      this.ended.then(() => false),
    ])
  }

  send(frame: Frame | object): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.sent += 1
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
  }

  /** Bytes as they are, whatever the protocol would make of them. */
  scrawl(bytes: Buffer): void {
    this.sent += 1
    ;(this.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(bytes)
  }

  /** From here on nothing is taken from the line, so that it fills up. */
  deafen(): void {
    this.socket.pause()
  }

  /** Gone at once, without a word. */
  drop(): void {
    this.socket.terminate()
  }
}
