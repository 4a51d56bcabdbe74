import { describe, expect, test } from 'vitest'
import type { Call } from '../../../web/api/call.ts'
import { createLikes } from '../../../web/features/auctions/cards/likes.ts'

/** An API whose answers wait until the test gives them. */
function patientApi() {
  const asked: { method: string; path: string; answer: (status: number, body: unknown) => void }[] = []
  const call: Call = {
    origin: 'https://house.example',
    fetch: (input, init) =>
      new Promise((resolve) => {
        const url = new URL(input instanceof Request ? input.url : String(input))
        const json = { 'content-type': 'application/json' }
        asked.push({
          method: init?.method ?? 'GET',
          path: url.pathname + url.search,
          answer: (status, body) => resolve(new Response(JSON.stringify(body), { status, headers: json })),
        })
      }),
  }
  return { call, asked }
}

describe('liking', () => {
  test('shows at once and then what the server says', async () => {
    const { call, asked } = patientApi()
    const likes = createLikes(call)
    const done = likes.toggle('auc_1', 4)
    expect(likes.of('auc_1')).toEqual({ liked: true, count: 5 })
    asked[0]!.answer(201, { liked: true, likesCount: 9 })
    await done
    expect(likes.of('auc_1')).toEqual({ liked: true, count: 9 })
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/likes/auction-likes' })
  })

  test('is taken back when it fails, and says why', async () => {
    const { call, asked } = patientApi()
    const likes = createLikes(call)
    const done = likes.toggle('auc_1', 4)
    asked[0]!.answer(409, { code: 'own-auction', status: 409 })
    await expect(done).rejects.toMatchObject({ code: 'own-auction' })
    expect(likes.of('auc_1')).toEqual({ liked: false, count: null })
  })

  test('is undone the same way', async () => {
    const { call, asked } = patientApi()
    const likes = createLikes(call)
    likes.know('auc_1', true)
    const done = likes.toggle('auc_1', 4)
    expect(likes.of('auc_1')).toEqual({ liked: false, count: 3 })
    asked[0]!.answer(200, { liked: false, likesCount: 3 })
    await done
    expect(asked[0]).toMatchObject({ method: 'DELETE', path: '/api/likes/auction-likes/auc_1' })
  })

  test('is asked about once for each auction, fifty at a time', async () => {
    const { call, asked } = patientApi()
    const likes = createLikes(call)
    const ids = Array.from({ length: 60 }, (_, place) => `auc_${place}`)
    const learnt = likes.learn(ids)
    asked[0]!.answer(200, { liked: ['auc_3'] })
    await expect.poll(() => asked.length).toBe(2)
    asked[1]!.answer(200, { liked: [] })
    await learnt
    await likes.learn(ids)
    expect(asked).toHaveLength(2)
    expect(likes.of('auc_3').liked).toBe(true)
    expect(likes.of('auc_4').liked).toBe(false)
  })
})
