import { afterEach, describe, expect, test, vi } from 'vitest'
import type { InboxServerFrame } from '../../../worker/contract/inbox.ts'
import { iso } from '../../../worker/contract/time.ts'
import { openLine } from '../../../web/api/inbox/line.ts'
import type { InboxConnection } from '../../../web/api/inbox/state.ts'
import { ApiProblem } from '../../../web/api/problem.ts'
import { fakeBrowser, fakeInbox, room, until } from './fake-inbox.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('what an account asked is asked no more once its inbox is closed, and stays for its next one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const inbox = await fakeInbox()
  const browser = fakeBrowser(inbox)
  const away = () => Promise.reject(new ApiProblem('offline'))
  let posts = 0
  const send = () => {
    posts += 1
    return away()
  }
  const tab = browser.tab({ rest: { ticket: away, send } })
  tab.send(room, { text: '내가 쓴 말' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(posts).toBeGreaterThan(1)
  const before = posts
  // Signed out: from now on calls go with the token of whoever comes next.
  tab.close()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(posts).toBe(before)
  expect(browser.stored.size).toBe(1)
})

describe('a line that is closed while it is being renewed', () => {
  /** The line's other end: opens at once, and has an authority that is about to end. */
  class ShortSocket extends EventTarget {
    static readonly OPEN = 1
    readyState = 1
    constructor() {
      super()
      queueMicrotask(() => this.dispatchEvent(new Event('open')))
    }
    send(text: string): void {
      if (JSON.parse(text).type !== 'hello') return
      const welcome = { type: 'welcome', resumed: true, authUntil: iso(Date.now()), serverAt: iso(Date.now()) }
      this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(welcome as InboxServerFrame) }))
    }
    close(): void {}
  }

  async function renewing() {
    const ticket = Promise.withResolvers<string | null>()
    const told: InboxConnection[] = []
    let tickets = 0
    let renewals = 0
    const line = openLine({
      url: 'ws://house.example',
      ticket: () => ((tickets += 1) === 1 ? Promise.resolve('t1') : ticket.promise),
      base: () => ({ epoch: 'e1', seq: 1 }),
      onConnection: (connection) => told.push(connection),
      onSnapshot: () => {},
      onFacts: () => true,
      onTyping: () => {},
      onAnswer: () => {},
      renew: () => {
        renewals += 1
        return Promise.reject(new ApiProblem('unavailable'))
      },
      WebSocket: ShortSocket as unknown as typeof WebSocket,
      times: { seenEveryMs: 5 },
    })
    await until(() => tickets === 2)
    line.close()
    return { ticket, told, counts: () => ({ tickets, renewals }) }
  }

  test('neither renews nor comes back', async () => {
    const { ticket, counts } = await renewing()
    ticket.resolve('t2')
    await ticket.promise
    expect(counts()).toEqual({ tickets: 2, renewals: 0 })
  })

  test('does not come back where no ticket could be had', async () => {
    const { ticket, counts } = await renewing()
    ticket.reject(new ApiProblem('offline'))
    await ticket.promise.catch(() => {})
    expect(counts()).toEqual({ tickets: 2, renewals: 0 })
  })

  test('says nothing more of its account', async () => {
    const { ticket, told } = await renewing()
    ticket.resolve(null)
    await ticket.promise
    expect(told).toEqual(['live'])
  })
})
