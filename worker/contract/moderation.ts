import { z } from 'zod'
import { roles } from './accounts.ts'
import { moderation as limits } from './limits.ts'
import { MediaView } from './media.ts'
import { Page, PageQuery } from './page.ts'
import { PersonCard } from './profiles.ts'
import { reasons } from './report-reasons.ts'
import { Text } from './text.ts'

const Time = z.iso.datetime({ precision: 3 })

/**
 * The rule a decision rests on. `bad-in-a-row` and `below-zero` follow from the manner ledger by themselves; `deal-fault` is what a
 * moderator found in a deal's case.
 */
export const decisionRules = ['bad-in-a-row', 'below-zero', 'deal-fault', ...reasons] as const
export type DecisionRule = (typeof decisionRules)[number]

export const decisionActions = ['warn', 'suspend', 'fault'] as const
export type DecisionAction = (typeof decisionActions)[number]

/** How a decision stands: `lifted` by staff, `overturned` on appeal, `over` when its time has passed. */
export const decisionStates = ['standing', 'over', 'lifted', 'overturned'] as const
export type DecisionState = (typeof decisionStates)[number]

/** `open`: one may appeal; `sent`: it waits for its answer; `closed`: one may no more, and nobody did. */
export const appealStates = ['open', 'sent', 'upheld', 'overturned', 'changed', 'closed'] as const
export type AppealState = (typeof appealStates)[number]

/** A statement of reasons, as the person concerned reads it. `facts` is null where the rule alone says it all. */
export const DecisionView = z.object({
  id: z.string(),
  action: z.enum(decisionActions),
  /** What it is about: a deal, or the account itself. */
  target: z.string(),
  rule: z.enum(decisionRules),
  facts: z.string().nullable(),
  automatic: z.boolean(),
  state: z.enum(decisionStates),
  from: Time,
  until: Time.nullable(),
  appeal: z.object({
    /** Until when one may appeal, or when the answer is due. */
    until: Time.nullable(),
    state: z.enum(appealStates),
    text: z.string().nullable(),
    answer: z.string().nullable(),
  }),
})
export type DecisionView = z.infer<typeof DecisionView>
export const DecisionPage = Page(DecisionView)
export const DecisionsQuery = PageQuery()

export const Appeal = z.strictObject({
  text: Text({ max: limits.appeal, lines: true }),
  media: z.array(z.string().max(64)).max(limits.media).optional(),
})
export type Appeal = z.infer<typeof Appeal>

/** An appeal as staff reads it. `mine` decided it: then somebody else has to answer. */
export const AppealView = z.object({
  decision: DecisionView,
  about: PersonCard.nullable(),
  text: z.string(),
  media: z.array(MediaView),
  at: Time,
  dueAt: Time,
  isMine: z.boolean(),
  answeredAt: Time.nullable(),
})
export type AppealView = z.infer<typeof AppealView>
export const AppealPage = Page(AppealView)
export const AppealsQuery = PageQuery().extend({ state: z.enum(['open', 'answered']).default('open') })

const Words = Text({ max: limits.facts, lines: true })
const Why = Text({ max: limits.reason })

/** `change` gives what lasts an earlier end; the others name none. */
export const AnswerAppeal = z
  .strictObject({ outcome: z.enum(['uphold', 'overturn', 'change']), reason: Words, until: Time.optional() })
  .refine(({ outcome, until }) => (outcome === 'change') === (until !== undefined), {
    error: 'until-with-change',
    path: ['until'],
  })
export type AnswerAppeal = z.infer<typeof AnswerAppeal>

export const SuspendAccount = z.strictObject({ until: Time, reason: z.enum(reasons), facts: Words })
export type SuspendAccount = z.infer<typeof SuspendAccount>
export const StaffReason = z.strictObject({ reason: Why })
export const SetRole = z.strictObject({ role: z.enum(roles), reason: Why })

/** A person on a list of staff. Ids of accounts are for staff alone. */
export const StaffAccountRow = PersonCard.extend({
  id: z.string(),
  role: z.enum(roles),
  suspendedUntil: Time.nullable(),
  joinedAt: Time,
})
export type StaffAccountRow = z.infer<typeof StaffAccountRow>
export const StaffAccountPage = Page(StaffAccountRow)
export const StaffAccountsQuery = PageQuery().extend({ search: Text({ max: 50 }) })

/** Never a phone number; an address only by its own, audited call. */
export const StaffAccount = StaffAccountRow.extend({
  hasEmail: z.boolean(),
  signIns: z.array(
    z.object({ device: z.string().nullable(), place: z.string().nullable(), firstUsedAt: Time, lastUsedAt: Time }),
  ),
  decisions: z.array(DecisionView),
  deals: z.object({ completed: z.int(), open: z.int(), noShows: z.int() }),
})
export type StaffAccount = z.infer<typeof StaffAccount>
export const StaffEmail = z.object({ email: z.string().nullable() })

/** Who did what, to whom, when and why. Nothing of it is ever changed. */
export const AuditView = z.object({
  id: z.int(),
  at: Time,
  staff: z.object({ handle: z.string(), name: z.string() }).nullable(),
  action: z.string(),
  target: z.string(),
  reason: z.string(),
})
export type AuditView = z.infer<typeof AuditView>
export const AuditPage = Page(AuditView)
export const AuditQuery = PageQuery()
