import {
  deadlinesOf,
  paysPostage,
  nextStepOf,
  openSteps,
  reviewUntilOf,
  type Side,
  type Standing,
} from '../contract/deal-steps.ts'
import type { CaseRow, DealRow, DealView, DisputeEntry } from '../contract/deals.ts'
import type { MediaView } from '../contract/media.ts'
import type { Won } from '../contract/money.ts'
import type { PersonCard } from '../contract/profiles.ts'
import { iso, type Instant } from '../contract/time.ts'
import type { DealReading, EntryRecord, Step } from './commands.ts'
import type { CaseRecordRow, DealRecordRow } from './queries.ts'

/** For one who has left Hallabong: the deal stays, the person is nobody any more. */
const formerMember: PersonCard = {
  handle: '',
  name: '',
  picture: null,
  manner: { score: 0, band: 'cold' },
  phoneVerified: false,
  suspended: false,
}

export interface ViewParts<Key> {
  people: Map<Key, PersonCard>
  /** Of the auction. */
  images: Map<string, MediaView>
  /** Of the two alone. */
  evidence: Map<string, MediaView>
}

export function dealViewOf(
  reading: DealReading,
  { role, hasReviewed }: { role: Side | null; hasReviewed: boolean },
  parts: ViewParts<string>,
): DealView {
  const { opening, standing, proposal, agreed, steps, at } = reading
  const { terms, price } = opening
  const person = (side: Side) => parts.people.get(opening[side]) ?? formerMember
  const reviewUntil = reviewUntilOf(standing)
  return {
    id: opening.deal,
    auction: opening.auction,
    cause: opening.cause,
    terms: {
      title: terms.title,
      content: terms.content,
      images: terms.images.flatMap(({ media }) => parts.images.get(media) ?? []),
      condition: terms.condition as DealView['terms']['condition'],
      defects: terms.defects,
      handover: terms.handover as DealView['terms']['handover'],
      region: terms.region,
    },
    termsHash: opening.termsHash,
    seller: person('seller'),
    buyer: person('buyer'),
    role,
    price,
    shippingFee: terms.shippingFee,
    total: totalOf(price, terms.shippingFee, standing),
    state: standing.state,
    stage: standing.stage,
    fault: standing.fault,
    appointment: {
      agreed: agreed && { ...agreed, at: iso(agreed.at) },
      proposed: proposal && { ...proposal, at: iso(proposal.at) },
    },
    parcel: reading.parcel,
    cancel: reading.cancel && { ...reading.cancel, at: iso(reading.cancel.at) },
    report: reportOf(reading, parts),
    dispute: disputeOf(reading, parts),
    ruling: reading.ruling && {
      fault: reading.ruling.fault,
      reason: reading.ruling.reason,
      at: iso(reading.ruling.at),
      overturnedAt: isoOrNull(reading.ruling.overturnedAt ?? null),
    },
    steps: steps.map(stepView),
    may: role ? openSteps(standing, role, at).map((step) => ({ ...step, ...timesOf(step) })) : [],
    next: nextStepOf(standing, role ?? 'seller', at, hasReviewed),
    deadlines: deadlinesOf(standing, at, hasReviewed).map((deadline) => ({ ...deadline, at: iso(deadline.at) })),
    room: opening.room,
    reviewUntil: isoOrNull(reviewUntil),
    hasReviewed,
    openedAt: iso(opening.at),
    endedAt: isoOrNull(standing.endedAt),
    serverAt: iso(at),
    version: reading.place,
  }
}

function totalOf(price: Won, shippingFee: Won, standing: Standing): Won {
  return paysPostage(standing) ? ((price + shippingFee) as Won) : price
}

function timesOf({ from, until }: { from: number | null; until: number | null }) {
  return { from: isoOrNull(from), until: isoOrNull(until) }
}

function reportOf({ report }: DealReading, { evidence }: ViewParts<string>): DealView['report'] {
  if (!report) return null
  const { by, note, media, at, answerBy, answer } = report
  return {
    by,
    note,
    media: pictures(media, evidence),
    at: iso(at),
    answerBy: iso(answerBy),
    answer: answer && { ...answer, media: pictures(answer.media, evidence), at: iso(answer.at) },
  }
}

function disputeOf({ dispute }: DealReading, { evidence }: ViewParts<string>): DealView['dispute'] {
  if (!dispute) return null
  const { media, at, viewFrom } = dispute
  return { ...dispute, media: pictures(media, evidence), at: iso(at), viewFrom: iso(viewFrom) }
}

function stepView({ place, kind, by, standing, text, at }: Step): DealView['steps'][number] {
  return { place, kind, by, state: standing.state, text, fault: standing.fault, at: iso(at) }
}

export function entryViewOf(entry: EntryRecord, evidence: Map<string, MediaView>): DisputeEntry {
  return { ...entry, media: pictures(entry.media, evidence), at: iso(entry.at) }
}

function pictures(ids: readonly string[], views: Map<string, MediaView>): MediaView[] {
  return ids.flatMap((id) => views.get(id) ?? [])
}

export function rowViewOf(
  row: DealRecordRow,
  { role, hasReviewed }: { role: Side; hasReviewed: boolean },
  { people, images, at }: Pick<ViewParts<string>, 'people' | 'images'> & { at: Instant },
): DealRow {
  const { standing, price, shippingFee } = row
  const [deadline] = deadlinesOf(standing, at, hasReviewed)
  return {
    id: row.id,
    auction: row.auction,
    title: row.title,
    cover: (row.cover && images.get(row.cover)) ?? null,
    role,
    other: people.get(role === 'seller' ? row.buyer : row.seller) ?? formerMember,
    price,
    shippingFee,
    total: totalOf(price, shippingFee, standing),
    state: row.state,
    fault: row.fault,
    next: nextStepOf(standing, role, at, hasReviewed),
    deadline: deadline ? { kind: deadline.kind, at: iso(deadline.at) } : null,
    room: row.room,
    activeAt: iso(row.activeAt),
  }
}

export function caseViewOf({ of, deal }: CaseRecordRow, people: Map<string, PersonCard>): CaseRow {
  const { fault, reason, closedAt, overturnedAt } = of
  const ruling =
    fault && reason !== null && closedAt !== null
      ? { fault, reason, at: iso(closedAt), overturnedAt: isoOrNull(overturnedAt) }
      : null
  return {
    id: of.id,
    deal: of.deal,
    kind: of.kind,
    title: deal.title,
    seller: people.get(deal.seller) ?? formerMember,
    buyer: people.get(deal.buyer) ?? formerMember,
    by: of.by,
    state: closedAt === null ? 'open' : ruling ? 'ruled' : 'settled',
    ruling,
    at: iso(of.openedAt),
  }
}

function isoOrNull(at: number | null) {
  return at === null ? null : iso(at)
}
