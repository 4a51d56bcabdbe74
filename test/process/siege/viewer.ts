import { protocol } from '../../../worker/contract/live.ts'
import type { Stream } from '../../model/predicates.ts'
import type { Site } from '../../run/demo/client.ts'
import { LiveClient } from '../../support/live.ts'
import { pause } from './bidder.ts'

/** A window that comes back whenever it was cut, says what it has, and keeps every frame. */
export class Viewer {
  readonly stream: Stream
  private readonly url: string
  private readonly stands: () => Promise<unknown>
  private client: LiveClient | null = null
  private isLeaving = false
  private watching: Promise<void> = Promise.resolve()

  constructor(site: Site, auction: string, name: string, stands: () => Promise<unknown>) {
    this.url = `${site.origin.replace('http', 'ws')}/api/auctions/${auction}/live`
    this.stands = stands
    this.stream = { name, parts: [] }
  }

  watch(): void {
    this.watching = this.keepWatching()
  }

  /** Resolves when it has everything up to this place. */
  async hasSeen(seq: number): Promise<void> {
    while ((this.client?.seq ?? 0) < seq) await pause(50)
  }

  async leave(): Promise<void> {
    this.isLeaving = true
    await this.client?.close()
    await this.watching
  }

  private async keepWatching(): Promise<void> {
    let from: { epoch?: string; seq?: number } = {}
    while (!this.isLeaving) {
      await this.stands()
      const client = new LiveClient(new WebSocket(this.url, [protocol]))
      client.seq = from.seq ?? 0
      this.stream.parts.push(client.frames)
      this.client = client
      try {
        await client.until('open', () => (client.socket.readyState === WebSocket.OPEN ? true : undefined))
        await client.hello(from)
        await client.until('close', () => client.ended, 3_600_000)
      } catch {
        // The house fell before it answered.
        client.socket.close()
      }
      if (client.epoch !== null) from = { epoch: client.epoch, seq: client.seq }
      await pause(50)
    }
  }
}
