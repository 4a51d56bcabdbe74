import * as fc from 'fast-check'
import { sides, type Side } from '../../../worker/contract/deal-steps.ts'
import type { AccountId, AuctionId, DealId, MediaId, RoomId } from '../../../worker/contract/ids.ts'
import type { Hash, Terms } from '../../../worker/contract/ledger.ts'
import { won } from '../../../worker/contract/money.ts'
import { instant, type Instant } from '../../../worker/contract/time.ts'
import type { DealOpening, PartyCommand } from '../../../worker/deals/commands.ts'
import type { Command, DealRecord } from '../../../worker/deals/rules.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const begin = instant(Date.UTC(2026, 10, 26, 3))
export const moderator = 'acc_moderator' as AccountId

export function openingOf(handover: 'meet' | 'parcel' | 'either' = 'either'): DealOpening {
  return {
    deal: 'deal_1' as DealId,
    room: 'room_1' as RoomId,
    auction: 'auc_1' as AuctionId,
    seller: 'acc_seller' as AccountId,
    buyer: 'acc_buyer' as AccountId,
    price: won(50_000),
    terms: { handover, title: '필름 카메라', images: [] } as unknown as Terms,
    termsHash: 'h' as Hash,
    cause: 'ended',
    offer: null,
    logSeq: 9,
    at: begin,
  }
}

/** One thing that somebody tries, so many milliseconds after the one before. */
export interface Try {
  afterMs: number
  command: Command
  /** Tried once more at the same moment, as an impatient finger does. */
  twice: boolean
}

const side = fc.constantFrom<Side>(...sides)
const text = fc.constantFrom('', '늦어요', 'broken')
const media = fc.constant<MediaId[]>([])
/** Around the times that the rules know of, and anything else. */
const wait = fc.oneof(
  fc.constantFrom(0, 1, 29 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, DAY, 48 * HOUR, 72 * HOUR, 7 * DAY, 14 * DAY),
  fc.nat(3 * DAY),
)

/** Appointments lie relative to the moment of the try, which the story fills in. */
const step: fc.Arbitrary<PartyCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('propose-appointment' as const),
      at: wait.map(instant),
      place: text,
      method: fc.constantFrom('meet' as const, 'parcel' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ type: 'accept-appointment' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('hand-over' as const),
      carrier: fc.constantFrom(null, 'CJ'),
      tracking: fc.constantFrom(null, '1'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'confirm' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('cancel' as const), reason: fc.constantFrom(null, '바빠요') }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'withdraw-cancel' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('refuse' as const), reason: text }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('report-no-show' as const), note: text, media }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('answer-no-show' as const),
      answer: fc.constantFrom('accept' as const, 'contest' as const),
      note: text,
      media,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('open-dispute' as const),
      dispute: fc.constant('damaged' as const),
      text,
      media,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('add-evidence' as const), text, media }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('propose-remedy' as const),
      remedy: fc.constantFrom('refund' as const, 'return' as const, 'keep' as const),
      amount: fc.constant(null),
      text,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('agree-remedy' as const), proposal: fc.constant(1) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'pass-on' as const }) },
)

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ type: fc.constant('step' as const), by: side, step, version: fc.constant(null) }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'look' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('rule' as const),
      number: fc.integer({ min: 1, max: 3 }),
      fault: fc.constantFrom('seller' as const, 'buyer' as const, 'none' as const),
      reason: fc.constant('왜냐하면'),
      moderator: fc.constant(moderator),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('note' as const), text, moderator: fc.constant(moderator) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('lift-fault' as const), side }) },
)

export const stories: fc.Arbitrary<Try[]> = fc.array(fc.record({ afterMs: wait, command, twice: fc.boolean() }), {
  maxLength: 25,
})

/** The command as it is said at that moment: appointments lie ahead of it, the last proposal is agreed to, the open case is ruled on. */
export function saidAt(
  command: Command,
  at: Instant,
  { remedy, cases }: Pick<DealRecord, 'remedy' | 'cases'>,
): Command {
  const openCase = cases.find(({ closedAt }) => closedAt === null)
  if (command.type === 'rule') return openCase ? { ...command, number: openCase.number } : command
  if (command.type !== 'step') return command
  const { step } = command
  if (step.type === 'propose-appointment') return { ...command, step: { ...step, at: instant(at + step.at) } }
  if (step.type === 'agree-remedy') return { ...command, step: { ...step, proposal: remedy?.number ?? 1 } }
  return command
}
