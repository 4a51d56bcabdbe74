import { describe, expect, it } from 'vitest'
import type { NotificationView } from '../../../worker/contract/notifications.ts'
import { instant } from '../../../worker/contract/time.ts'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import { DAY, MINUTE } from '../../support/worker/clock.ts'
import {
  evictInbox,
  hasTables,
  inboxSocket,
  notice,
  ringInbox,
  setInboxClock,
  tell,
} from '../../support/worker/inbox.ts'
import { expectProblem } from '../../support/worker/problems.ts'
import { eventually } from '../../support/worker/rooms.ts'

async function listOf(who: Actor, query = ''): Promise<NotificationView[]> {
  return must(await who.get(`/api/notifications${query}`), 200).items
}

async function countOf(who: Actor): Promise<number> {
  return must(await who.get('/api/notifications/count'), 200).unread
}

const kindsOf = (list: NotificationView[]) => list.map(({ kind }) => kind)

describe('what one was told', () => {
  it('is listed newest first, and is nobody else’s', async () => {
    const [person, other] = [await actor('person'), await actor('other')]
    expect(await listOf(person)).toEqual([])
    await tell(
      person,
      notice({ kind: 'won', target: 'auc_1', data: { title: '카메라', price: 12_000, deal: 'deal_1' } }),
    )
    await tell(person, notice({ kind: 'lost' }), notice({ kind: 'sold' }))
    expect(kindsOf(await listOf(person))).toEqual(['sold', 'lost', 'won'])
    expect((await listOf(person)).at(-1)).toEqual({
      id: expect.stringMatching(/^ntf_/),
      kind: 'won',
      actors: [],
      count: 1,
      target: 'auc_1',
      data: { title: '카메라', price: 12_000, deal: 'deal_1' },
      read: false,
      expiresAt: null,
      at: expect.stringMatching(/Z$/),
    })
    expect(await countOf(person)).toBe(3)
    expect([await listOf(other), await countOf(other)]).toEqual([[], 0])
  })

  it('is told once, however often and in whatever company it comes', async () => {
    const person = await actor('person')
    const [one, two] = [notice({ kind: 'won' }), notice({ kind: 'sold' })]
    await Promise.all([tell(person, one), tell(person, one, two), tell(person, two, one)])
    await evictInbox(person)
    await tell(person, one)
    expect(kindsOf(await listOf(person)).toSorted()).toEqual(['sold', 'won'])
    // Not even after it was removed.
    must(await person.delete('/api/notifications'), 204)
    await tell(person, one)
    expect(await listOf(person)).toEqual([])
  })

  it('comes in pages that neither repeat nor skip while more is told', async () => {
    const person = await actor('person')
    await tell(person, ...Array.from({ length: 7 }, (_, place) => notice({ data: { price: place } })))
    const first = must(await person.get('/api/notifications?limit=3'), 200)
    await tell(person, notice({ data: { price: 99 } }))
    const second = must(await person.get(`/api/notifications?limit=3&cursor=${first.nextCursor}`), 200)
    const third = must(await person.get(`/api/notifications?limit=3&cursor=${second.nextCursor}`), 200)
    const prices = [first, second, third].flatMap(({ items }) =>
      items.map((one: NotificationView) => one.data['price']),
    )
    expect(prices).toEqual([6, 5, 4, 3, 2, 1, 0])
    expect(third.nextCursor).toBeNull()
    const other = await actor('other')
    expectProblem(await other.get(`/api/notifications?limit=3&cursor=${first.nextCursor}`), 'bad-cursor')
  })

  it('of like kinds about one thing is folded while it is not read', async () => {
    const [person, ...callers] = await Promise.all(['person', 'ann', 'bob', 'cho', 'dan'].map((name) => actor(name)))
    const follow = (by: Actor) => notice({ kind: 'follow', target: person!.account, actor: by.account })
    for (const by of callers) await tell(person!, follow(by))
    // Somebody who comes twice is one person.
    await tell(person!, follow(callers[0]!))
    const [folded, ...rest] = await listOf(person!)
    expect(rest).toEqual([])
    expect(folded).toMatchObject({ kind: 'follow', count: 4, read: false })
    expect(folded?.actors.map(({ name }) => name)).toEqual(['ann', 'dan', 'cho'])
    must(await person!.post('/api/notifications/read', { ids: [folded?.id] }), 204)
    await tell(person!, follow(callers[1]!))
    expect((await listOf(person!)).map(({ count, read }) => [count, read])).toEqual([
      [1, false],
      [4, true],
    ])
  })

  it('that comes in one telling is folded the same, and told to devices once', async () => {
    const [person, ...callers] = await Promise.all(['person', 'ann', 'bob', 'cho'].map((name) => actor(name)))
    const device = await inboxSocket(person!)
    const follow = (by: Actor) => notice({ kind: 'follow', target: person!.account, actor: by.account })
    const all = [...callers, callers[0]!].map(follow)
    await tell(person!, ...all, notice({ kind: 'sold' }), ...all)
    const [sold, folded, ...rest] = await listOf(person!)
    expect([sold?.kind, rest]).toEqual(['sold', []])
    expect(folded).toMatchObject({ kind: 'follow', count: 3, read: false })
    expect(folded?.actors.map(({ name }) => name)).toEqual(['ann', 'cho', 'bob'])
    await device.fact('notified', ({ notification }) => notification.kind === 'sold')
    expect(device.facts).toMatchObject([
      { notification: { id: folded?.id, count: 3 }, unread: { notifications: 1 } },
      { notification: { kind: 'sold' }, unread: { notifications: 2 } },
    ])
  })

  it('leaves out whoever is blocked or muted, before and after', async () => {
    const [person, ann, bob] = [await actor('person'), await actor('ann'), await actor('bob')]
    const by = (who: Actor, kind: 'follow' | 'deal-step' = 'follow', target: string = who.account) =>
      notice({ kind, target, actor: who.account })
    const device = await inboxSocket(person)
    await tell(person, by(ann), by(bob), by(bob, 'deal-step'))
    expect(await countOf(person)).toBe(3)
    must(await person.put(`/api/mutes/${bob.handle}`), 204)
    // A deal goes on between people whatever they think of each other.
    await eventually(async () => expect(device.facts.at(-1)).toMatchObject({ unread: { notifications: 2 } }))
    expect(kindsOf(await listOf(person))).toEqual(['deal-step', 'follow'])
    expect(await countOf(person)).toBe(2)
    await tell(person, by(bob, 'follow', 'again'))
    expect(await countOf(person)).toBe(2)
    must(await ann.put(`/api/blocks/${person.handle}`), 204)
    await eventually(async () => expect(await countOf(person)).toBe(1))
    must(await person.delete(`/api/mutes/${bob.handle}`), 204)
    await eventually(async () => expect(kindsOf(await listOf(person))).toEqual(['deal-step', 'follow']))
  })

  it('is gone from the moment it expires, whether or not an alarm rang', async () => {
    const person = await actor('person')
    const device = await inboxSocket(person)
    const expiresAt = instant(Date.now() + 10 * MINUTE)
    await tell(person, notice({ kind: 'outbid', target: 'auc_1', expiresAt }), notice({ kind: 'first-bid' }))
    expect(await countOf(person)).toBe(2)
    await evictInbox(person)
    await setInboxClock(person, 10 * MINUTE)
    expect(await countOf(person)).toBe(1)
    expect(kindsOf(await listOf(person))).toEqual(['first-bid'])
    expect(await device.fact('notifications-read')).toMatchObject({ removed: true, unread: { notifications: 1 } })
    // Told too late it is not shown at all.
    await tell(person, notice({ kind: 'outbid', target: 'auc_2', expiresAt }))
    expect(kindsOf(await listOf(person))).toEqual(['first-bid'])
  })

  it('of an auction that runs is overtaken by its end', async () => {
    const person = await actor('person')
    const expiresAt = instant(Date.now() + DAY)
    await tell(person, notice({ kind: 'outbid', target: 'auc_1', expiresAt }))
    await tell(person, notice({ kind: 'outbid', target: 'auc_2', expiresAt }))
    await tell(person, notice({ kind: 'lost', target: 'auc_1' }))
    expect((await listOf(person)).map(({ kind, target }) => [kind, target])).toEqual([
      ['lost', 'auc_1'],
      ['outbid', 'auc_2'],
    ])
  })

  it('is kept for 90 days', async () => {
    const person = await actor('person')
    await tell(person, notice({ kind: 'won' }))
    await setInboxClock(person, 89 * DAY)
    await ringInbox(person)
    expect(kindsOf(await listOf(person))).toEqual(['won'])
    await setInboxClock(person, 90 * DAY + MINUTE)
    await ringInbox(person)
    expect(await listOf(person)).toEqual([])
  })
})

