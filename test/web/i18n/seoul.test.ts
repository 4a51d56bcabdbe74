import { expect, test } from 'vitest'
import { fromSeoul, toSeoul } from '../../../web/i18n/seoul.ts'

test('a typed time is of Seoul, wherever it is typed', () => {
  const at = Date.parse('2026-11-26T09:00:00.000Z')
  expect(fromSeoul('2026-11-26T18:00')).toBe(at)
  expect(toSeoul(at)).toBe('2026-11-26T18:00')
  expect(fromSeoul('')).toBeNull()
})
