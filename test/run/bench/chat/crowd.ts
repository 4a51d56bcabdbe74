import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Device, Order, Report, TalkReport } from './frames.ts'

const script = fileURLToPath(new URL('load.ts', import.meta.url))

/** Near this share of a core a load process measures itself. */
const busy = 0.9

/** A load process. What it tells is checked before it is believed. */
export class Crowd {
  private readonly child: ChildProcess = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

  async come(devices: Device[]): Promise<void> {
    await this.ask({ order: 'come', devices })
  }

  /** Throws where a message was lost or came twice: figures of a broken stream are worth nothing. */
  async talk(each: number, atOnce: number): Promise<TalkReport> {
    const report = (await this.ask({ order: 'talk', each, atOnce })) as TalkReport
    const { lost, doubled, ownCpu } = report
    if (lost > 0 || doubled > 0) throw new Error(`${lost} messages lost, ${doubled} doubled`)
    if (ownCpu > busy)
      console.error(`  the load used ${Math.round(ownCpu * 100)} % of a core itself: it may be the limit`)
    return report
  }

  async leave(): Promise<void> {
    await this.ask({ order: 'leave' })
  }

  end(): void {
    this.child.disconnect()
  }

  private ask(order: Order): Promise<TalkReport | null> {
    return new Promise((resolve, reject) => {
      this.child.once('message', (message: Report) => {
        if ('failed' in message) reject(new Error(message.failed))
        else resolve(message.report)
      })
      this.child.send(order)
    })
  }
}
