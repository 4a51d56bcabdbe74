import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fact, TableStream } from '../../../worker/contract/events.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import type { Drain } from '../../../worker/kernel/drain.ts'
import { outboxRow } from '../../../worker/kernel/outbox.ts'
import { HOUR } from '../../support/worker/clock.ts'
import { withRelay } from '../../support/worker/relay.ts'

const db = createDb(env.DB)
const drain = () => env.DRAIN.get(env.DRAIN.idFromName('d1'))
const count = async (table: string) => env.DB.prepare(`select count(*) as count from ${table}`).first<number>('count')

const liked = (account: string): Fact => ({ type: 'auction-liked', payload: { auction: 'auc_1', account } })
const write = (...facts: [TableStream, Fact][]) =>
  runBatch(
    db,
    facts.map(([stream, fact]) => outboxRow(db, stream, fact)),
  )
const like = (...accounts: string[]) =>
  write(...accounts.map((account): [TableStream, Fact] => ['likes', liked(account)]))

/** For a relay that is away. The alarm that is set then rings by hand alone. */
async function nudgeInVain(): Promise<void> {
  await runInDurableObject(drain(), async (object: Drain, { storage }) => {
    await object.nudge('d1')
    expect(await storage.getAlarm()).not.toBeNull()
    await storage.setAlarm(Date.now() + HOUR)
  })
}

/** The number of the last fact before the test. */
let last = 0
beforeEach(async () => {
  withRelay()
  await runDurableObjectAlarm(drain())
  await drain().nudge('d1')
  last = await runInDurableObject(drain(), (_drain, { storage }) => {
    const [head] = storage.sql.exec<{ seq: number }>("select seq from head where stream = 'likes'")
    return head?.seq ?? 0
  })
})

const seqs = (relay: ReturnType<typeof withRelay>, stream = 'likes') =>
  relay.events.filter((event) => event.stream === stream).map(({ seq }) => seq)
const accounts = (relay: ReturnType<typeof withRelay>) =>
  relay.events.map(({ payload }) => (payload as { account: string }).account)
const next = (howMany: number) => Array.from({ length: howMany }, (_, index) => last + index + 1)

describe('facts that D1 owns', () => {
  it('leave in the order of their batches, numbered without gap in each stream, and are gone then', async () => {
    const relay = withRelay()
    await like('acc_1', 'acc_2')
    await write(
      ['media', { type: 'media-removed', payload: { media: 'med_1', owner: 'acc_1' } }],
      ['likes', liked('acc_3')],
    )
    await drain().nudge('d1')
    expect(seqs(relay)).toEqual(next(3))
    expect(accounts(relay).filter(Boolean)).toEqual(['acc_1', 'acc_2', 'acc_3'])
    expect(relay.events.filter(({ stream }) => stream === 'media')).toMatchObject([
      { type: 'media-removed', version: 1 },
    ])
    expect(await count('outbox')).toBe(0)
  })

  it('of a batch that failed never leave', async () => {
    const relay = withRelay()
    const broken = db.run('select * from nowhere')
    await expect(runBatch(db, [outboxRow(db, 'likes', liked('acc_1')), broken])).rejects.toThrow('no such table')
    await like('acc_2')
    await drain().nudge('d1')
    expect([seqs(relay), accounts(relay)]).toEqual([next(1), ['acc_2']])
  })

  it('wait while the relay is away, and leave by the alarm with the numbers they were given', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    await like('acc_1', 'acc_2')
    await nudgeInVain()
    expect(await count('outbox')).toBe(2)
    relay.act = 'works'
    await like('acc_3')
    expect(await runDurableObjectAlarm(drain())).toBe(true)
    expect([seqs(relay), accounts(relay)]).toEqual([next(3), ['acc_1', 'acc_2', 'acc_3']])
    expect(await runDurableObjectAlarm(drain())).toBe(false)
  })

  it.each([
    ['evicted', () => evictDurableObject(drain())],
    ['aborted', () => abortAllDurableObjects()],
  ])('keep their numbers when the drain is %s before the answer came', async (_how, die) => {
    const relay = withRelay()
    const { publish } = relay
    // The relay has them, the drain never hears of it.
    relay.publish = async (events) => {
      await publish(events)
      return { ok: false, retry: true, code: 'unreachable' }
    }
    await like('acc_1', 'acc_2')
    await drain().nudge('d1')
    await die()
    relay.publish = publish
    await like('acc_3')
    await drain().nudge('d1')
    expect([seqs(relay), accounts(relay)]).toEqual([next(3), ['acc_1', 'acc_2', 'acc_3']])
    expect(await count('outbox')).toBe(0)
  })

  it('keep their numbers when it died after D1 forgot them and before it forgot their numbers', async () => {
    const relay = withRelay()
    relay.act = 'is-away'
    await like('acc_1')
    await nudgeInVain()
    relay.act = 'works'
    await env.DB.prepare('delete from outbox').run()
    await like('acc_2')
    await runDurableObjectAlarm(drain())
    // Number `last + 1` went with the fact that was forgotten.
    expect(seqs(relay)).toEqual([last + 2])
    const kept = await runInDurableObject(drain(), (_drain, { storage }) =>
      storage.sql.exec('select row from numbered').toArray(),
    )
    expect(kept).toEqual([])
  })

  it('that nobody takes are set aside for a person after five tries, and the rest goes on', async () => {
    const relay = withRelay()
    const { publish } = relay
    relay.publish = (events) =>
      events.some(({ payload }) => (payload as { account: string }).account === 'acc_poison')
        ? Promise.resolve({ ok: false, retry: false, code: 'malformed' })
        : publish(events)
    await like('acc_1', 'acc_poison', 'acc_2')
    await drain().nudge('d1')
    for (let tries = 1; tries < 5; tries += 1) await runDurableObjectAlarm(drain())
    expect(accounts(relay)).toEqual(['acc_1', 'acc_2'])
    expect(seqs(relay)).toEqual([last + 1, last + 3])
    const aside = await env.DB.prepare('select stream, seq, reason from outbox_aside').all()
    expect(aside.results).toEqual([{ stream: 'likes', seq: last + 2, reason: 'malformed' }])
    expect(await count('outbox')).toBe(0)
  })

  it('leave in many runs when there are many', async () => {
    const relay = withRelay()
    const names = Array.from({ length: 250 }, (_, index) => `acc_${index}`)
    for (let at = 0; at < names.length; at += 50) await like(...names.slice(at, at + 50))
    await Promise.all([drain().nudge('d1'), drain().nudge('d1'), drain().nudge('d1')])
    expect([seqs(relay), accounts(relay)]).toEqual([next(250), names])
  })
})
