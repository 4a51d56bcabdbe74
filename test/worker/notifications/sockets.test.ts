import { runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sockets } from '../../../worker/contract/limits.ts'
import { closeCodes } from '../../../worker/contract/live.ts'
import type { LocalInbox } from '../../../worker/local/inbox.ts'
import { actor, logInAgain, password, suspend, type Actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { DAY, MINUTE } from '../../support/worker/clock.ts'
import {
  crashInbox,
  evictInbox,
  inboxSocket,
  inboxStub,
  notice,
  openInboxSocket,
  ringInbox,
  setInboxClock,
  tell,
  type InboxClient,
} from '../../support/worker/inbox.ts'

const nothingUnread = { rooms: 0, messages: 0, notifications: 0, requests: 0 }
const seqsOf = ({ facts }: InboxClient) => facts.map(({ seq }) => seq)
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

/** The code a socket closes with. The answer to `act` waits for the closing, so that it comes at once. */
async function closing(client: InboxClient, act: () => Promise<unknown>): Promise<number> {
  await act()
  return (await client.gone()).code
}

async function isOpen(client: InboxClient): Promise<boolean> {
  client.sendText('ping')
  return (await client.until('pong', () => client.texts.find((text) => text === 'pong'))) === 'pong'
}

describe('one’s own socket', () => {
  it('begins with how everything stands', async () => {
    const person = await actor('person')
    const client = await openInboxSocket(person)
    const { welcome, snapshot } = await client.hello()
    expect(welcome).toMatchObject({ protocol: 'hallabong.v1', resumed: false, seq: 0, heartbeatSeconds: 25 })
    const left = Date.parse(welcome.authUntil) - Date.parse(welcome.serverAt)
    expect(left).toBeGreaterThan(29 * MINUTE)
    expect(snapshot).toEqual({ type: 'snapshot', epoch: welcome.epoch, seq: 0, rooms: [], unread: nothingUnread })
  })

  it('tells what is told, on every device, and each counts the same', async () => {
    const person = await actor('person')
    const [one, other] = [await inboxSocket(person), await inboxSocket(person)]
    await tell(person, notice({ kind: 'won', target: 'auc_1' }), notice({ kind: 'lost' }))
    for (const client of [one, other])
      expect(await client.fact('notified', ({ notification }) => notification.kind === 'lost')).toMatchObject({
        seq: 2,
        unread: { ...nothingUnread, notifications: 2 },
      })
    expect(one.facts).toEqual(other.facts)
    const { snapshot } = await (await openInboxSocket(person)).hello()
    expect(snapshot?.unread).toEqual({ ...nothingUnread, notifications: 2 })
  })

  it('says that something of the account changed elsewhere', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    const profile = await person.get(`/api/accounts/users/${person.handle}`)
    const headers = { 'if-match': String(profile.headers.get('etag')) }
    await person.patch(`/api/accounts/users/${person.handle}`, { name: '다른 이름' }, { headers })
    expect(await client.fact('account-changed')).toMatchObject({ what: 'profile' })
  })

  it('answers the clock, and unknown frames without closing', async () => {
    const client = await inboxSocket(await actor('person'))
    expect(await client.ask({ type: 'clock', sentAt: 5 })).toMatchObject({ type: 'clock', sentAt: 5 })
    const told = client.next('problem')
    client.sendText(JSON.stringify({ type: 'place-bid', ref: 'x' }))
    expect(await told).toEqual({ type: 'problem', ref: 'x', code: 'unknown-frame' })
    expect(await isOpen(client)).toBe(true)
  })
})

describe.each([
  ['stays awake', async () => {}],
  ['sleeps', (who: Actor) => evictInbox(who)],
])('an Inbox that %s', (_, disturb) => {
  it('goes on telling open sockets, without gap or repetition', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    for (let count = 0; count < 3; count++) {
      await tell(person, notice())
      await disturb(person)
    }
    await client.until('three facts', () => (client.seq >= 3 ? true : undefined))
    expect(seqsOf(client)).toEqual(upTo(3))
  })

  it('brings exactly what was missed, in order', async () => {
    const person = await actor('person')
    const before = await inboxSocket(person)
    await tell(person, notice(), notice())
    await before.until('two facts', () => (before.seq === 2 ? true : undefined))
    await before.close()
    await tell(person, notice(), notice(), notice())
    await disturb(person)
    const after = await openInboxSocket(person)
    const { welcome } = await after.hello({ epoch: String(before.epoch), seq: before.seq })
    expect(welcome).toMatchObject({ resumed: true, seq: 5 })
    expect(seqsOf(after)).toEqual([3, 4, 5])
  })
})

