import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Opened } from '../../../web/open-page.ts'
import { askEarly, forgetPages, recall, remember } from '../../../web/recent-pages.ts'

const page = (name: string): Opened => ({
  module: { Page: () => null, head: () => ({ title: name }) },
  data: name,
})

beforeEach(forgetPages)

describe('pages of this visit', () => {
  test('come back at once by the browser’s buttons, and only by them', () => {
    const seen = page('a')
    remember('/a', seen)
    expect(recall('/a', true)).toBe(seen)
    expect(recall('/a', false)).toBe(undefined)
  })

  test('are kept to the last dozen', () => {
    for (let n = 1; n <= 13; n++) remember(`/${n}`, page(String(n)))
    expect(recall('/1', true)).toBe(undefined)
    expect(recall('/2', true)).toBeDefined()
  })

  test('that were problems are asked for again', () => {
    remember('/a', { problem: { code: 'unavailable', status: 503 } })
    expect(recall('/a', true)).toBe(undefined)
  })

  test('are forgotten when somebody else reads', () => {
    remember('/a', page('a'))
    askEarly('/b', async () => page('b'))
    forgetPages()
    expect([recall('/a', true), recall('/b', false)]).toEqual([undefined, undefined])
  })
})

describe('a page that is pointed at', () => {
  test('is asked for once and serves the next choice, once', async () => {
    const open = vi.fn<() => Promise<Opened>>(async () => page('b'))
    askEarly('/b', open)
    askEarly('/b', open)
    expect(open).toHaveBeenCalledTimes(1)
    expect(await recall('/b', false)).toMatchObject({ data: 'b' })
    expect(recall('/b', false)).toBe(undefined)
  })

  test('is not served when it is older than some seconds', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
    askEarly('/b', async () => page('b'))
    clock.mockReturnValue(10_001)
    expect(recall('/b', false)).toBe(undefined)
    clock.mockRestore()
  })
})
