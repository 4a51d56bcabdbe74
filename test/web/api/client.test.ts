import { Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { client } from '../../../web/api/client.ts'

const routes = new Hono()
  .get('/things/:id/parts', (c) => c.json({ ok: true }))
  .post('/things', (c) => c.json({ ok: true }))
  .delete('/things/:id', (c) => c.body(null, 204))

function called() {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response('{}'))
  const api = client<typeof routes>({ origin: 'https://h.example', fetch })
  const last = () => fetch.mock.lastCall as [string, RequestInit]
  return { api, last }
}

describe('the typed client', () => {
  test('fills the path, and leaves out what is not asked', async () => {
    const { api, last } = called()
    await api.things[':id'].parts.$get({
      param: { id: 'a/b 가' },
      query: { limit: '2', cursor: undefined, tag: ['x', 'y z'] },
    } as never)
    expect(last()[0]).toBe('https://h.example/api/things/a%2Fb%20%EA%B0%80/parts?limit=2&tag=x&tag=y+z')
    expect(last()[1]).toMatchObject({ method: 'GET' })
    expect(last()[1].body).toBe(undefined)
  })

  test('sends JSON with the headers given', async () => {
    const { api, last } = called()
    await api.things.$post({ json: { name: '봄이' } } as never, { headers: { 'idempotency-key': 'k' } })
    expect(last()[1]).toMatchObject({
      method: 'POST',
      body: '{"name":"봄이"}',
      headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
    })
  })

  test('takes no call whose path is not whole', () => {
    const { api } = called()
    expect(() => api.things[':id'].$delete({ param: {} as never })).toThrow(':id')
  })
})
