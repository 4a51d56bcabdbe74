import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createReader } from '../../../web/features/chat/conversation/reader.ts'

const words = {
  said: (name: string, text: string) => `${name}: ${text}`,
  newSpoken: (count: number, last: string) => `새 메시지 ${count}개. 마지막 메시지, ${last}`,
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function reading() {
  const spoken: string[] = []
  const reader = createReader({ words, say: (text) => spoken.push(text), everyMs: 3_000 })
  return { spoken, hear: reader.hear }
}

test('reads the first message at once, by author and text', () => {
  const { spoken, hear } = reading()
  hear('귤', '안녕하세요')
  vi.advanceTimersByTime(0)
  expect(spoken).toEqual(['귤: 안녕하세요'])
})

test('reads what came while the region rested together, and nothing twice', () => {
  const { spoken, hear } = reading()
  hear('귤', '하나')
  vi.advanceTimersByTime(0)
  hear('귤', '둘')
  hear('감', '셋')
  vi.advanceTimersByTime(2_999)
  expect(spoken).toEqual(['귤: 하나'])
  vi.advanceTimersByTime(1)
  expect(spoken).toEqual(['귤: 하나', '귤: 둘. 감: 셋'])
  vi.advanceTimersByTime(10_000)
  expect(spoken.length).toBe(2)
})

test('of a waterfall it tells how many and the last', () => {
  const { spoken, hear } = reading()
  hear('귤', '0')
  vi.advanceTimersByTime(0)
  for (const text of ['1', '2', '3', '4', '5']) hear('귤', text)
  vi.advanceTimersByTime(3_000)
  expect(spoken.at(-1)).toBe('새 메시지 5개. 마지막 메시지, 귤: 5')
})
