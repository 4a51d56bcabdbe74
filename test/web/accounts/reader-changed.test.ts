import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { iso } from '../../../worker/contract/time.ts'
import { session } from '../../../web/api/session.ts'
import { fakeRoom, until, watch } from '../auctions/fake-room.ts'

const otherTab = new BroadcastChannel('session')
const account = (handle: string) => ({ handle, phoneVerified: true, suspension: null })

beforeEach(async () => {
  vi.stubGlobal('fetch', (input: string) =>
    Promise.resolve(Response.json(input.endsWith('/me') ? account('bom') : { access: 'token' })),
  )
  await session.start()
  session.signedIn({ access: 'token', expiresAt: '', account: account('bom') } as unknown as LoggedIn)
})
afterEach(async () => {
  await session.logOut()
  vi.unstubAllGlobals()
})

/** In a room that takes every new ticket; each is another one. */
async function inRoom() {
  const room = await fakeRoom()
  room.answer((frame) =>
    frame.type === 'renew' ? { type: 'done', ref: frame.ref, authUntil: iso(Date.now() + 1_000_000) } : null,
  )
  let asked = 0
  let gate = Promise.resolve()
  const live = watch(room.url, {
    async ticket() {
      const ticket = `t${++asked}`
      await gate
      return ticket
    },
  })
  await until(() => live.state.connection === 'live')
  return {
    room,
    live,
    renewed: () => room.heardOf('renew').map(({ ticket }) => ticket),
    asked: () => asked,
    /** Tickets come no more, until the returned is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

test('an open room gets a new ticket when its reader is told that something of the account has changed', async () => {
  const { renewed } = await inRoom()
  expect(renewed()).toEqual([])
  await session.reloadAccount()
  await until(() => renewed().length === 1)
  expect(renewed()).toEqual(['t2'])
})

test('so does one in another tab than the one that heard of it', async () => {
  const { renewed } = await inRoom()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  otherTab.postMessage({ type: 'account', account: account('bom') })
  await until(() => renewed().length === 1)
  expect(renewed()).toEqual(['t2'])
})

test('a line that was on its way with the ticket of before gets it as soon as it is there', async () => {
  const { room, renewed, asked, hold } = await inRoom()
  const letGo = hold()
  room.cut()
  await until(() => asked() === 2)
  await session.reloadAccount()
  letGo()
  await until(() => renewed().length === 1)
  expect([room.protocols.at(-1)?.at(-1), ...renewed()]).toEqual(['ticket.t2', 't3'])
})

test('a room that was left asks for nothing, and one that was sent away stays away', async () => {
  const [left, sentAway, witness] = [await inRoom(), await inRoom(), await inRoom()]
  left.live.close()
  sentAway.room.close(4409)
  await until(() => sentAway.live.state.connection === 'stopped')
  await session.reloadAccount()
  await until(() => witness.renewed().length === 1)
  expect([...left.renewed(), ...sentAway.renewed()]).toEqual([])
  expect(sentAway.live.state.connection).toBe('stopped')
  expect(sentAway.room.protocols).toHaveLength(1)
})
