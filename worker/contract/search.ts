import { z } from 'zod'
import { AuctionCard } from './auctions.ts'
import { recommendations, search, signals } from './limits.ts'
import { Page, PageQuery } from './page.ts'
import { PersonCard } from './profiles.ts'
import { Text } from './text.ts'

/** What can be looked for. People need sign-in. Posts, products and boards only add a word and a member of `SearchPage`. */
export const searchTypes = ['auctions', 'people'] as const
export type SearchType = (typeof searchTypes)[number]

const Words = Text({ max: search.text })

export const SearchQuery = PageQuery(12).extend({ q: Words, type: z.enum(searchTypes).default('auctions') })
export type SearchQuery = z.infer<typeof SearchQuery>

/** Meaning did not count: the index is down or late, and these are the results of keywords alone. */
const degraded = z.boolean()

/** Best match first; the first page fixes the order for 30 minutes and its cursors walk it. */
export const SearchPage = z.discriminatedUnion('type', [
  Page(AuctionCard).extend({ type: z.literal('auctions'), degraded }),
  Page(PersonCard).extend({ type: z.literal('people'), degraded }),
])
export type SearchPage = z.infer<typeof SearchPage>

export const SuggestionsQuery = z.object({ q: Words })
export const Suggestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('title'), text: z.string() }),
  z.object({ kind: z.literal('person'), person: PersonCard }),
])
export type Suggestion = z.infer<typeof Suggestion>
export const Suggestions = z.object({
  items: z.array(Suggestion).max(search.suggestions.titles + search.suggestions.people),
})
export type Suggestions = z.infer<typeof Suggestions>

export const RecommendQuery = PageQuery(12)

/** Every card says `why`. `degraded`: the index was down or late when the order was fixed, so it is not a personal one. */
export const RecommendedPage = Page(AuctionCard).extend({ degraded })
export type RecommendedPage = z.infer<typeof RecommendedPage>

export const RelatedQuery = z.object({ target: z.string().max(64) })
/** Across kinds: posts and products only add a member. */
export const RelatedItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('auction'), auction: AuctionCard }),
])
export type RelatedItem = z.infer<typeof RelatedItem>
export const Related = z.object({ items: z.array(RelatedItem).max(recommendations.related), degraded })
export type Related = z.infer<typeof Related>

/**
 * One thing that was looked at. `dwell`: at least half of its card was visible for `ms` without a break. `open`: its page was
 * opened; `ms` is how long it was read, 0 if that is not known. What is not there, not public or one's own is passed over.
 */
export const Signal = z.strictObject({
  target: z.string().max(64),
  kind: z.enum(['dwell', 'open']),
  ms: z.number().nonnegative(),
})
export type Signal = z.infer<typeof Signal>

export const SendSignals = z.strictObject({ signals: z.array(Signal).min(1).max(signals.perCall) })
export type SendSignals = z.infer<typeof SendSignals>

/** `undo` takes back both: `less` for the target, and the hiding of its author. */
export const verdicts = ['less', 'hide-author', 'undo'] as const
export const Feedback = z.strictObject({ target: z.string().max(64), verdict: z.enum(verdicts) })
export type Feedback = z.infer<typeof Feedback>
