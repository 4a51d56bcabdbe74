import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { Inbox } from '../../../worker/notifications/inbox.ts'
import { inboxOf, noticeRow, noticesDrain } from '../../../worker/notifications/api.ts'
import { workOnNotices } from '../../../worker/notifications/fan-out.ts'
import { createDb, runBatch } from '../../../worker/kernel/db.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { auction, must } from '../../support/worker/auctions.ts'
import { MINUTE, setRoomClock } from '../../support/worker/clock.ts'
import { inboxSocket, notice } from '../../support/worker/inbox.ts'
import { attend } from '../../support/worker/live.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { crash, eventually, ringAlarm } from '../../support/worker/rooms.ts'

const drain = () => env.DRAIN.get(env.DRAIN.idFromName(noticesDrain))

async function waiting(): Promise<number> {
  return Number(await env.DB.prepare('select count(*) as count from notice_queue').first('count'))
}

/** What was put off after a failure is due again. */
async function makeDue(): Promise<void> {
  await env.DB.prepare('update notice_queue set next_at = 0').run()
}

/** Kills the drain while it waits for these Inboxes, counted from now; answers how often it did. */
function dyingAt(calls: number[]): () => number {
  const { notify } = Inbox.prototype
  let [called, died] = [0, 0]
  Inbox.prototype.notify = async function dying(this: Inbox, ...told: Parameters<typeof notify>) {
    called += 1
    if (calls.includes(called)) {
      died += 1
      await runInDurableObject(drain(), (_, state) => state.abort('crash')).catch(() => {})
    }
    return notify.apply(this, told)
  }
  onTestFinished(() => {
    Inbox.prototype.notify = notify
  })
  return () => died
}

/** D1 whose answers to questions with these words are on their way while something happens. */
function afterLook(words: string, happens: () => Promise<void>): D1Database {
  const asked = <T extends D1PreparedStatement>(statement: T, isMeant: boolean): T =>
    new Proxy(statement, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          const result: unknown = Reflect.apply(member, target, given)
          if (name === 'bind') return asked(result as T, isMeant)
          return isMeant ? (result as Promise<unknown>).finally(happens) : result
        }
      },
    })
  return new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (text: string) => asked(target.prepare(text), text.includes(words))
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}

/** Works the queue off, again and again until nothing is left, as nudges and cron would. */
async function workOff(): Promise<void> {
  const look = async () => {
    await makeDue()
    await drain()
      .nudge(noticesDrain)
      .catch(() => {})
    expect(await waiting()).toBe(0)
  }
  // A thousand new objects take their time on a busy computer.
  await vi.waitFor(look, { timeout: 200_000, interval: 10 })
}

/** People who like an auction. There are too many to let each of them join first. */
async function likers(id: string, count: number): Promise<AccountId[]> {
  const accounts = Array.from({ length: count }, (_, at) => `acc_of_${id}_${at}` as AccountId)
  const insert = env.DB.prepare('insert into auction_like (account, auction, at) values (?, ?, ?)')
  await env.DB.batch(accounts.map((account) => insert.bind(account, id, Date.now())))
  return accounts
}

async function kindsOf(account: AccountId): Promise<string[]> {
  const question = { before: null, limit: 50, unread: false }
  return (await inboxOf(env as Env, account).notifications(account, question)).map(({ kind }) => kind)
}

async function toldOf(who: Actor): Promise<string[]> {
  const { items } = must(await who.get('/api/notifications'), 200)
  return items.map(({ kind }: { kind: string }) => kind)
}

