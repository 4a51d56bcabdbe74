import { commitmentBytes, termsBytes, type Hash, type Terms } from '../../contract/ledger.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { randomSalt, randomToken, type Ids } from '../../kernel/ids.ts'
import { digestOf } from '../../kernel/signatures.ts'
import type { Publication, Published } from '../commands.ts'
import type { Lot, LotTerms } from '../rules/lot.ts'
import type { Publicised } from './storage.ts'

/**
 * Freezes what the seller sent: the reserve behind a salted commitment, the times by the room's own clock. A start that has
 * come already means "at publication", and the end moves along.
 */
export function freeze({ auction, seller, terms, event, reservePrice }: Publication, now: Instant): Publicised {
  const startsAt = terms.startsAt > now ? terms.startsAt : now
  const reserveSalt = reservePrice === null ? null : Buffer.from(randomSalt(16)).toString('base64url')
  const frozen: Terms = {
    ...terms,
    startsAt,
    endsAt: instant(terms.endsAt + (startsAt - terms.startsAt)),
    reserveCommitment:
      reservePrice === null || reserveSalt === null
        ? null
        : (digestOf(commitmentBytes(auction, { bidder: 0, amount: reservePrice, salt: reserveSalt })) as Hash),
  }
  return {
    auction,
    seller,
    terms: frozen,
    termsHash: digestOf(termsBytes(auction, frozen)) as Hash,
    event,
    reservePrice,
    reserveSalt,
    startedAtOnce: startsAt === now,
    at: now,
    epoch: randomToken().slice(0, 22),
  }
}

export function lotTermsOf({ auction, terms, termsHash, reservePrice }: Publicised, ids: Ids): LotTerms {
  return {
    termsHash,
    startPrice: terms.startPrice,
    reservePrice,
    reserveCommitment: terms.reserveCommitment,
    buyNowPrice: terms.buyNowPrice,
    startsAt: terms.startsAt,
    endsAt: terms.endsAt,
    windowMs: terms.softClose.windowSeconds * 1_000,
    capMs: terms.softClose.capMinutes * 60_000,
    bidderRules: terms.bidderRules,
    deal: ids.derive('deal', auction),
    room: ids.derive('room', auction),
  }
}

/** Whether a publication says again what was published. One that started "now" may name a later "now" when it is repeated. */
export function isSamePublication(before: Publicised, again: Publication): boolean {
  const { startsAt, endsAt } = before.terms
  const hasSameTimes = before.startedAtOnce
    ? again.terms.endsAt - again.terms.startsAt === endsAt - startsAt
    : again.terms.startsAt === startsAt && again.terms.endsAt === endsAt
  const asText = (terms: Publication['terms'], seller: string, reserve: number | null) =>
    JSON.stringify([
      seller,
      reserve,
      digestOf(termsBytes(before.auction, { ...terms, startsAt, endsAt, reserveCommitment: null })),
    ])
  return (
    hasSameTimes &&
    asText(again.terms, again.seller.account, again.reservePrice) ===
      asText(before.terms, before.seller.account, before.reservePrice)
  )
}

/** What publishing answers, the first time and whenever it is repeated. */
export function publishedOf({ terms, termsHash, at }: Publicised, { terms: { windowMs, capMs } }: Lot): Published {
  const { startsAt, endsAt, reserveCommitment } = terms
  return {
    state: startsAt <= at ? 'running' : 'scheduled',
    termsHash,
    reserveCommitment,
    startsAt,
    endsAt,
    hardEndAt: windowMs === 0 ? endsAt : instant(endsAt + capMs),
  }
}
