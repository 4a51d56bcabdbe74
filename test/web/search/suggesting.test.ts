import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Suggestion } from '../../../worker/contract/search.ts'
import { createSuggesting, restMs } from '../../../web/features/search/suggesting.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function typist() {
  const asked: { words: string; answer: (...texts: string[]) => void; fail: () => void }[] = []
  const suggesting = createSuggesting(
    (words) =>
      new Promise((resolve, reject) => {
        asked.push({
          words,
          answer: (...texts) => resolve(texts.map((text): Suggestion => ({ kind: 'title', text }))),
          fail: () => reject(new TypeError('network')),
        })
      }),
  )
  const shown = () => suggesting.items().map((one) => (one.kind === 'title' ? one.text : one.person.handle))
  async function rest(): Promise<void> {
    await vi.advanceTimersByTimeAsync(restMs)
  }
  return { asked, suggesting, shown, rest }
}

describe('suggestions', () => {
  test('are asked for when typing rests, not for each letter', async () => {
    const { asked, suggesting, shown, rest } = typist()
    for (const text of ['ㅋ', '카', '카메', ' 카메라 ']) suggesting.type(text)
    expect(asked).toEqual([])
    await rest()
    expect(asked.map(({ words }) => words)).toEqual(['카메라'])
    asked[0]?.answer('필름 카메라')
    await rest()
    expect(shown()).toEqual(['필름 카메라'])
    expect(suggesting.words()).toBe('카메라')
  })

  test('that come late for older words are not shown', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    await rest()
    suggesting.type('의자')
    await rest()
    asked[1]?.answer('나무 의자')
    await rest()
    asked[0]?.answer('탁상 램프')
    await rest()
    expect(shown()).toEqual(['나무 의자'])
  })

  test('are asked for once for the same words, and gone when the field is empty', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    await rest()
    asked[0]?.answer('탁상 램프')
    await rest()
    suggesting.type('')
    expect(shown()).toEqual([])
    suggesting.type('램프')
    expect(shown()).toEqual(['탁상 램프'])
    await rest()
    expect(asked).toHaveLength(1)
  })

  test('that cannot come leave nothing behind, and the next words are asked about', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    await rest()
    asked[0]?.fail()
    await rest()
    expect(shown()).toEqual([])
    suggesting.type('램프 등')
    await rest()
    expect(asked).toHaveLength(2)
  })

  test('of one reader are not shown to the next, who is asked about the same words', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    await rest()
    asked[0]?.answer('탁상 램프')
    await rest()
    suggesting.readerChanged()
    expect(shown()).toEqual([])
    asked[1]?.answer('읽던 램프')
    await rest()
    expect(shown()).toEqual(['읽던 램프'])
  })

  test('are asked for when it becomes known who types, though typing has just ended', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    suggesting.readerChanged()
    await rest()
    expect(asked.map(({ words }) => words)).toEqual(['램프'])
    asked[0]?.answer('탁상 램프')
    await rest()
    expect(shown()).toEqual(['탁상 램프'])
  })

  test('that were on the way to one reader are neither shown to the next nor kept', async () => {
    const { asked, suggesting, shown, rest } = typist()
    suggesting.type('램프')
    await rest()
    suggesting.readerChanged()
    asked[0]?.answer('탁상 램프')
    await rest()
    expect(shown()).toEqual([])
    suggesting.type('램프 등')
    suggesting.type('램프')
    await rest()
    expect(asked.map(({ words }) => words)).toEqual(['램프', '램프', '램프'])
  })

  test('are not asked for when nothing is typed and the reader changes', async () => {
    const { asked, suggesting, rest } = typist()
    suggesting.type('램프')
    suggesting.type('')
    suggesting.readerChanged()
    await rest()
    expect(asked).toEqual([])
  })
})
