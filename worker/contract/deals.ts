import { z } from 'zod'
import { Amount, conditions, handovers } from './auctions.ts'
import { MessageView } from './chat.ts'
import {
  deadlineKinds,
  dealStates,
  dealSteps,
  disputeTypes,
  faults,
  methods,
  nextSteps,
  remedies,
  sides,
} from './deal-steps.ts'
import { LedgerPage } from './auctions.ts'
import { deals as limits } from './limits.ts'
import { MediaView } from './media.ts'
import type { Won } from './money.ts'
import { Page, PageQuery } from './page.ts'
import { PersonCard } from './profiles.ts'
import { Text } from './text.ts'

const Time = z.iso.datetime({ precision: 3 })
const Money = z
  .int()
  .nonnegative()
  .transform((amount) => amount as Won)
const Side = z.enum(sides)
const State = z.enum(dealStates)
const Pictures = z.array(z.string().max(64)).max(limits.media)

// Requests

/** `place` may be empty only for a parcel; `at` is then when it will be sent. */
export const ProposeAppointment = z
  .strictObject({ at: Time, place: Text({ min: 0, max: limits.place }), method: z.enum(methods) })
  .refine(({ place, method }) => method === 'parcel' || place !== '', { error: 'required', path: ['place'] })
export type ProposeAppointment = z.infer<typeof ProposeAppointment>

export const HandOver = z
  .strictObject({ carrier: Text({ max: limits.carrier }), tracking: Text({ max: limits.tracking }) })
  .partial()
export type HandOver = z.infer<typeof HandOver>

/** Needed for a proposal; agreeing takes none. */
export const CancelDeal = z.strictObject({ reason: Text({ max: limits.reason, lines: true }) }).partial()
export const RefuseDeal = z.strictObject({ reason: Text({ max: limits.reason, lines: true }) })

export const ReportNoShow = z.strictObject({
  note: Text({ max: limits.note, lines: true }),
  media: Pictures.default([]),
})
export type ReportNoShow = z.infer<typeof ReportNoShow>

export const AnswerNoShow = z.strictObject({
  answer: z.enum(['accept', 'contest']),
  note: Text({ min: 0, max: limits.note, lines: true }).default(''),
  media: Pictures.default([]),
})
export type AnswerNoShow = z.infer<typeof AnswerNoShow>

export const OpenDispute = z.strictObject({
  type: z.enum(disputeTypes),
  text: Text({ max: limits.note, lines: true }),
  media: Pictures.default([]),
})
export type OpenDispute = z.infer<typeof OpenDispute>

/** `amount`: how much of the money goes back; for `part` alone. `proposal` is the number of the entry that is agreed to. */
export const NewDisputeEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('evidence'),
    text: Text({ max: limits.note, lines: true }),
    media: Pictures.default([]),
  }),
  z.strictObject({
    kind: z.literal('proposal'),
    remedy: z.enum(remedies),
    amount: Amount(100, 1_000_000_000).optional(),
    text: Text({ min: 0, max: limits.note, lines: true }).default(''),
  }),
  z.strictObject({ kind: z.literal('agreement'), proposal: z.int().positive() }),
])
export type NewDisputeEntry = z.infer<typeof NewDisputeEntry>

export const DealsQuery = PageQuery().extend({ role: Side.optional(), state: State.optional() })
export const CasesQuery = PageQuery().extend({ state: z.enum(['open', 'closed']).default('open') })

export const Ruling = z.strictObject({
  fault: z.enum(faults),
  reason: Text({ min: 10, max: 2_000, lines: true }),
})
export type Ruling = z.infer<typeof Ruling>

// Views

/** Everything that has happened, by whom: a party, a moderator, or nobody but the clock. */
export const stepKinds = [
  'opened',
  'appointment-proposed',
  'appointment-agreed',
  'handed-over',
  'completed',
  'cancel-proposed',
  'cancel-withdrawn',
  'cancelled',
  'refused',
  'passed-on',
  'no-show-reported',
  'no-show-admitted',
  'no-show-contested',
  'dispute-opened',
  'evidence-added',
  'remedy-proposed',
  'remedy-agreed',
  'dispute-passed-on',
  'ruled',
  'fault-lifted',
  'lapsed',
] as const
export type StepKind = (typeof stepKinds)[number]

export const StepView = z.object({
  place: z.int().positive(),
  kind: z.enum(stepKinds),
  by: z.enum([...sides, 'moderator', 'time']),
  /** After it. */
  state: State,
  /** What was written with it: a reason, a note, why a moderator ruled so. */
  text: z.string().nullable(),
  fault: z.enum(faults).nullable(),
  at: Time,
})
export type StepView = z.infer<typeof StepView>

const Appointment = z.object({ at: Time, place: z.string(), method: z.enum(methods) })

export const NextStepView = z.object({
  step: z.enum(nextSteps),
  whose: z.enum(['mine', 'theirs', 'both', 'nobody']),
})

export const DeadlineView = z.object({ kind: z.enum(deadlineKinds), at: Time })

/** What was sold, as frozen when the auction was published. */
export const DealTerms = z.object({
  title: z.string(),
  content: z.string(),
  images: z.array(MediaView),
  condition: z.enum(conditions),
  defects: z.string(),
  handover: z.enum(handovers),
  region: z.string().nullable(),
})

/** Private pictures: their files are asked for by `GET /api/media/{id}/file`. */
const Evidence = z.array(MediaView)

