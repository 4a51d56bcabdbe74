import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import type { Notice } from '../../../worker/notifications/api.ts'
import { databaseIn } from '../../support/house-database.ts'
import type { Bench, Measured } from './bench.ts'
import { bareWrites } from './fan-out/bare.ts'
import { openBenchHouse } from './house.ts'
import { socketsMost } from './room/process.ts'

/** As many Inboxes as the Worker asks at the same time. */
const atOnce = 40

/** An object that is awake holds more descriptors than a socket, about four; where there are few, fewer people like it. */
const people = Math.min(10_000, Math.floor((socketsMost() * 3) / 5))

export const fanOutBenches: Bench[] = [
  {
    name: 'fan-out',
    method: `a notice to ${people.toLocaleString('en')} people who like an auction and were never told anything (100 in a quick run): from the queue's row to its end, each Inbox new, the notice kept, numbered and counted. Baseline: as many new objects that write one row, ${atOnce} at a time, in a workerd of their own`,
    figures: [{ name: 'people told of a notice', unit: 'people/s' }],
    open: async ({ quick }) => ({
      measure: () => measure(quick ? 100 : people),
      close: async () => {},
    }),
  },
]

/** Each round has a house of its own: workerd keeps descriptors of what it has opened. */
async function measure(count: number): Promise<Measured[]> {
  const baseline = count / (await bareWrites(count, atOnce))
  const { path, site, close } = await openBenchHouse()
  try {
    const db = new DatabaseSync(databaseIn(path))
    queueNotice(db, count)
    const began = performance.now()
    await site.ask('POST', '/dev/cron')
    const left = db.prepare('select count(*) as count from notice_queue')
    while (left.get()?.['count'] !== 0) await pause(20)
    const value = count / ((performance.now() - began) / 1_000)
    db.close()
    return [{ value, baseline }]
  } finally {
    await close()
  }
}

function queueNotice(db: DatabaseSync, count: number): void {
  const target = 'auc_of_the_bench'
  const notice: Notice = {
    id: 'a notice of the bench',
    kind: 'auction-started',
    target,
    actor: null,
    data: { title: 'A lamp' },
    expiresAt: null,
    at: Date.now() as Notice['at'],
  }
  const like = db.prepare('insert into auction_like (account, auction, at) values (?, ?, ?)')
  db.exec('begin')
  for (let place = 0; place < count; place++) like.run(`acc_of_the_bench_${place}`, target, place)
  db.prepare('insert into notice_queue (key, "to", notice) values (?, ?, ?)').run(
    'bench',
    JSON.stringify({ kind: 'likers', except: [] }),
    JSON.stringify(notice),
  )
  db.exec('commit')
}
