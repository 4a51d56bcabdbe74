import type { AccountId } from '../../contract/ids.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import { openDeal } from '../../deals/api.ts'
import type { Db } from '../../kernel/db.ts'
import type { Ids } from '../../kernel/ids.ts'
import { createOutbox, type Outbox } from '../../kernel/outbox.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import { tellInbox, type Notice } from '../../notifications/api.ts'
import type { BidderFacts, OfferQuestion } from '../commands.ts'
import { projectOffer } from '../queries/offers.ts'
import { isEligible } from '../rules/judge.ts'
import { isOpen, lapsed, nextBidders, offerRefusal, openForMs } from '../rules/offers.ts'
import { standingOf } from './bids.ts'
import type { Book } from './book.ts'
import type { OfferRow } from './offer-table.ts'

/** Bidders beyond these come up only when some of these were asked. */
const candidatesAtOnce = 40

export interface OfferDeps {
  book: Book
  ids: Ids
}

/** Whom an offer could go to now, in order, and the deal whose failure it would need. */
export function offerQuestion({ book, ids }: OfferDeps): OfferQuestion {
  const offers = book.store.offers.all()
  const accepted = offers.findLast(({ state }) => state === 'accepted')
  const deal = accepted?.deal ?? (book.lot.state === 'sold' ? ids.derive('deal', book.auction) : null)
  const candidates = candidatesOf(book, offers).map(({ account }) => account)
  return { deal, candidates: candidates.slice(0, candidatesAtOnce) }
}

function candidatesOf(book: Book, offers: OfferRow[]) {
  const winner = book.accountOf(book.lot.winner)
  return nextBidders(book.store.offers.highest(), { winner, offers })
}

/** Makes an offer to the first of the candidates who may still buy here. One at a time: the room decides alone. */
export function makeOffer(
  { book, ids, at }: OfferDeps & { at: Instant },
  { facts, failedAt }: { facts: BidderFacts[]; failedAt: Instant | null },
): Outcome<OfferRow> {
  const { store, lot } = book
  const offers = store.offers.all()
  const refusal = offerRefusal({ lot, offers, failedAt }, at)
  if (refusal) return { ok: false, code: refusal }
  const known = new Map(facts.map((one) => [one.account, one]))
  const next = candidatesOf(book, offers).find(({ account }) => mayBuy(book, known.get(account)))
  if (!next) return { ok: false, code: 'no-bidder-left' }
  const number = offers.length + 1
  const offer: OfferRow = {
    id: ids.derive('offer', book.auction, number),
    deal: ids.derive('deal', book.auction, 'offer', number),
    room: ids.derive('room', book.auction, 'offer', number),
    number,
    to: next.account,
    amount: next.amount,
    at,
    expiresAt: instant(at + openForMs(lot)),
    state: 'open',
    answeredAt: null,
    version: 1,
  }
  store.offers.put(offer)
  return { ok: true, value: offer }
}

/** The bidder's answer; the same again is the same. Everyone else's offers are not there. */
export function answerOffer(
  { book, at }: { book: Book; at: Instant },
  { id, who, answer }: { id: string; who: BidderFacts; answer: 'accepted' | 'declined' },
): Outcome<OfferRow> {
  const offer = book.store.offers.find(id)
  if (!offer || offer.to !== who.account) return { ok: false, code: 'not-found' }
  if (offer.state === answer) return { ok: true, value: offer }
  if (!isOpen(offer, at)) return { ok: false, code: 'offer-over' }
  if (answer === 'accepted' && !mayBuy(book, who)) return { ok: false, code: 'not-eligible' }
  const answered: OfferRow = { ...offer, state: answer, answeredAt: at, version: offer.version + 1 }
  book.store.offers.put(answered)
  return { ok: true, value: answered }
}

/** Whoever could bid here if it were running. */
function mayBuy(book: Book, who: BidderFacts | undefined): boolean {
  if (!who) return false
  const standing = standingOf(book, who)
  return standing.isTrader && isEligible(book.lot, standing)
}

/** When the open offer runs out; null without one. */
export function offerEdge({ store }: Book): Instant | null {
  return store.offers.all().find(({ state }) => state === 'open')?.expiresAt ?? null
}

/** Writes down what has lapsed by now. */
export function lapseOffers({ store }: Book, at: Instant): void {
  for (const offer of store.offers.all()) {
    const changed = lapsed(offer, at)
    if (changed) store.offers.put({ ...offer, ...changed })
  }
}

/** What of offers leaves the room: to D1, to the two people, and, once accepted, the deal. Each state once, until all have it. */
export function offerOutbox({ book, ids, env, db }: OfferDeps & { env: Env; db: Db }): Outbox {
  return createOutbox<OfferRow>({
    name: `offers:${book.auction}`,
    batch: 1,
    read: (limit) => book.store.offers.untold(limit),
    deliver: async ([offer]) => {
      const { publication } = book
      await projectOffer(db, { ...offer, auction: book.auction, seller: publication.seller.account })
      if (offer.state === 'accepted') await openDeal(env, openingOf(book, offer))
      const [to, notice] = noticeOf({ book, ids }, offer)
      await tellInbox(env, to, [notice])
      return { ok: true }
    },
    confirm: ([offer]) => book.store.offers.told(offer),
    // Nobody ever refuses one for good: whoever cannot take it now is asked again.
    setAside: () => {},
  })
}

function openingOf({ publication, lot, auction }: Book, offer: OfferRow) {
  return {
    deal: offer.deal,
    room: offer.room,
    auction,
    seller: publication.seller.account,
    buyer: offer.to,
    price: offer.amount,
    terms: publication.terms,
    termsHash: publication.termsHash,
    cause: 'offer' as const,
    offer: offer.id,
    logSeq: lot.logSeq,
    at: offer.answeredAt ?? offer.at,
  }
}

function noticeOf({ book, ids }: OfferDeps, offer: OfferRow): [AccountId, Notice] {
  const { publication, auction } = book
  const isMade = offer.state === 'open'
  const data = {
    title: publication.terms.title,
    price: offer.amount,
    answer: isMade ? null : offer.state,
    deal: offer.state === 'accepted' ? offer.deal : null,
    room: offer.state === 'accepted' ? offer.room : null,
    dueAt: isMade ? iso(offer.expiresAt) : null,
  }
  const notice: Notice = {
    id: ids.derive('notification', offer.id, offer.version),
    kind: isMade ? 'offer-made' : 'offer-answered',
    target: auction,
    // Who did not accept stays a number to the seller.
    actor: isMade ? publication.seller.account : offer.state === 'accepted' ? offer.to : null,
    data,
    expiresAt: isMade ? offer.expiresAt : null,
    at: offer.answeredAt ?? offer.at,
  }
  return [isMade ? offer.to : publication.seller.account, notice]
}
