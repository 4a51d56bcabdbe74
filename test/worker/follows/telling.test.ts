import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { followsChanged, shutOutChanged } from '../../../worker/follows/pairs.ts'
import { followsDrain, workOnFollows, type Pair } from '../../../worker/follows/telling.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import { actor } from '../../support/worker/actors.ts'
import { block } from '../../support/worker/people.ts'

const db = createDb(env.DB)
const drain = () => env.DRAIN.get(env.DRAIN.idFromName(followsDrain))
const count = (table: string) => env.DB.prepare(`select count(*) as count from ${table}`).first<number>('count')

/** The work of the drain with somebody to tell who can fail, in an object of its own. */
function workOf(tell: (pair: Pair) => Promise<void>, tellShutOut: typeof tell = async () => {}) {
  const stub = env.DRAIN.get(env.DRAIN.idFromName(`follows of a test ${crypto.randomUUID()}`))
  return () =>
    runInDurableObject(stub, (_, state) =>
      workOnFollows({
        follows: [(_env, pair) => tell(pair)],
        shutOuts: [(_env, pair) => tellShutOut(pair)],
      })(
        env as unknown as Env,
        state,
      )(true),
    )
}

/** Tells what other tests have left, so that one sees one's own. */
async function settle(): Promise<void> {
  await drain().nudge(followsDrain)
  await runDurableObjectAlarm(drain())
  await env.DB.prepare('delete from pair_due').run()
}

describe('a pair that changed', () => {
  it('is told as it stands when it is told, and again until it was taken', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    await block(one, other)
    await settle()
    await runBatch(db, [shutOutChanged(db, other.account, one.account)])
    const told: Pair[] = []
    let fails = true
    const work = workOf(async (pair) => {
      told.push(pair)
      if (fails) throw new Error('away')
    })
    expect(await work()).toBeGreaterThan(0)
    expect(await count('pair_due')).toBe(1)
    fails = false
    await env.DB.prepare('update pair_due set next_at = 0').run()
    expect(await work()).toBeNull()
    expect(await count('pair_due')).toBe(0)
    const isLow = one.account < other.account
    for (const { low, high, toHigh } of told) {
      expect([low, high]).toEqual([one.account, other.account].toSorted())
      expect(toHigh).toMatchObject({ isBlocking: isLow, isBlockedBy: !isLow })
    }
    expect(told).toHaveLength(2)
  })

  it('while it is being told is told once more', async () => {
    const [one, other] = await Promise.all([actor('one'), actor('other')])
    await settle()
    await runBatch(db, [shutOutChanged(db, one.account, other.account)])
    let times = 0
    const work = workOf(async () => {
      times += 1
      if (times === 1) await runBatch(db, [shutOutChanged(db, one.account, other.account)])
    })
    await work()
    expect(times).toBe(2)
    expect(await count('pair_due')).toBe(0)
  })
})

describe('who keeps a picture of two people', () => {
  it('is told of follows or of shutting out, whichever it depends on', async () => {
    const [one, other, third] = await Promise.all([actor('one'), actor('other'), actor('third')])
    await settle()
    const edges = (follower: string, followee: string) => sql`select ${follower} as follower, ${followee} as followee`
    const [followed, shutOut]: Pair[][] = [[], []]
    const work = workOf(
      async (pair) => void followed?.push(pair),
      async (pair) => void shutOut?.push(pair),
    )
    const told = (pairs: Pair[] | undefined) => pairs?.map(({ low, high }) => [low, high])
    const [pair, another] = [[one.account, other.account].toSorted(), [one.account, third.account].toSorted()]
    await runBatch(db, [followsChanged(db, edges(one.account, other.account))])
    await work()
    expect([told(followed), told(shutOut)]).toEqual([[pair], []])
    await runBatch(db, [
      followsChanged(db, edges(third.account, one.account)),
      shutOutChanged(db, one.account, other.account),
      followsChanged(db, edges(other.account, one.account)),
    ])
    await work()
    expect(told(followed)?.slice(1).toSorted()).toEqual([pair, another].toSorted())
    expect(told(shutOut)).toEqual([pair])
  })
})

describe('acceptances', () => {
  it('become notices in pages, however many there are', async () => {
    const owner = await actor('owner')
    const askers = Array.from({ length: 45 }, (_, index) => `('asker ${index}', '${owner.account}', ${index})`)
    await env.DB.prepare(`insert into acceptance (follower, followee, at) values ${askers.join()}`).run()
    const before =
      (await env.DB.prepare("select seq from sqlite_sequence where name = 'notice_queue'").first<number>('seq')) ?? 0
    await workOf(async () => {})()
    expect(await count('acceptance')).toBe(0)
    const after = await env.DB.prepare("select seq from sqlite_sequence where name = 'notice_queue'").first<number>(
      'seq',
    )
    expect((after ?? 0) - before).toBe(45)
    await env.DB.prepare("delete from notice_queue where key like '% asker %'").run()
  })
})
