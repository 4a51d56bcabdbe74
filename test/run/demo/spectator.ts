import type { Person, Site } from './client.ts'

const heartbeatMs = 25_000
const returnMs = 3_000

/** A person's open window on one auction: says hello, tells what it has seen, comes back when the line is cut. */
export class Spectator {
  private readonly site: Site
  private readonly person: Person
  private readonly auction: string
  private socket: WebSocket | null = null
  private beat: NodeJS.Timeout | null = null
  private seen = 0
  private toldSeen = 0
  private isGone = false

  constructor(site: Site, person: Person, auction: string) {
    this.site = site
    this.person = person
    this.auction = auction
  }

  async arrive(): Promise<void> {
    if (this.isGone) return
    try {
      const { ticket } = await this.person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
      this.open(ticket)
    } catch {
      this.comeBack()
    }
  }

  leave(): void {
    this.isGone = true
    if (this.beat) clearInterval(this.beat)
    this.socket?.close(1000)
  }

  private open(ticket: string): void {
    const address = `${this.site.origin.replace(/^http/, 'ws')}/api/auctions/${this.auction}/live`
    // Node's client takes headers besides, which the type that it shares with browsers does not know.
    const options = {
      protocols: ['hallabong.v1', `ticket.${ticket}`],
      headers: { origin: this.site.origin, ...this.site.keyHeaders },
    } as unknown as string[]
    const socket = new WebSocket(address, options)
    this.socket = socket
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello' })))
    socket.addEventListener('message', ({ data }) => this.hear(String(data)))
    socket.addEventListener('close', () => this.comeBack())
    socket.addEventListener('error', () => socket.close())
    if (this.beat) clearInterval(this.beat)
    this.beat = setInterval(() => this.tell(), heartbeatMs / 10)
  }

  private hear(data: string): void {
    if (data === 'pong') return
    const frame = JSON.parse(data) as { seq?: number; last?: number }
    const seq = frame.last ?? frame.seq
    if (seq !== undefined) this.seen = Math.max(this.seen, seq)
  }

  private beats = 0

  private tell(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return
    if (this.seen > this.toldSeen) {
      this.toldSeen = this.seen
      this.socket.send(JSON.stringify({ type: 'seen', seq: this.seen }))
    }
    if (++this.beats % 10 === 0) this.socket.send('ping')
  }

  private comeBack(): void {
    if (this.beat) clearInterval(this.beat)
    this.beat = null
    if (!this.isGone) setTimeout(() => void this.arrive(), returnMs).unref()
  }
}
