import type { AccountId } from '../contract/ids.ts'
import { mannerOf, type PersonCard } from '../contract/profiles.ts'
import type { MannerLedger, OwnReview, ReviewView } from '../contract/reviews.ts'
import { reviews as limits } from '../contract/limits.ts'
import { grades, statements } from '../contract/statements.ts'
import { iso, type Instant } from '../contract/time.ts'
import type { ReviewRow } from './queries.ts'
import { exactScore, losesWeightAt, pointsOf, shownScore, weightOf } from './rules.ts'
import type { mannerEntry } from './schema.ts'

export function allStatements(role: 'seller' | 'buyer' | undefined) {
  const sides = (['both', 'seller', 'buyer'] as const).filter(
    (side) => side === 'both' || role === undefined || side === role,
  )
  return grades.flatMap((grade) =>
    sides.flatMap((side) =>
      Object.entries(statements[grade][side]).map(([code, text]) => ({
        code,
        grade,
        role: side === 'both' ? null : side,
        text: text as { ko: string; en: string },
      })),
    ),
  )
}

export function ownReview(row: ReviewRow, title: string, cards: ReadonlyMap<AccountId, PersonCard>): OwnReview {
  const { id, deal, subject, role, grade, statements, text, releasedAt, writtenAt, version } = row
  return {
    id,
    deal,
    title,
    about: cards.get(subject) ?? null,
    role,
    grade,
    statements,
    text,
    state: releasedAt === null ? 'waiting' : 'released',
    at: iso(writtenAt),
    version,
  }
}

const seoulMs = 9 * 3_600_000

export function reviewView({ id, grade, statements, text, releasedAt }: ReviewRow): ReviewView {
  return { id, grade, statements, text, month: iso(Number(releasedAt) + seoulMs).slice(0, 7) }
}

/**
 * Entries of a release stand by their grade, which anybody can read: how they were written, by whom and for which deal, is not told.
 */
export function ledgerView(entries: readonly (typeof mannerEntry.$inferSelect)[], at: Instant): MannerLedger {
  const weighing = entries
    .filter((entry) => weightOf(entry, at) > 0)
    .toSorted((one, other) => other.at - one.at || other.grade - one.grade)
  const exact = exactScore(weighing, at)
  const { score, band } = mannerOf(shownScore(exact) / 10)
  return {
    start: limits.score.start / 10,
    exact: exact / 10,
    score,
    band,
    items: weighing.map((entry) => ({
      cause: entry.cause,
      grade: entry.grade,
      weight: weightOf(entry, at) / 10,
      points: pointsOf(entry, at) / 10,
      at: iso(entry.at),
      losesWeightAt: iso(losesWeightAt(entry, at)),
      deal: entry.cause === 'fault' ? entry.deal : null,
    })),
  }
}
