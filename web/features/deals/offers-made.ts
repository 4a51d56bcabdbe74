import { createResource } from 'solid-js'
import { offers as limits } from '../../../worker/contract/limits.ts'
import { useInbox } from '../../api/inbox.ts'
import { session } from '../../api/session.ts'
import { loadOffers } from './queries.ts'

export type OffersMade = ReturnType<typeof createOffersMade>

/**
 * What the reader has offered of an auction to its next bidders, kept true by notices. It is worth a look and no more: where that fails
 * nothing is known, and the server says no.
 */
export function createOffersMade(auction: () => string) {
  const [latest, { refetch }] = createResource(
    auction,
    async (auction) => (await loadOffers(session.call, 'made')).items.filter((one) => one.auction === auction),
    { initialValue: [] },
  )
  useInbox().listen({
    onFact(fact) {
      if (fact.type === 'notified' && fact.notification.kind === 'offer-answered') void refetch()
    },
  })
  /** The latest first. */
  const all = () => (latest.error ? [] : latest.latest)
  return {
    open: () => all().find(({ state }) => state === 'open'),
    /** The deal that a yes has led to, if it is not this one. */
    dealBeyond(deal: string | undefined): string | null {
      const last = all().find((one) => one.deal !== null)?.deal ?? null
      return last === deal ? null : last
    },
    areSpent: () => all().length >= limits.most,
    refetch,
  }
}
