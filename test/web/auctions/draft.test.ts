import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { session } from '../../../web/api/session.ts'
import { createDraft } from '../../../web/features/auctions/sell/draft.ts'

interface Asked {
  method: string
  key: string | null
  title: string
}

/** What the API was asked, and what becomes of it next: by default it is taken. */
let asked: Asked[]
let answers: (() => Response | Promise<Response>)[]

beforeEach(() => {
  asked = []
  answers = []
  vi.spyOn(session, 'isTrader').mockReturnValue(true)
  vi.stubGlobal('fetch', async (_path: string, { method = 'GET', headers, body }: RequestInit) => {
    const { title } = JSON.parse(String(body)) as { title: string }
    asked.push({ method, key: new Headers(headers).get('idempotency-key'), title })
    return answers.shift()?.() ?? Response.json({ id: 'auc_1', version: asked.length })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  localStorage.clear()
})

const open = () =>
  createRoot((end) => {
    onTestFinished(end)
    return createDraft({ account: 'acc_1', view: null })
  })

test('a draft whose answer was lost is begun once, and then holds what was written meanwhile', async () => {
  const draft = open()
  answers = [() => Promise.reject(new TypeError('the line is down'))]
  draft.set('title', 'A lamp')
  await expect(draft.save()).rejects.toThrow('internal')
  draft.set('title', 'A tall lamp')
  await draft.save()
  const [lost, again, change] = asked
  expect([lost, again, change].map((one) => [one?.method, one?.title])).toEqual([
    ['POST', 'A lamp'],
    ['POST', 'A lamp'],
    ['PATCH', 'A tall lamp'],
  ])
  expect(again?.key).toBe(lost?.key)
  expect(draft.saving()).toBe('saved')
})

test('a draft that was refused begins as it was mended', async () => {
  const draft = open()
  answers = [() => Response.json({ code: 'invalid-fields', status: 422 }, { status: 422 })]
  draft.set('title', 'A lamp')
  await expect(draft.save()).rejects.toThrow('invalid-fields')
  draft.set('title', 'A tall lamp')
  await draft.save()
  const [refused, mended] = asked
  expect(mended).toMatchObject({ method: 'POST', title: 'A tall lamp' })
  expect(mended?.key).not.toBe(refused?.key)
  expect(asked).toHaveLength(2)
})
