import type { Envelope } from '../../worker/contract/events.ts'
import { createOutbox, deliverToRelay, type Outbox } from '../../worker/kernel/outbox.ts'
import { createRelay } from '../../worker/kernel/relay.ts'
import { likes } from '../support/relay.ts'

/** An owner of one stream, with the Worker's own outbox over rows that outlive every relay. */
export class Sender {
  readonly stream: string
  readonly facts: Envelope[] = []
  private readonly outbox: Outbox
  private confirmed = 0
  private running: Promise<void> | null = null

  /** `url` is asked each time: the relay may have moved. */
  constructor(stream: string, url: () => string, secret: Uint8Array<ArrayBuffer>) {
    this.stream = stream
    this.outbox = createOutbox<Envelope>({
      name: stream,
      read: (limit) => this.facts.slice(this.confirmed, this.confirmed + limit),
      deliver: (run) => deliverToRelay(createRelay({ url: url(), secret }), run),
      confirm: (run) => void (this.confirmed += run.length),
      setAside: ({ seq }, reason) => {
        throw new Error(`${stream} ${seq} was set aside: ${reason}`)
      },
    })
  }

  /** Something happened, so many times. */
  add(count: number): void {
    this.facts.push(...likes(this.stream, this.facts.length + 1, this.facts.length + count))
    this.running ??= this.deliver()
  }

  /** Resolves when all of it is confirmed. */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  private async deliver(): Promise<void> {
    for (let wait = await this.outbox.run(); wait !== null; wait = await this.outbox.run())
      await new Promise((resolve) => setTimeout(resolve, wait ?? 0))
    this.running = null
  }
}
