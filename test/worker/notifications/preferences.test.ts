import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { noticeKinds } from '../../../worker/contract/notification-kinds.ts'
import { actor } from '../../support/worker/actors.ts'
import { must } from '../../support/worker/auctions.ts'
import { cronIn, DAY, hourInSeoul } from '../../support/worker/clock.ts'
import { evictInbox, inboxSocket, notice, ringInbox, setInboxClock, tell } from '../../support/worker/inbox.ts'
import { letterAfter, lettersTo } from '../../support/worker/mailbox.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'
import { pushTo } from '../../support/worker/push.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'

const path = '/api/notifications/preferences'
const channels = (on: Partial<Record<'app' | 'push' | 'mail', boolean>>) => ({
  app: true,
  push: true,
  mail: false,
  ...on,
})

describe('preferences', () => {
  it('are everybody’s until somebody chooses, and then theirs', async () => {
    const person = await actor('person')
    const first = must(await person.get(path), 200)
    expect(Object.keys(first.kinds).toSorted()).toEqual([...noticeKinds].toSorted())
    expect(first).toMatchObject({ kinds: { won: channels({ mail: true }), lost: channels({}) }, quiet: null })
    const quiet = { from: '23:00', to: '07:30' }
    const chosen = must(await person.put(path, { kinds: { lost: channels({ app: false, push: false }) }, quiet }), 200)
    expect(chosen).toMatchObject({ kinds: { lost: channels({ app: false, push: false }) }, quiet })
    await evictInbox(person)
    expect(must(await person.get(path), 200)).toEqual(chosen)
  })

  it('cannot switch off in the app what must be told', async () => {
    const person = await actor('person')
    const kinds = { security: channels({ app: false }), decision: channels({ app: false }) }
    const refused = await person.put(path, { kinds, quiet: null })
    expectProblem(refused, 'invalid-fields')
    expect(faultsOf(refused)).toEqual(['/kinds/decision/app: always-on', '/kinds/security/app: always-on'])
    expectProblem(await person.put(path, { kinds: {}, quiet: { from: '07:00', to: '07:00' } }), 'invalid-fields')
    expectProblem(await person.put(path, { kinds: {}, quiet: null, account: 'acc_1' }), 'unknown-field')
  })

  it('keep a kind out of the list and the count', async () => {
    const person = await actor('person')
    const device = await inboxSocket(person)
    must(await person.put(path, { kinds: { lost: channels({ app: false }) }, quiet: null }), 200)
    await tell(person, notice({ kind: 'lost' }), notice({ kind: 'sold' }))
    expect(await device.fact('notified')).toMatchObject({
      notification: { kind: 'sold' },
      unread: { notifications: 1 },
    })
    expect(must(await person.get('/api/notifications'), 200).items).toHaveLength(1)
  })
})

describe('letters', () => {
  it('go to those who have an address and want them, once, in their language', async () => {
    const person = await actor('person', { by: 'email' })
    const email = String(person.email)
    const before = (await lettersTo(email)).length
    must(await person.patch('/api/accounts/preferences', { language: 'en' }), 200)
    const won = notice({ kind: 'won', target: 'auc_1', data: { title: 'Camera', price: 120_000, deal: 'deal_1' } })
    await tell(person, won, notice({ kind: 'lost' }))
    const letter = await letterAfter(email, before)
    expect(letter.text).toContain('kind: won')
    expect(letter.text).toContain('link: http://localhost/en/deals/deal_1')
    expect(letter.text).toContain('"price":120000')
    await tell(person, won)
    await evictInbox(person)
    await tell(person, won)
    await ringInbox(person)
    must(await person.put(path, { kinds: { won: channels({ mail: false }) }, quiet: null }), 200)
    await tell(person, notice({ kind: 'won' }))
    must(await person.put(path, { kinds: { lost: channels({ mail: true }) }, quiet: null }), 200)
    await tell(person, notice({ kind: 'lost', data: { title: 'Lens' } }))
    expect((await letterAfter(email, before + 1)).text).toContain('kind: lost')
    expect(await lettersTo(email)).toHaveLength(before + 2)
  })

  it('wait for a relay that is away, and then come once', async () => {
    const person = await actor('person', { by: 'email' })
    const relay = withRelay()
    relay.act = 'is-away'
    await tell(person, notice({ kind: 'sold' }))
    await ringInbox(person)
    expect(relay.letters).toEqual([])
    relay.act = 'works'
    await eventually(async () => {
      // Its next try would come in some seconds.
      await env.DB.prepare('update job set next_at = 0').run()
      await cronIn(0)
      expect(relay.letters).toHaveLength(1)
    })
    await cronIn(0)
    expect(relay.letters).toHaveLength(1)
  })
})

describe('pushes', () => {
  it('are silent in quiet hours, while the list fills as ever', async () => {
    const person = await actor('person')
    const device = await pushTo(person, 'ko')
    const quiet = { from: '22:00', to: '08:00' }
    must(await person.put(path, { kinds: {}, quiet }), 200)
    await setInboxClock(person, hourInSeoul(23))
    await tell(person, notice({ kind: 'won' }))
    await setInboxClock(person, hourInSeoul(9) + DAY)
    await tell(person, notice({ kind: 'sold' }))
    await eventually(async () => {
      const kinds = (await device.received()).map(({ payload }) => payload.kind)
      expect(kinds).toEqual(['sold'])
    })
    expect(must(await person.get('/api/notifications/count'), 200).unread).toBe(2)
  })

  it('of a kind that is not wanted do not come', async () => {
    const person = await actor('person')
    const device = await pushTo(person, 'ko')
    must(await person.put(path, { kinds: { lost: channels({ push: false }) }, quiet: null }), 200)
    await tell(person, notice({ kind: 'lost' }), notice({ kind: 'message-request' }), notice({ kind: 'sold' }))
    await eventually(async () => {
      const kinds = (await device.received()).map(({ payload }) => payload.kind)
      expect(kinds).toEqual(['sold'])
    })
  })
})
