import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPeople } from '../../../web/api/people.ts'
import { createStandings, type Standing } from '../../../web/api/standings.ts'

const stranger: Standing = { isFollowing: false, isFollower: false, requested: false, isMuted: false }

interface Asked {
  request: string
  answer: (status: number, body?: unknown) => void
}

/** A server whose answers are given by hand. */
function slowServer() {
  const asked: Asked[] = []
  const fetch = ((input: string, init: RequestInit) => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    asked.push({
      request: `${init.method} ${input}`,
      answer: (status, body) => resolve(new Response(body === undefined ? null : JSON.stringify(body), { status })),
    })
    return promise
  }) as unknown as typeof globalThis.fetch
  /** The next request, once it has been sent. */
  async function next(): Promise<Asked> {
    while (asked.length === 0) await Promise.resolve()
    return asked.shift() as Asked
  }
  return { call: { origin: '', fetch }, asked, next }
}

function setUp() {
  const server = slowServer()
  let reader: string | undefined = 'me'
  const standings = createStandings(() => reader)
  const people = { ...createPeople(server.call, standings), madeOf: standings.madeOf }
  return { ...server, people, readAs: (handle: string | undefined) => (reader = handle) }
}

describe('following', () => {
  test('shows at once and stays when the server agrees', async () => {
    const { people, next } = setUp()
    people.know('star', { ...stranger })
    const done = people.follow('star', true)
    expect(people.of('star')).toMatchObject({ isFollowing: true })
    expect(people.madeOf('star')).toEqual(stranger)
    const { request, answer } = await next()
    expect(request).toBe('POST /api/follows')
    answer(201, { state: 'following' })
    await done
    expect(people.of('star')).toEqual({ ...stranger, isFollowing: true })
    expect(people.madeOf('star')).toEqual({ ...stranger, isFollowing: true })
  })

  test('is taken back when the server refuses', async () => {
    const { people, next } = setUp()
    people.know('star', { ...stranger })
    const done = people.follow('star', true)
    ;(await next()).answer(429, {})
    await expect(done).rejects.toMatchObject({ status: 429 })
    expect(people.of('star')).toEqual(stranger)
    expect(people.madeOf('star')).toEqual(stranger)
  })

  test('becomes a request where the account has turned private meanwhile', async () => {
    const { people, next } = setUp()
    people.know('star', { ...stranger })
    const done = people.follow('star', true)
    ;(await next()).answer(201, { state: 'requested' })
    await done
    expect(people.of('star')).toEqual({ ...stranger, requested: true })
  })

  test('presses reach the server in their order, and the last one holds', async () => {
    const { people, next, asked } = setUp()
    people.know('star', { ...stranger })
    const first = people.follow('star', true)
    const second = people.unfollow('star')
    expect(people.of('star')).toEqual(stranger)
    const { request, answer } = await next()
    expect(request).toBe('POST /api/follows')
    expect(asked).toEqual([])
    answer(201, { state: 'following' })
    await first
    expect(people.of('star')).toEqual(stranger)
    const after = await next()
    expect(after.request).toBe('DELETE /api/follows/star/unfollow')
    after.answer(204)
    await second
    expect(people.of('star')).toEqual(stranger)
  })

  test('whatever the server answers, what is shown in the end is what it has done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 8 }), async (presses) => {
        const { people, next } = setUp()
        people.know('star', { ...stranger })
        let isFollowing = false
        const pending = presses.map(([isOn]) =>
          (isOn ? people.follow('star', true) : people.unfollow('star')).catch(() => {}),
        )
        for (const [isOn, isRefused] of presses) {
          const { answer } = await next()
          if (isRefused) answer(500, {})
          else answer(isOn ? 201 : 204, isOn ? { state: 'following' } : undefined)
          if (!isRefused) isFollowing = isOn
        }
        await Promise.all(pending)
        expect(people.of('star')?.isFollowing).toBe(isFollowing)
      }),
    )
  })
})

describe('what is known', () => {
  test('is of one reader', () => {
    const { people, readAs } = setUp()
    people.know('star', { ...stranger, isFollowing: true })
    readAs('somebody else')
    expect(people.of('star')).toBeUndefined()
    readAs('me')
    expect(people.of('star')).toMatchObject({ isFollowing: true })
  })

  test('is not set back by an answer that is shown again', async () => {
    const { people, next } = setUp()
    const answered = { ...stranger }
    people.know('star', answered)
    const done = people.follow('star', true)
    ;(await next()).answer(201, { state: 'following' })
    await done
    people.know('star', answered)
    expect(people.of('star')).toMatchObject({ isFollowing: true })
    people.know('star', { ...stranger })
    expect(people.of('star')).toEqual(stranger)
  })

  test('of a list keeps whom one has muted', () => {
    const { people } = setUp()
    people.know('star', { ...stranger, isMuted: true })
    const { isMuted: _, ...row } = stranger
    people.know('star', row)
    expect(people.of('star')).toEqual({ ...stranger, isMuted: true })
  })

  test('is nothing of whom one cannot see', async () => {
    const { people, next } = setUp()
    const learning = people.learn('shadow')
    const { request, answer } = await next()
    expect(request).toBe('GET /api/accounts/users/shadow')
    answer(404, { code: 'not-found', status: 404 })
    await learning
    expect(people.of('shadow')).toBeNull()
  })

  test('ends with a block', async () => {
    const { people, next } = setUp()
    people.know('star', { ...stranger, isFollowing: true })
    const done = people.block('star')
    expect(people.of('star')).toMatchObject({ isFollowing: true })
    ;(await next()).answer(204)
    await done
    expect(people.of('star')).toBeNull()
  })
})
