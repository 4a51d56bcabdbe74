import type { Fact, PayloadOf } from '../../contract/events.ts'
import type { AccountId, AuctionId } from '../../contract/ids.ts'
import type { Entry, PublishedEntry } from '../../contract/ledger.ts'
import { instant, type Instant } from '../../contract/time.ts'
import type { Fold } from '../commands.ts'

/** What the relay's archive of one auction says: the room's fold, all its bidders and notes, and until when it is known. */
export interface ArchivedLot extends Fold {
  publishedAt: Instant
  /** The end as it was announced. */
  plannedEndAt: Instant
  /** Time of the last ledger entry. */
  lastAt: Instant
}

/**
 * The fold of D1 from the events of an auction's stream alone, in their order; null where the first entry is missing. It says what
 * the room's own fold said at that place in the ledger. Written apart from the rules that judge, so that one can check the other.
 */
export function archivedLot(events: readonly Fact[]): ArchivedLot | null {
  const entries = events.flatMap(({ payload }) => ('entry' in payload ? [payload.entry] : []))
  const [published] = entries
  const last = entries.at(-1)
  if (published?.type !== 'published' || !last) return null

  const bidders = events.flatMap((event) => (event.type === 'bidder-numbered' ? [bidderOf(event.payload)] : []))
  const accountOf = (number: number | null) => bidders.find((bidder) => bidder.number === number)?.account ?? null
  const bids = entries.filter((entry) => entry.type === 'bid')
  const lastBid = bids.at(-1)
  const ended = entries.find((entry) => entry.type === 'ended')
  return {
    auction: auctionOf(events),
    logSeq: last.seq,
    state: stateOf(entries),
    termsHash: published.termsHash,
    reserveCommitment: published.reserveCommitment,
    price: lastBid?.price ?? published.startPrice,
    bidCount: bids.length,
    leader: accountOf(lastBid?.leader ?? null),
    leaderNumber: lastBid?.leader ?? null,
    winner: accountOf(ended?.winner ?? null),
    winnerNumber: ended?.winner ?? null,
    reserve: lastBid?.reserve ?? (published.reserveCommitment === null ? 'none' : 'not-met'),
    buyNowPrice: lastBid ? null : published.buyNowPrice,
    publishedAt: published.at,
    startsAt: published.startsAt,
    plannedEndAt: published.endsAt,
    ...timesOf(entries, published),
    deal: ended?.deal ?? null,
    cancelReason: cancelReasonOf(events),
    newBidders: bidders,
    newNotes: events.flatMap((event) => (event.type === 'note-added' ? noteOf(event.payload) : [])),
    lastAt: last.at,
  }
}

const finalStates: readonly string[] = ['sold', 'unsold', 'cancelled', 'void']

/**
 * Whether a row of D1 says more than the archive does: either it knows more, for the room and its routes write there first, or it is
 * wrong. Only the room can tell which.
 */
export function saysMore(
  row: { logSeq: number; state: string },
  archived: Pick<ArchivedLot, 'logSeq' | 'state'>,
): boolean {
  const isOver = finalStates.includes(row.state) && !finalStates.includes(archived.state)
  return row.logSeq > archived.logSeq || isOver
}

function auctionOf(events: readonly Fact[]): AuctionId {
  const [first] = events.flatMap(({ payload }) => ('auction' in payload ? [payload.auction] : []))
  return first as AuctionId
}

function bidderOf({ account, number, at }: PayloadOf<'bidder-numbered'>) {
  return { account: account as AccountId, number, at: instant(Date.parse(at)) }
}

function noteOf({ entry, text }: PayloadOf<'note-added'>) {
  return typeof text === 'string' ? [{ logSeq: entry.seq, text, at: entry.at }] : []
}

function cancelReasonOf(events: readonly Fact[]): string | null {
  const over = events.find((event) => event.type === 'auction-cancelled' || event.type === 'auction-voided')
  return over?.payload.text ?? null
}

function stateOf(entries: Entry[]): Fold['state'] {
  for (const entry of entries.toReversed()) {
    if (entry.type === 'ended') return entry.result
    if (entry.type === 'cancelled') return 'cancelled'
    if (entry.type === 'voided') return 'void'
    if (entry.type === 'started') return 'running'
  }
  return 'scheduled'
}

function timesOf(entries: Entry[], published: PublishedEntry): Pick<Fold, 'endsAt' | 'hardEndAt' | 'endedAt'> {
  const extended = entries.findLast((entry) => entry.type === 'extended')
  const end = entries.find(({ type }) => type === 'ended' || type === 'cancelled' || type === 'voided')
  return {
    endsAt: end?.type === 'ended' ? end.at : (extended?.endsAt ?? published.endsAt),
    hardEndAt: extended?.hardEndAt ?? published.hardEndAt,
    endedAt: end?.at ?? null,
  }
}
