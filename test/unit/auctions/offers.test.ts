import { expect, test } from 'vitest'
import { openForMs } from '../../../worker/auctions/rules/offers.ts'
import { offers } from '../../../worker/contract/limits.ts'
import { instant } from '../../../worker/contract/time.ts'
import { end, start, Story } from './lots.ts'

const sixty = instant(start + 60 * 60_000)

test.each([
  ['at sixty minutes, though fewer were announced', { endsAt: instant(sixty - 30_000) }, sixty, offers.quickOpenMs],
  ['a millisecond later, though sixty were announced', { endsAt: sixty }, instant(sixty + 1), offers.openMs],
  ['at once, though days were announced', { endsAt: instant(sixty + 86_400_000) }, end, offers.quickOpenMs],
])('how long an offer is open follows from how long the auction ran: it ended %s', (_, terms, endsAt, openMs) => {
  const { lot } = new Story(terms)
  expect(openForMs({ ...lot, endsAt })).toBe(openMs)
})