export const DealView = z.object({
  id: z.string(),
  auction: z.string(),
  /** Made by the end of the auction, by buying at once, or by an accepted offer. */
  cause: z.enum(['ended', 'bought', 'offer']),
  terms: DealTerms,
  termsHash: z.string(),
  seller: PersonCard,
  buyer: PersonCard,
  /** Which of the two the reader is; null for a moderator. */
  role: Side.nullable(),
  price: Money,
  /** As the terms have it. It is part of the total unless the two have agreed to meet. */
  shippingFee: Money,
  total: Money,
  state: State,
  /** Where it stands beneath a dispute. */
  stage: State,
  fault: z.enum(faults).nullable(),
  appointment: z.object({
    agreed: Appointment.nullable(),
    /** Waits for the other's answer. An agreed one stands until then. */
    proposed: Appointment.extend({ by: Side }).nullable(),
  }),
  parcel: z.object({ carrier: z.string().nullable(), tracking: z.string().nullable() }).nullable(),
  cancel: z.object({ by: Side, reason: z.string(), at: Time }).nullable(),
  report: z
    .object({
      by: Side,
      note: z.string(),
      media: Evidence,
      at: Time,
      answerBy: Time,
      answer: z
        .object({ answer: z.enum(['accept', 'contest', 'silence']), note: z.string(), media: Evidence, at: Time })
        .nullable(),
    })
    .nullable(),
  dispute: z
    .object({
      by: Side,
      type: z.enum(disputeTypes),
      text: z.string(),
      media: Evidence,
      at: Time,
      /** From then on a moderator looks at it. */
      viewFrom: Time,
      withModerator: z.boolean(),
      outcome: z.enum([...remedies, 'ruled', 'cancelled']).nullable(),
    })
    .nullable(),
  /** What a moderator decided or thinks, with the reasons. */
  ruling: z
    .object({
      fault: z.enum(faults),
      reason: z.string(),
      at: Time,
      /** Since when it holds no more, because somebody else found so on appeal. */
      overturnedAt: Time.nullable(),
    })
    .nullable(),
  steps: z.array(StepView),
  /** What the reader may do now, or from a time on. */
  may: z.array(z.object({ step: z.enum(dealSteps), from: Time.nullable(), until: Time.nullable() })),
  next: NextStepView,
  deadlines: z.array(DeadlineView),
  room: z.string(),
  /** Completed and failed deals are reviewed until then. */
  reviewUntil: Time.nullable(),
  /** The reader has written theirs. */
  hasReviewed: z.boolean(),
  openedAt: Time,
  endedAt: Time.nullable(),
  serverAt: Time,
  version: z.int(),
})
export type DealView = z.infer<typeof DealView>

export const DealRow = z.object({
  id: z.string(),
  auction: z.string(),
  title: z.string(),
  cover: MediaView.nullable(),
  role: Side,
  other: PersonCard,
  price: Money,
  shippingFee: Money,
  total: Money,
  state: State,
  fault: z.enum(faults).nullable(),
  next: NextStepView,
  deadline: DeadlineView.nullable(),
  room: z.string(),
  activeAt: Time,
})
export type DealRow = z.infer<typeof DealRow>
export const DealPage = Page(DealRow)

export const DisputeEntry = z.object({
  number: z.int().positive(),
  kind: z.enum(['evidence', 'proposal', 'agreement']),
  by: z.enum([...sides, 'moderator']),
  text: z.string(),
  media: Evidence,
  remedy: z.enum(remedies).nullable(),
  amount: Money.nullable(),
  proposal: z.int().nullable(),
  at: Time,
})
export type DisputeEntry = z.infer<typeof DisputeEntry>
export const DisputeEntries = z.object({ items: z.array(DisputeEntry) })

/** Everything about a deal in one file, for mediation outside. */
export const CaseFile = z.object({
  deal: DealView,
  entries: z.array(DisputeEntry),
  ledger: LedgerPage,
  messages: z.array(MessageView),
  madeAt: Time,
})
export type CaseFile = z.infer<typeof CaseFile>

export const CaseRow = z.object({
  id: z.string(),
  deal: z.string(),
  kind: z.enum(['no-show', 'dispute']),
  title: z.string(),
  seller: PersonCard,
  buyer: PersonCard,
  /** Who reported or opened the dispute. */
  by: Side,
  /** `settled`: the two agreed before anybody ruled. */
  state: z.enum(['open', 'ruled', 'settled']),
  ruling: z.object({ fault: z.enum(faults), reason: z.string(), at: Time, overturnedAt: Time.nullable() }).nullable(),
  at: Time,
})
export type CaseRow = z.infer<typeof CaseRow>
export const CasePage = Page(CaseRow)

// Offers to the next bidders

export const offerStates = ['open', 'accepted', 'declined', 'lapsed'] as const
export const OfferMade = z.object({ offer: z.string(), amount: Money, expiresAt: Time })
export const OffersQuery = PageQuery().extend({ role: z.enum(['made', 'received']).optional() })

export const OfferRow = z.object({
  id: z.string(),
  auction: z.string(),
  title: z.string(),
  cover: MediaView.nullable(),
  role: z.enum(['made', 'received']),
  /** The bidder of an offer that I made is named once it is accepted. */
  other: PersonCard.nullable(),
  amount: Money,
  shippingFee: Money,
  total: Money,
  state: z.enum(offerStates),
  deal: z.string().nullable(),
  at: Time,
  expiresAt: Time,
})
export type OfferRow = z.infer<typeof OfferRow>
export const OfferPage = Page(OfferRow)

export const OfferAccepted = z.object({ deal: z.string(), room: z.string() })