describe('resume', () => {
  it('works after a crash, which closes every socket and loses nothing', async () => {
    const person = await actor('person')
    const before = await inboxSocket(person)
    await tell(person, notice())
    await before.until('a fact', () => (before.seq === 1 ? true : undefined))
    await crashInbox(person)
    await before.gone()
    await tell(person, notice())
    const after = await openInboxSocket(person)
    expect((await after.hello({ epoch: String(before.epoch), seq: 1 })).welcome.resumed).toBe(true)
    expect(seqsOf(after)).toEqual([2])
  })

  it('begins anew for a foreign epoch, a place ahead, or more than 1,000 facts', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    const { epoch } = client
    const all = Array.from({ length: sockets.resumeFacts }, () => notice())
    for (let at = 0; at < all.length; at += 250) await tell(person, ...all.slice(at, at + 250))
    const hello = async (from: { epoch?: string; seq?: number }) =>
      (await (await openInboxSocket(person)).hello(from)).welcome.resumed
    expect(await hello({ epoch: String(epoch), seq: 0 })).toBe(true)
    await tell(person, notice())
    expect(await hello({ epoch: String(epoch), seq: 0 })).toBe(false)
    expect(await hello({ epoch: 'another', seq: 900 })).toBe(false)
    expect(await hello({ epoch: String(epoch), seq: 1_002 })).toBe(false)
    expect(await hello({ epoch: String(epoch), seq: 1_001 })).toBe(true)
  }, 120_000)

  it('is possible for a day', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    await tell(person, notice(), notice())
    await client.until('two facts', () => (client.seq === 2 ? true : undefined))
    const resumed = async () =>
      (await (await openInboxSocket(person)).hello({ epoch: String(client.epoch), seq: 1 })).welcome.resumed
    await setInboxClock(person, DAY - MINUTE)
    await ringInbox(person)
    expect(await resumed()).toBe(true)
    await setInboxClock(person, DAY + MINUTE)
    await ringInbox(person)
    expect(await resumed()).toBe(false)
  })

  it('within one socket follows a gap that the client saw', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    await tell(person, notice(), notice(), notice())
    await client.until('three facts', () => (client.seq === 3 ? true : undefined))
    const at = client.facts.length
    const { welcome } = await client.hello({ epoch: String(client.epoch), seq: 1 })
    expect(welcome.resumed).toBe(true)
    await client.ask({ type: 'clock', sentAt: 0 })
    expect(client.facts.slice(at).map(({ seq }) => seq)).toEqual([2, 3])
  })
})

describe('sockets of the Inbox close', () => {
  it.each<[string, (person: Actor) => Promise<unknown>]>([
    ['on signing out by token', (person) => person.post('/api/accounts/logout')],
    ['on signing out by cookie', ({ cookies }) => ask('POST', '/api/accounts/logout', { cookies })],
    ['when the sign-in is ended', (person) => person.delete(`/api/accounts/logins/${person.login}`)],
  ])('%s', async (_name, act) => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    await evictInbox(person)
    expect(await closing(client, () => act(person))).toBe(closeCodes.authorityOver)
    expect(await closing(await openInboxSocket(null, { ticket: null }), async () => {})).toBe(closeCodes.authorityOver)
  })

  it('of all other sign-ins when the password changes, and the own stays', async () => {
    const person = await actor('person')
    const other = await logInAgain(person)
    const [mine, theirs] = [await inboxSocket(person), await inboxSocket(other)]
    const change = () =>
      person.post('/api/accounts/password/change', { current: password, password: 'teapot-7-sings!' })
    expect(await closing(theirs, change)).toBe(closeCodes.authorityOver)
    expect(
      await mine.fact('notified', ({ notification }) => notification.data['change'] === 'password-changed'),
    ).toMatchObject({
      notification: { kind: 'security' },
    })
  })

  it('of every sign-in when the account is suspended, with a code of its own, and no ticket brings one back', async () => {
    const person = await actor('person')
    const tickets = [await person.ticket(), await person.ticket()]
    const clients = [await inboxSocket(person), await inboxSocket(await logInAgain(person))]
    await suspend(person, Date.now() + DAY)
    for (const client of clients) expect((await client.gone()).code).toBe(closeCodes.suspended)
    const again = await openInboxSocket(null, { ticket: String(tickets[0]) })
    expect((await again.gone()).code).toBe(closeCodes.suspended)
    await suspend(person, null)
    const back = await openInboxSocket(null, { ticket: String(tickets[1]) })
    expect((await back.hello()).welcome.resumed).toBe(false)
  })

  it('when the authority of the ticket has run out, unless a ticket renewed it', async () => {
    const person = await actor('person')
    const [one, other] = [await inboxSocket(person), await inboxSocket(person)]
    await age(person, sockets.authorityMs - MINUTE)
    const renewed = await one.ask({ type: 'renew', ticket: await person.ticket() })
    expect(renewed).toMatchObject({ type: 'done', authUntil: expect.any(String) })
    expect(await isOpen(one)).toBe(true)
    await age(person, 2 * MINUTE)
    await ringInbox(person)
    expect((await other.gone()).code).toBe(closeCodes.authorityOver)
    expect(await isOpen(one)).toBe(true)
  })

  it('the oldest, when an eleventh comes', async () => {
    const person = await actor('person')
    const all: InboxClient[] = []
    for (let count = 0; count <= sockets.perAccount; count++) all.push(await inboxSocket(person))
    expect((await all[0]!.gone()).code).toBe(closeCodes.tooManySockets)
    expect(await isOpen(all[1]!)).toBe(true)
    expect(await isOpen(all.at(-1)!)).toBe(true)
  })

  it.each([
    ['what is no JSON, three times', closeCodes.malformed, ['{', '[]', '{"type":1']],
    ['a frame that is too large', closeCodes.frameTooLarge, [JSON.stringify({ type: 'x'.repeat(9_000) })]],
    ['too many frames', closeCodes.tooFast, Array.from({ length: 201 }, () => '{"type":"typing","room":"x"}')],
  ])('on %s', async (_, code, texts) => {
    const client = await inboxSocket(await actor('person'))
    for (const text of texts) client.sendText(text)
    expect((await client.gone()).code).toBe(code)
  })

  it('on anything before hello', async () => {
    const client = await openInboxSocket(await actor('person'))
    client.sendText('{"type":"clock","ref":"r","sentAt":1}')
    expect((await client.gone()).code).toBe(closeCodes.malformed)
  })

  it('when what was sent is not seen for ten seconds, and nobody else waits', async () => {
    const person = await actor('person')
    const [slow, quick] = [await inboxSocket(person), await inboxSocket(person)]
    slow.saysSeen = false
    await tell(person, notice())
    await quick.fact('notified')
    expect((await slow.until('close', () => slow.ended, 20_000)).code).toBe(closeCodes.tooSlow)
    expect(await isOpen(quick)).toBe(true)
  }, 30_000)
})

