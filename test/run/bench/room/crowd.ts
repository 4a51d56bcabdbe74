import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BidReport, ComeReport, Door, Order, Report, SeenReport, Sent } from './frames.ts'

const script = fileURLToPath(new URL('load.ts', import.meta.url))

/** Near this share of a core a load process measures itself. */
const busy = 0.9

/** A load process: it does one thing after the other, and what it tells is checked before it is believed. */
export class Crowd {
  private readonly child: ChildProcess = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

  watch(door: Door, count: number, withinMs = 0): Promise<ComeReport> {
    return this.come({ order: 'watch', door, count, withinMs })
  }

  /** With null instead of a ticket nobody is signed in: the baseline asks for none. */
  enter(door: Door, tickets: (string | null)[]): Promise<unknown> {
    return this.ask({ order: 'enter', door, tickets })
  }

  /** Throws where a fact was lost or came twice: figures of a broken stream are worth nothing. */
  async bid(
    amounts: number[],
    pace: { perSecond: number } | { atOnce: number },
    kind: 'exact' | 'max' = 'exact',
  ): Promise<BidReport> {
    return sound((await this.ask({ order: 'bid', amounts, pace, kind })) as BidReport)
  }

  /** From here on its viewers see what another crowd bids; `account` tells how that was. */
  async listen(): Promise<void> {
    await this.ask({ order: 'listen' })
  }

  async account(sent: Sent[], upTo: number): Promise<SeenReport> {
    return sound((await this.ask({ order: 'account', sent, upTo })) as SeenReport)
  }

  async rest(): Promise<void> {
    await this.ask({ order: 'rest' })
  }

  async drop(): Promise<void> {
    await this.ask({ order: 'drop' })
  }

  return(upTo: number): Promise<ComeReport> {
    return this.come({ order: 'return', upTo })
  }

  async leave(): Promise<void> {
    await this.ask({ order: 'close' })
  }

  end(): void {
    this.child.disconnect()
  }

  private async come(order: Order): Promise<ComeReport> {
    const report = (await this.ask(order)) as ComeReport
    if (report.failed > 0) throw new Error(`${report.failed} sockets were not let in: ${report.why.join(', ')}`)
    return sound(report)
  }

  private ask(order: Order): Promise<BidReport | SeenReport | ComeReport | null> {
    return new Promise((resolve, reject) => {
      this.child.once('message', (message: Report) => {
        if ('failed' in message) reject(new Error(message.failed))
        else resolve(message.report)
      })
      this.child.send(order)
    })
  }
}

type Counted = Pick<SeenReport, 'lost' | 'doubled' | 'ownCpu'> & { closed?: string[] }

function sound<T extends Counted>(report: T): T {
  const { lost, doubled, closed = [] } = report
  if (lost > 0 || doubled > 0)
    throw new Error(`${lost} facts lost, ${doubled} doubled; closed: ${closed.join(', ') || 'none'}`)
  warnOfItself(report.ownCpu)
  return report
}

function warnOfItself(ownCpu: number): void {
  if (ownCpu > busy)
    console.error(`  the load used ${Math.round(ownCpu * 100)} % of a core itself: it may be the limit`)
}
