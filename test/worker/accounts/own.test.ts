import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { redeemTicket } from '../../../worker/accounts/api.ts'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import { readConfig } from '../../../worker/env.ts'
import { withClockOffset } from '../../../worker/kernel/clock.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import { actor, staff, suspend } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { DAY, SECOND } from '../../support/worker/clock.ts'
import { inboxSocket } from '../../support/worker/inbox.ts'
import { expectProblem, faultsOf } from '../../support/worker/problems.ts'

const ids = createIds(readConfig(env).idSecret)
const room = () => ({ auction: ids.mint('auction'), seller: ids.mint('account') as AccountId })

describe('preferences', () => {
  it('begin with everyone, named in rooms, unnamed beside bids, personalised', async () => {
    const person = await actor('person')
    expect((await person.get('/api/accounts/preferences')).body).toEqual({
      language: 'ko',
      messagesFrom: 'everyone',
      showInRooms: true,
      showBidName: false,
      personalised: true,
    })
  })

  it('change one by one', async () => {
    const person = await actor('person')
    const changed = await person.patch('/api/accounts/preferences', { showBidName: true, language: 'en' })
    expect(changed.body).toMatchObject({ showBidName: true, language: 'en', showInRooms: true })
    expect((await person.get('/api/accounts/preferences')).body).toEqual(changed.body)
  })

  it('tell every device how rooms are to show one, and nothing of the others', async () => {
    const person = await actor('person')
    const device = await inboxSocket(person)
    await person.patch('/api/accounts/preferences', { language: 'en', messagesFrom: 'nobody', personalised: false })
    await person.patch('/api/accounts/preferences', { showInRooms: false })
    expect(await device.fact('account-changed')).toMatchObject({ seq: 1, what: 'profile' })
    await person.patch('/api/accounts/preferences', { showBidName: true })
    expect(await device.fact('account-changed', ({ seq }) => seq === 2)).toMatchObject({ what: 'profile' })
  })

  it('take what they know and nothing else', async () => {
    const person = await actor('person')
    const change = (body: object) => person.patch('/api/accounts/preferences', body)
    expect(faultsOf(await change({ messagesFrom: 'some' }))).toEqual(['/messagesFrom: not-an-option'])
    expectProblem(await change({ role: 'admin' }), 'unknown-field')
    expectProblem(await ask('GET', '/api/accounts/preferences'), 'not-signed-in')
  })
})

describe('a ticket', () => {
  it('tells a room who comes, once', async () => {
    const person = await actor('bidder')
    const ticket = await person.ticket()
    const place = room()
    const redeemed = await redeemTicket(env, ticket, place)
    expect(redeemed).toMatchObject({
      ok: true,
      participant: {
        account: person.account,
        login: person.login,
        handle: person.handle,
        trader: true,
        role: 'member',
        manner: 40,
        showInRooms: true,
        showBidName: false,
        suspended: false,
      },
    })
    expect(await redeemTicket(env, ticket, place)).toEqual({ ok: false, close: closeCodes.authorityOver })
    expect(await redeemTicket(env, ticket, room())).toEqual({ ok: false, close: closeCodes.authorityOver })
  })

  it('is good for one of two that come at the same moment', async () => {
    const person = await actor('bidder')
    const ticket = await person.ticket()
    const redeemed = await Promise.all([redeemTicket(env, ticket, room()), redeemTicket(env, ticket, room())])
    expect(redeemed.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('lives 30 seconds', async () => {
    const person = await actor('bidder')
    const ticket = await person.ticket()
    const late = await withClockOffset(31 * SECOND, () => redeemTicket(env, ticket, room()))
    expect(late).toEqual({ ok: false, close: closeCodes.authorityOver })
    expect((await redeemTicket(env, ticket, room())).ok).toBe(true)
  })

  it.each([
    ['invented', () => 'invented'],
    ['empty', () => ''],
    ['for another account', (ticket: string) => [ids.mint('account'), ...ticket.split('.').slice(1)].join('.')],
    ['with a longer life', (ticket: string) => ticket.replace(/^([^.]+\.[^.]+)\.[^.]+/, '$1.zzzzzzzz')],
  ])('that is %s opens nothing', async (_name, forge) => {
    const person = await actor('bidder')
    const redeemed = await redeemTicket(env, forge(await person.ticket()), room())
    expect(redeemed).toEqual({ ok: false, close: closeCodes.authorityOver })
  })

  it('dies with its sign-in', async () => {
    const person = await actor('bidder')
    const ticket = await person.ticket()
    await person.post('/api/accounts/logout')
    expect(await redeemTicket(env, ticket, room())).toEqual({ ok: false, close: closeCodes.authorityOver })
  })

  it('of one who was suspended meanwhile closes with another code', async () => {
    const person = await actor('bidder')
    const ticket = await person.ticket()
    await suspend(person, Date.now() + DAY)
    expect(await redeemTicket(env, ticket, room())).toEqual({ ok: false, close: closeCodes.suspended })
  })

  it('is for people who are signed in', async () => {
    expectProblem(await ask('POST', '/api/accounts/tickets'), 'not-signed-in')
  })
})

describe('a role', () => {
  it('is told to its holder, and given by no one through the API', async () => {
    const moderator = await staff('moderator')
    expect((await moderator.get('/api/accounts/me')).body.role).toBe('moderator')
    const person = await actor('person')
    expectProblem(await person.patch('/api/accounts/preferences', { role: 'admin' }), 'unknown-field')
    expect((await person.get('/api/accounts/me')).body.role).toBe('member')
  })
})