describe('a line that died without a close', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  const closings: [string, (who: Actor) => Promise<void>][] = [
    ['while the Inbox is awake', async () => {}],
    ['while the Inbox sleeps', (who) => evictInbox(who)],
  ]
  it.each(closings)('%s is left when there is something to say, and not before', async (_, disturb) => {
    const person = await actor('person')
    const dead = await inboxSocket(person)
    const { epoch } = dead
    await disturb(person)
    vi.setSystemTime(Date.now() + sockets.silentMs)
    const alive = await inboxSocket(person)
    expect((await dead.gone()).code).toBe(1001)
    await disturb(person)
    vi.setSystemTime(Date.now() + sockets.silentMs / 2)
    await alive.ask({ type: 'clock', sentAt: 1 })
    vi.setSystemTime(Date.now() + sockets.silentMs / 2)
    await tell(person, notice())
    expect(await alive.fact('notified')).toMatchObject({ seq: 1 })
    // Its answer says that `seen` has been heard, too.
    await alive.ask({ type: 'clock', sentAt: 1 })
    await disturb(person)
    vi.setSystemTime(Date.now() + sockets.silentMs)
    await tell(person, notice())
    expect((await alive.gone()).code).toBe(1001)
    const back = await openInboxSocket(person)
    expect((await back.hello({ epoch: String(epoch), seq: 1 })).welcome.resumed).toBe(true)
    expect(seqsOf(back)).toEqual([2])
  })

  it('that slept, and pings, is kept', async () => {
    const person = await actor('person')
    const client = await inboxSocket(person)
    await age(person, sockets.silentMs)
    expect(await isOpen(client)).toBe(true)
    await evictInbox(person)
    await tell(person, notice())
    expect(await client.fact('notified')).toMatchObject({ seq: 1 })
    expect(await isOpen(client)).toBe(true)
  })

  it('and was sent something is left ten seconds later, also when the Inbox slept before', async () => {
    const person = await actor('person')
    const dead = await inboxSocket(person)
    dead.saysSeen = false
    await evictInbox(person)
    await tell(person, notice())
    expect((await dead.until('close', () => dead.ended, 20_000)).code).toBe(closeCodes.tooSlow)
  }, 30_000)
})

/** Makes every socket of the Inbox so much older than it is; a moved clock would not. */
async function age(who: Actor, ms: number): Promise<void> {
  await runInDurableObject(inboxStub(who), async (inbox: LocalInbox, state) => {
    for (const socket of state.getWebSockets()) {
      const kept = socket.deserializeAttachment() as { authUntil: number; openedAt: number }
      socket.serializeAttachment({ ...kept, authUntil: kept.authUntil - ms, openedAt: kept.openedAt - ms })
    }
    await inbox.dropTimers()
  })
  await evictInbox(who)
}