describe('reading and removing', () => {
  it('marks some, or one and everything older, and every device counts the same', async () => {
    const person = await actor('person')
    const [one, other] = [await inboxSocket(person), await inboxSocket(person)]
    await tell(person, ...['won', 'lost', 'sold', 'unsold'].map((kind) => notice({ kind: kind as 'won' })))
    const [unsold, sold, lost] = await listOf(person)
    must(await person.post('/api/notifications/read', { ids: [unsold?.id, 'ntf_nobodys'] }), 204)
    must(await person.post('/api/notifications/read', { upTo: lost?.id }), 204)
    for (const device of [one, other]) {
      const both = await device.until('two facts', () => {
        const facts = device.facts.filter(({ type }) => type === 'notifications-read')
        return facts.length === 2 ? facts : undefined
      })
      expect(both).toMatchObject([
        { ids: [unsold?.id], removed: false, unread: { notifications: 3 } },
        { upTo: lost?.id, removed: false, unread: { notifications: 1 } },
      ])
    }
    expect(await countOf(person)).toBe(1)
    expect((await listOf(person, '?unread=true')).map(({ id }) => id)).toEqual([sold?.id])
    // What was read already is no news.
    must(await person.post('/api/notifications/read', { upTo: lost?.id }), 204)
    must(await person.post('/api/notifications/read', { ids: [sold?.id] }), 204)
    expect(await one.fact('notifications-read', ({ unread }) => unread.notifications === 0)).toMatchObject({
      ids: [sold?.id],
    })
    expect(one.facts.filter(({ type }) => type === 'notifications-read')).toHaveLength(3)
  })

  it('removes one or all, on every device, and repeating it is harmless', async () => {
    const [person, other] = [await actor('person'), await actor('other')]
    const device = await inboxSocket(person)
    await tell(person, notice({ kind: 'won' }), notice({ kind: 'lost' }), notice({ kind: 'sold' }))
    const [sold] = await listOf(person)
    must(await other.delete(`/api/notifications/${sold?.id}`), 204)
    expect(await countOf(person)).toBe(3)
    for (let times = 0; times < 2; times++) must(await person.delete(`/api/notifications/${sold?.id}`), 204)
    expect(await device.fact('notifications-read')).toMatchObject({ ids: [sold?.id], removed: true })
    for (let times = 0; times < 2; times++) must(await person.delete('/api/notifications'), 204)
    expect(await listOf(person)).toEqual([])
    const all = await device.fact('notifications-read', ({ unread }) => unread.notifications === 0)
    expect(all).toMatchObject({ removed: true })
    expect(all).not.toHaveProperty('ids')
    expectProblem(await person.delete('/api/notifications/ntf_00000000000000000000000000'), 'not-found')
  })

  it('makes no tables where there is nothing to read', async () => {
    const person = await actor('person')
    await person.get('/api/notifications')
    await person.get('/api/notifications/count')
    await person.post('/api/notifications/read', { ids: ['ntf_1'] })
    await person.delete('/api/notifications')
    await person.get('/api/notifications/preferences')
    expect(await hasTables(person)).toBe(false)
    await tell(person, notice())
    expect(await hasTables(person)).toBe(true)
  })
})
