import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { actor, type Actor } from '../../support/worker/actors.ts'
import {
  acceptFollower,
  block,
  declineFollower,
  follow,
  removeFollower,
  setPublic,
  unblock,
  unfollow,
} from '../../support/worker/people.ts'

const count = 4
let people: Actor[]
beforeAll(async () => {
  people = await Promise.all(Array.from({ length: count }, () => actor('person')))
})

/** What one may do to another; `open` and `close` are about oneself. */
const deeds = {
  follow,
  unfollow,
  removeFollower,
  accept: acceptFollower,
  decline: declineFollower,
  block,
  unblock,
  open: (who: Actor) => setPublic(who, true),
  close: (who: Actor) => setPublic(who, false),
}
type Deed = keyof typeof deeds

const person = fc.integer({ min: 0, max: count - 1 })
const step = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Deed>('follow') },
    { weight: 3, arbitrary: fc.constantFrom<Deed>('unfollow', 'removeFollower', 'accept', 'decline') },
    { weight: 1, arbitrary: fc.constantFrom<Deed>('block', 'unblock', 'unblock', 'open', 'close') },
  ),
  person,
  person,
)

/** Follows as a plain set tells them, where everything happens one after the other. */
class Reference {
  private follows = new Set<string>()
  private requests = new Set<string>()
  private blocks = new Set<string>()
  private isClosed = new Set<number>()

  do(deed: Deed, one: number, other: number): void {
    const there = `${one}>${other}`
    const back = `${other}>${one}`
    if (deed === 'open' || deed === 'close') return this.setClosed(one, deed === 'close')
    if (one === other) return
    if (deed === 'block') {
      this.blocks.add(there)
      for (const set of [this.follows, this.requests]) for (const edge of [there, back]) set.delete(edge)
      return
    }
    if (deed === 'unblock') return void this.blocks.delete(there)
    if (this.blocks.has(there) || this.blocks.has(back)) return
    if (deed === 'follow' && !this.follows.has(there))
      (this.isClosed.has(other) ? this.requests : this.follows).add(there)
    if (deed === 'unfollow') for (const set of [this.follows, this.requests]) set.delete(there)
    if (deed === 'removeFollower') for (const set of [this.follows, this.requests]) set.delete(back)
    if (deed === 'accept' && this.requests.delete(back)) this.follows.add(back)
    if (deed === 'decline') this.requests.delete(back)
  }

  private setClosed(one: number, isClosed: boolean): void {
    if (isClosed) this.isClosed.add(one)
    else this.isClosed.delete(one)
    if (isClosed) return
    for (const edge of this.requests)
      if (edge.endsWith(`>${one}`)) {
        this.requests.delete(edge)
        this.follows.add(edge)
      }
  }

  edges(): { follows: string[]; requests: string[] } {
    return { follows: [...this.follows].toSorted(), requests: [...this.requests].toSorted() }
  }
}

/** What D1 has: edges by the places of the people, and counters beside what the rows say. */
async function stored() {
  const places = new Map(people.map(({ account }, place) => [account as string, place]))
  const rows = async (sql: string) => (await env.DB.prepare(sql).all<Record<string, string>>()).results
  const edges = (found: Record<string, string>[]) =>
    found
      .filter(({ one }) => places.has(one ?? ''))
      .map(({ one, other }) => `${places.get(one ?? '')}>${places.get(other ?? '')}`)
      .toSorted()
  const accounts = people.map(({ account }) => `'${account}'`).join()
  return {
    follows: edges(await rows('select follower as one, followee as other from follow')),
    requests: edges(await rows('select asker as one, asked as other from follow_request')),
    miscounted: await rows(`select account from profile where account in (${accounts})
      and (follows_count <> (select count(*) from follow where follower = account)
        or followers_count <> (select count(*) from follow where followee = account))`),
  }
}

async function startAnew(): Promise<void> {
  for (const table of ['follow', 'follow_request', 'block']) await env.DB.prepare(`delete from ${table}`).run()
  await env.DB.prepare('update profile set follows_count = 0, followers_count = 0, is_public = 1').run()
}

it('counters equal the rows, and rows what was done, whatever happens one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      await startAnew()
      const reference = new Reference()
      for (const [deed, one, other] of steps) {
        await deeds[deed](people[one] as Actor, people[other] as Actor)
        reference.do(deed, one, other)
      }
      expect(await stored()).toEqual({ ...reference.edges(), miscounted: [] })
    }),
    { numRuns: 40 },
  )
}, 240_000)

it('counters equal the rows, whatever happens at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { maxLength: 5 }), async (bursts) => {
      await startAnew()
      for (const burst of bursts)
        // Of two who change the same profile at once one is told so.
        await Promise.allSettled(
          burst.map(([deed, one, other]) => deeds[deed](people[one] as Actor, people[other] as Actor)),
        )
      const { miscounted } = await stored()
      expect(miscounted).toEqual([])
    }),
    { numRuns: 40 },
  )
}, 240_000)
