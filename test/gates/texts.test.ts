import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rejectionReasons } from '../../worker/contract/media.ts'
import { problemCodes } from '../../worker/contract/problem.ts'
import { problems as en } from '../../web/i18n/en/problems.ts'
import { problems as ko } from '../../web/i18n/ko/problems.ts'
import { sell as sellKo } from '../../web/i18n/ko/sell.ts'
import { sell as sellEn } from '../../web/i18n/en/sell.ts'
import { settings as settingsKo } from '../../web/i18n/ko/settings.ts'
import { settings as settingsEn } from '../../web/i18n/en/settings.ts'

const folder = new URL('../../web/i18n/', import.meta.url)
const areas = readdirSync(new URL('ko/', folder)).filter((name) => name.endsWith('.ts'))

type Texts = { [key: string]: unknown }

async function textsOf(language: 'ko' | 'en', area: string): Promise<Texts> {
  return (await import(new URL(`${language}/${area}`, folder).href)) as Texts
}

/** Every text under its path; a text that takes values counts by its source, with what it says for small numbers. */
function flat(texts: unknown, path = ''): Map<string, string> {
  if (typeof texts === 'string') return new Map([[path, texts]])
  if (typeof texts === 'function') return new Map([[path, String(texts)]])
  if (typeof texts !== 'object' || texts === null) return new Map()
  return new Map(Object.entries(texts).flatMap(([key, value]) => [...flat(value, `${path}/${key}`)]))
}

test('sees texts, in both languages', () => {
  expect(areas.length).toBeGreaterThan(2)
  expect(readdirSync(new URL('en/', folder)).filter((name) => name.endsWith('.ts'))).toEqual(areas)
})

describe.each(areas)('%s', (area) => {
  test('says the same things in both languages', async () => {
    const [korean, english] = [flat(await textsOf('ko', area)), flat(await textsOf('en', area))]
    expect([...english.keys()].toSorted()).toEqual([...korean.keys()].toSorted())
  })

  test('says nothing with blanks alone', async () => {
    const texts = [...flat(await textsOf('ko', area)), ...flat(await textsOf('en', area))]
    expect(texts.filter(([, text]) => /^\s+$/.test(text))).toEqual([])
  })

  test('has no Hangul in English', async () => {
    const korean = [...flat(await textsOf('en', area))].filter(([, text]) => /[가-힣]/.test(text))
    expect(korean.filter(([path]) => !/koreanName|languages?\b/i.test(path))).toEqual([])
  })
})

describe.each([
  ['ko', ko],
  ['en', en],
])('problems in %s', (_language, texts) => {
  test.each(problemCodes)('%s has words for people', (code) => {
    expect(texts[code]?.[0]?.trim()).toBeTruthy()
  })
})

describe.each([
  ['for what is sold, in ko', sellKo.pictures.faults],
  ['for what is sold, in en', sellEn.pictures.faults],
  ['of a profile, in ko', settingsKo.profile.faults],
  ['of a profile, in en', settingsEn.profile.faults],
])('a refused picture %s', (_where, words: Record<string, string>) => {
  test('says why, and each reason something else', () => {
    const said = rejectionReasons.map((reason) => words[reason]?.trim())
    expect(said.filter((text) => !text)).toEqual([])
    expect(new Set(said).size).toBe(rejectionReasons.length)
  })
})
