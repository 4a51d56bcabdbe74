import { env } from 'cloudflare:workers'
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import type { Inbox } from '../../../worker/notifications/inbox.ts'
import { actor, logInAgain, password, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { auction, must } from '../../support/worker/auctions.ts'
import { DAY, HOUR } from '../../support/worker/clock.ts'
import { inboxSocket } from '../../support/worker/inbox.ts'
import { attend, connect, type LiveClient } from '../../support/worker/live.ts'
import { eventually } from '../../support/worker/rooms.ts'

async function room(): Promise<{ id: AuctionId }> {
  const seller = await actor('seller')
  const { id } = await auction(seller)
  return { id: id as AuctionId }
}

/** The code a socket closes with. The answer to `act` waits for the closing, so that it comes at once. */
async function closing(client: LiveClient, act: () => Promise<unknown>): Promise<number> {
  await act()
  return (await client.gone()).code
}

async function isOpen(client: LiveClient): Promise<boolean> {
  client.sendText('ping')
  return (await client.until('pong', () => client.texts.find((text) => text === 'pong'))) === 'pong'
}

const { authorityOver } = closeCodes

describe('sockets close', () => {
  it.each<[string, (person: Actor) => Promise<unknown>]>([
    ['on signing out by token', (person) => person.post('/api/accounts/logout')],
    ['on signing out by cookie', ({ cookies }) => ask('POST', '/api/accounts/logout', { cookies })],
    ['when the sign-in is ended', (person) => person.delete(`/api/accounts/logins/${person.login}`)],
  ])('%s', async (_name, act) => {
    const { id } = await room()
    const person = await actor('bidder')
    expect(await closing(await attend(id, person), () => act(person))).toBe(authorityOver)
  })

  it('of all other sign-ins when the password changes, and the own stays', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const other = await logInAgain(person)
    const [mine, theirs] = [await attend(id, person), await attend(id, other)]
    const change = () =>
      person.post('/api/accounts/password/change', { current: password, password: 'teapot-7-sings!' })
    expect(await closing(theirs, change)).toBe(authorityOver)
    expect(await isOpen(mine)).toBe(true)
  })

  it('in every room, of every sign-in, when the account is suspended, with a code of its own', async () => {
    const [here, there] = [await room(), await room()]
    const person = await actor('bidder')
    const other = await logInAgain(person)
    const clients = [await attend(here.id, person), await attend(there.id, other)]
    await suspend(person, Date.now() + DAY)
    const codes = await Promise.all(clients.map(async (client) => (await client.gone()).code))
    expect(codes).toEqual([closeCodes.suspended, closeCodes.suspended])
  })

  it('when a token was stolen and used twice', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const client = await attend(id, person)
    const refresh = (cookies: Record<string, string>, later?: number) =>
      ask('POST', '/api/accounts/token/refresh', { cookies, ...(later === undefined ? {} : { later }) })
    const next = await refresh(person.cookies)
    await refresh(next.cookies)
    expect(await closing(client, () => refresh(person.cookies, 11_000))).toBe(authorityOver)
  })

  it('of visitors never: nobody signed out', async () => {
    const { id } = await room()
    const visitor = await attend(id)
    const person = await actor('bidder')
    await closing(await attend(id, person), () => person.post('/api/accounts/logout'))
    expect(await isOpen(visitor)).toBe(true)
  })
})

it('a room names nobody any more who brings a new ticket, once told that they chose so', async () => {
  const { id } = await room()
  const person = await actor('bidder')
  const [device, socket] = [await inboxSocket(person), await attend(id, person)]
  const named = async () => must(await ask('GET', `/api/auctions/${id}/participants`), 200).named
  await eventually(async () => expect(await named()).toEqual([{ handle: person.handle, name: 'bidder' }]))
  await person.patch('/api/accounts/preferences', { showInRooms: false })
  await device.fact('account-changed')
  await socket.ask({ type: 'renew', ticket: await person.ticket() })
  expect(await named()).toEqual([])
})

describe('a ticket', () => {
  it('opens one socket only', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const ticket = await person.ticket()
    const first = await connect(id, null, {}, ticket)
    expect((await first.hello()).welcome.you.signedIn).toBe(true)
    const second = await connect(id, null, {}, ticket)
    expect((await second.gone()).code).toBe(authorityOver)
  })

  it('of a sign-in that ended opens none', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const ticket = await person.ticket()
    await person.post('/api/accounts/logout')
    const client = await connect(id, null, {}, ticket)
    expect((await client.gone()).code).toBe(authorityOver)
  })
})

describe('the Inbox', () => {
  it('closes once more a moment later, for a socket that was still on its way', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const inbox = env.INBOX.get(env.INBOX.idFromName(person.account))
    expect(await inbox.redeem('on-its-way', person.login, id, Date.now())).toBe(true)
    await runInDurableObject(inbox, async (object: Inbox, { storage }) => {
      const closed = object.closeSockets(person.account, [person.login], authorityOver, Date.now())
      // The moment later comes by hand, once the socket is there.
      await storage.setAlarm(Date.now() + HOUR)
      await closed
    })
    const late = await attend(id, person)
    await runDurableObjectAlarm(inbox)
    expect((await late.gone()).code).toBe(authorityOver)
  })

  it('knows a nonce once, and forgets everything when nothing is left', async () => {
    const { id } = await room()
    const person = await actor('bidder')
    const inbox = env.INBOX.get(env.INBOX.idFromName(person.account))
    const longAgo = Date.now() - DAY
    expect(await inbox.redeem('old', person.login, id, longAgo)).toBe(true)
    expect(await inbox.redeem('old', person.login, id, longAgo)).toBe(false)
    await runDurableObjectAlarm(inbox)
    expect(await runDurableObjectAlarm(inbox)).toBe(false)
    expect(await inbox.redeem('old', person.login, id, longAgo)).toBe(true)
  })
})