describe('an audience', () => {
  it('of a thousand is told once each, though the one who tells dies again and again', async () => {
    const people = await likers('auc_of_a_thousand', 1_000)
    const told = notice({ kind: 'auction-started', target: 'auc_of_a_thousand' })
    await runBatch(createDb(env.DB), [noticeRow(createDb(env.DB), { kind: 'likers', except: [] }, told)])
    const deaths = dyingAt([150, 420, 421, 700])
    await workOff()
    expect(deaths()).toBe(4)
    const kinds = await Promise.all(people.map(kindsOf))
    expect(kinds.filter((one) => one.join() !== 'auction-started')).toEqual([])
    expect(kinds).toHaveLength(1_000)
  }, 240_000)

  it('that has somebody twice tells them once, and leaves out whom it has to', async () => {
    const [both, out] = ['acc_both', 'acc_out'] as AccountId[]
    const target = 'auc_of_both'
    const insert = env.DB.prepare('insert into auction_like (account, auction, at) values (?, ?, 1)')
    const bid = env.DB.prepare('insert into auction_bidder (account, auction, number, at) values (?, ?, 1, 1)')
    await env.DB.batch([insert.bind(both, target), insert.bind(out, target), bid.bind(both, target)])
    const told = notice({ kind: 'ending-soon', target })
    const db = createDb(env.DB)
    const rows = () => [
      noticeRow(db, { kind: 'likers', except: [String(out)] }, told),
      noticeRow(db, { kind: 'bidders', except: [] }, told),
    ]
    await runBatch(db, [...rows(), ...rows()])
    expect(await waiting()).toBe(2)
    await workOff()
    expect([await kindsOf(both!), await kindsOf(out!)]).toEqual([['ending-soon'], []])
  })
})

describe('the queue', () => {
  it('is worked off to its end, though a notice comes while the drain takes its last look', async () => {
    const db = createDb(env.DB)
    const [first, late] = ['acc_first', 'acc_late'] as AccountId[]
    const queue = (account: AccountId) =>
      runBatch(db, [noticeRow(db, { kind: 'account', account }, notice({ kind: 'follow', target: account }))])
    await queue(first!)
    let isQueued = false
    const work = workOnNotices({
      ...(env as Env),
      DB: afterLook('min(', async () => {
        if (isQueued) return
        isQueued = true
        await queue(late!)
        // The nudge of whoever wrote it: it joins the run that is about to end.
        void work(false)
      }),
    })
    expect(await work(false)).toBeNull()
    expect(isQueued).toBe(true)
    expect(await waiting()).toBe(0)
    expect([await kindsOf(first!), await kindsOf(late!)]).toEqual([['follow'], ['follow']])
  })
})

describe('what follows from an auction', () => {
  it('reaches people while the relay is away, and stays told when it comes back', async () => {
    const [seller, first, second] = await Promise.all([actor('seller'), actor('first'), actor('second')])
    const lot = await auction(seller)
    const relay = withRelay()
    relay.act = 'is-away'
    const device = await inboxSocket(first)
    const [one, other] = [await attend(lot.id, first), await attend(lot.id, second)]
    await one.mustBid(10_000)
    await other.mustBid(12_000)
    expect(await device.fact('notified')).toMatchObject({
      notification: {
        kind: 'outbid',
        target: lot.id,
        data: { title: '필름 카메라', price: 12_000, bidSeq: 4 },
        expiresAt: expect.stringMatching(/Z$/),
      },
    })
    expect(relay.events).toEqual([])
    relay.act = 'works'
    await eventually(async () => {
      await ringAlarm(lot.id)
      expect(relay.toldOf(lot.id)).toContain('bid-placed')
    })
    expect(await toldOf(first)).toEqual(['outbid'])
    expect(await toldOf(seller)).toEqual(['first-bid'])
  })

  it('is one deal and one set of notices, though the room dies at its end', async () => {
    const [seller, winner, loser] = await Promise.all([actor('seller'), actor('winner'), actor('loser')])
    const lot = await auction(seller)
    const [one, other] = [await attend(lot.id, loser), await attend(lot.id, winner)]
    await one.mustBid(10_000)
    await other.mustBid(12_000)
    await setRoomClock(lot.id, 30 * MINUTE)
    for (let deaths = 0; deaths < 3; deaths++) {
      await crash(lot.id)
      await ringAlarm(lot.id)
    }
    await eventually(async () => {
      await ringAlarm(lot.id)
      await workOff()
      expect(await toldOf(loser)).toContain('lost')
      expect(await toldOf(winner)).toContain('won')
      expect(await toldOf(seller)).toContain('sold')
    })
    // Outbid was true while it ran.
    expect(await toldOf(loser)).toEqual(['lost'])
    for (const who of [seller, winner])
      await eventually(async () =>
        expect(must(await who.get('/api/deals'), 200).items).toMatchObject([{ price: 12_000 }]),
      )
    const ofKind = async (who: Actor, kind: string) => (await toldOf(who)).filter((one) => one === kind)
    expect([await ofKind(winner, 'won'), await ofKind(seller, 'sold')]).toEqual([['won'], ['sold']])
  })
})
