import { z } from 'zod'
import { reviews as limits } from './limits.ts'
import { Page, PageQuery } from './page.ts'
import { Grades, Handle, MannerBand, PersonCard } from './profiles.ts'
import { grades, reviewRoles, type Grade } from './statements.ts'
import { Text } from './text.ts'

const Time = z.iso.datetime({ precision: 3 })
const Id = z.string().max(64)

export const GradeCode = z.union(
  grades.map((grade) => z.literal(grade)) as [z.ZodLiteral<Grade>, ...z.ZodLiteral<Grade>[]],
)
const Statements = z.array(z.string().max(40)).min(1).max(limits.statements)

export const StatementsQuery = z.object({ role: z.enum(reviewRoles).optional() })

/** `role` is null for a statement that fits both sides. */
export const StatementList = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      grade: GradeCode,
      role: z.enum(reviewRoles).nullable(),
      text: z.object({ ko: z.string(), en: z.string() }),
    }),
  ),
})

/** Whether the statements are of that grade and of the side one speaks about is judged with the deal. */
export const WriteReview = z.strictObject({
  deal: Id,
  grade: GradeCode,
  statements: Statements,
  text: Text({ min: 0, max: limits.text, lines: true }).optional(),
})
export type WriteReview = z.infer<typeof WriteReview>

export const ChangeReview = WriteReview.omit({ deal: true }).partial()
export type ChangeReview = z.infer<typeof ChangeReview>

/** A review as its author sees it. `role` is the side of the one it is about. It can be changed while it waits. */
export const OwnReview = z.object({
  id: z.string(),
  deal: z.string(),
  title: z.string(),
  about: PersonCard.nullable(),
  role: z.enum(reviewRoles),
  grade: GradeCode,
  statements: z.array(z.string()),
  text: z.string().nullable(),
  state: z.enum(['waiting', 'released']),
  at: Time,
  version: z.int(),
})
export type OwnReview = z.infer<typeof OwnReview>
export const OwnReviewPage = Page(OwnReview)
export const OwnReviewsQuery = PageQuery()

/** A deal that waits for the reader's review. */
export const PendingReview = z.object({
  deal: z.string(),
  title: z.string(),
  about: PersonCard.nullable(),
  role: z.enum(reviewRoles),
  endedAt: Time,
  until: Time,
})
export type PendingReview = z.infer<typeof PendingReview>
export const PendingReviewList = z.object({ items: z.array(PendingReview) })

/** What anybody reads. No author, deal, item or time: `month` (`2026-11`) is that of the release. */
export const ReviewView = z.object({
  id: z.string(),
  grade: GradeCode,
  statements: z.array(z.string()),
  text: z.string().nullable(),
  month: z.string(),
})
export type ReviewView = z.infer<typeof ReviewView>
export const ReviewPage = Page(ReviewView)

export const ReviewsQuery = PageQuery().extend({ handle: Handle })
export const ReviewSummaryQuery = z.object({ handle: Handle })

export const ReviewSummary = z.object({
  score: z.number(),
  band: MannerBand,
  grades: Grades,
  deals: z.int(),
  noShows: z.int(),
})
export type ReviewSummary = z.infer<typeof ReviewSummary>

/**
 * What the score is made of: `start` and the points of every entry that still weighs. `exact` is their sum, `score` what is shown of
 * it (0 to 99). Reviews are told by their release alone; a fault names its deal.
 */
export const MannerLedger = z.object({
  start: z.number(),
  exact: z.number(),
  score: z.number(),
  band: MannerBand,
  items: z.array(
    z.object({
      cause: z.enum(['release', 'fault']),
      grade: GradeCode,
      weight: z.number(),
      points: z.number(),
      at: Time,
      losesWeightAt: Time,
      deal: z.string().nullable(),
    }),
  ),
})
export type MannerLedger = z.infer<typeof MannerLedger>
