import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RoomOrder, RoomsReport, RoomToOpen } from './load-rooms.ts'

const script = fileURLToPath(new URL('load-rooms.ts', import.meta.url))

/** A load process that sits in many rooms at once. */
export class ManyRooms {
  private readonly child: ChildProcess = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

  async open(rooms: RoomToOpen[]): Promise<void> {
    await this.ask({ open: rooms })
  }

  /** Throws where a fact was lost or came twice. */
  async run(seconds: number): Promise<RoomsReport> {
    const report = (await this.ask({ seconds })) as RoomsReport
    const { lost, doubled, mishaps, ownCpu } = report
    const others = Object.entries(mishaps).map(([what, count]) => `${count} ${what}`)
    if (lost > 0 || doubled > 0 || others.length > 0)
      throw new Error([`${lost} facts lost`, `${doubled} doubled`, ...others].join(', '))
    if (ownCpu > 0.9)
      console.error(`  the load used ${Math.round(ownCpu * 100)} % of a core itself: it may be the limit`)
    return report
  }

  private ask(order: RoomOrder): Promise<RoomsReport | null> {
    return new Promise((resolve, reject) => {
      this.child.once('message', (message: { report: RoomsReport | null } | { failed: string }) => {
        if ('failed' in message) reject(new Error(message.failed))
        else resolve(message.report)
      })
      this.child.send(order)
    })
  }

  end(): void {
    this.child.disconnect()
  }
}
