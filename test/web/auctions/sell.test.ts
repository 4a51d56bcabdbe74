import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompleteTerms, conditions, DraftTerms, handovers } from '../../../worker/contract/auctions.ts'
import type { Instant } from '../../../worker/contract/time.ts'
import { faultsOf as faultsOfTerms } from '../../../worker/auctions/rules/terms.ts'
import { toSeoul } from '../../../web/i18n/seoul.ts'
import { faultsFrom, faultsOf } from '../../../web/features/auctions/sell/faults.ts'
import { emptyValues, type SellValues, softCloseOf, termsOf } from '../../../web/features/auctions/sell/values.ts'

const now = Date.UTC(2026, 10, 21, 3)
const picture = { media: 'med_1', alt: '', width: 10, height: 10, thumbhash: '', sources: [], share: null }

const Digits = fc.oneof(
  fc.constant(''),
  fc.constantFrom('100', '10000', '10500', '10600', '99900', '100000000', '100000100', '50', '0'),
  fc.integer({ min: 0, max: 3_000_000 }).map((count) => String(count * 100)),
)
const Words = fc.oneof(fc.constant(''), fc.constant('   '), fc.constant('카메라'), fc.constant('가'.repeat(90)))

const Anything: { [F in keyof SellValues]: fc.Arbitrary<SellValues[F]> } = {
  title: Words,
  content: fc.constantFrom('', '잘 찍혀요.\n상자도 있어요.'),
  category: fc.constantFrom('', 'digital', 'pet'),
  condition: fc.constantFrom('', ...conditions),
  hasDefects: fc.constantFrom('', 'none', 'some'),
  defects: Words,
  startPrice: Digits,
  reservePrice: Digits,
  buyNowPrice: Digits,
  expectedPrice: Digits,
  startsAt: fc.constantFrom('', toSeoul(now + 3_600_000), toSeoul(now + 72 * 3_600_000)),
  durationMinutes: fc.constantFrom(0, 1, 2, 10, 20, 60, 61, 10_080, 10_081),
  windowSeconds: fc.constantFrom(null, 0, 10, 30, 300),
  capMinutes: fc.constantFrom(1, 10, 60),
  handover: fc.constantFrom('', ...handovers),
  shippingFee: fc.constantFrom('', '0', '3000', '3050', '100100'),
  region: fc.constantFrom('', '서울 마포구', '동'.repeat(41)),
  minManner: fc.constantFrom(null, 40),
  minDeals: fc.constantFrom(null, 3),
  maxNoShows: fc.constantFrom(null, 0, 1),
  followersOnly: fc.boolean(),
  pictures: fc.constantFrom([], [picture]),
}

const complete: SellValues = {
  ...emptyValues,
  title: '카메라',
  content: '잘 찍혀요.',
  category: 'digital',
  condition: 'good',
  hasDefects: 'none',
  startPrice: '10000',
  handover: 'parcel',
  shippingFee: '3000',
  pictures: [picture],
}

/** A complete form in which a few fields were filled in otherwise. */
const Values: fc.Arbitrary<SellValues> = fc
  .subarray(Object.keys(Anything) as (keyof SellValues)[], { maxLength: 4 })
  .chain((fields) => fc.record(Object.fromEntries(fields.map((field) => [field, Anything[field]]))))
  .map((changes) => ({ ...complete, ...changes }) as SellValues)

/** What the server makes of a draft at publication, where the form has left something to what is usual. */
function completed(values: SellValues) {
  const draft = termsOf(values)
  return {
    ...draft,
    title: draft.title ?? undefined,
    content: draft.content ?? undefined,
    category: draft.category ?? undefined,
    condition: draft.condition ?? undefined,
    defects: draft.defects ?? undefined,
    startPrice: draft.startPrice ?? undefined,
    durationMinutes: draft.durationMinutes ?? undefined,
    softClose: draft.softClose ?? softCloseOf(values),
    handover: draft.handover ?? undefined,
    shippingFee: draft.shippingFee ?? (draft.handover === 'meet' ? 0 : undefined),
  }
}

/** Whether nothing was typed that could not be a term: it would be lost without a word, so the form speaks up before. */
function isKeptWhole(values: SellValues): boolean {
  const terms = termsOf(values)
  return (
    (values.reservePrice === '' || terms.reservePrice !== null) &&
    (values.buyNowPrice === '' || terms.buyNowPrice !== null) &&
    (values.expectedPrice === '' || terms.expectedPrice !== null) &&
    (values.region.trim() === '' || terms.region !== null)
  )
}

describe('a start', () => {
  test('is of Seoul, and none while it is half typed', () => {
    expect(termsOf({ ...complete, startsAt: '2026-11-21T15:20' }).startsAt).toBe('2026-11-21T06:20:00.000Z')
    expect(termsOf({ ...complete, startsAt: '2026-11-21T' }).startsAt).toBeNull()
  })
})

describe('a draft', () => {
  test('can be saved whatever was typed', () => {
    fc.assert(
      fc.property(Values, (values) => {
        expect(DraftTerms.safeParse(termsOf(values)).success).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('is complete in the form’s eyes exactly when it could be published as it was typed', () => {
    fc.assert(
      fc.property(Values, (values) => {
        const parsed = CompleteTerms.safeParse(completed(values))
        const isPublishable = parsed.success && faultsOfTerms(parsed.data, now as Instant).length === 0
        expect(Object.keys(faultsOf(values, now)).length === 0).toBe(isPublishable && isKeptWhole(values))
      }),
      { numRuns: 3_000 },
    )
  })

  test('names each thing that is missing', () => {
    expect(faultsOf(emptyValues, now)).toEqual({
      pictures: 'no-pictures',
      title: 'empty',
      content: 'empty',
      category: 'empty',
      condition: 'empty',
      hasDefects: 'empty',
      startPrice: 'empty',
      handover: 'empty',
    })
  })
})

test('faults that the server found stand beside their fields', () => {
  const errors = [
    { pointer: '/images/0', code: 'media-not-ready' },
    { pointer: '/softClose/windowSeconds', code: 'window-too-long' },
    { pointer: '/startsAt', code: 'too-late' },
  ]
  const known = { 'window-too-long': '', 'too-late': '' }
  expect(faultsFrom(errors, known)).toEqual({
    pictures: 'invalid',
    windowSeconds: 'window-too-long',
    startsAt: 'too-late',
  })
})
