import { dealForReview, isPartyOf } from '../deals/api.ts'
import { otherSide } from '../contract/deal-steps.ts'
import type { ChangeReview, WriteReview } from '../contract/reviews.ts'
import { statementsFor, type ReviewRole } from '../contract/statements.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isTaken } from '../kernel/db.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import { requireVersion } from '../kernel/versions.ts'
import { insertReview, reviewById, rewrite, takeBack, type ReviewFields, type ReviewRow } from './queries.ts'

export async function writeReview(c: AppContext, actor: Actor, wish: WriteReview): Promise<ReviewRow> {
  const { db, ids } = c.var
  const id = ids.require('deal', wish.deal)
  const deal = await dealForReview(db, id, actor.account)
  if (!deal) throw new Problem((await isPartyOf(db, id, actor.account)) ? 'deal-not-over' : 'not-found')
  const at = now()
  if (at >= deal.until) throw new Problem('too-late')
  const role = otherSide(deal.side)
  const row: ReviewRow = {
    id: ids.mint('review'),
    deal: id,
    author: actor.account,
    subject: deal.receiver,
    role,
    ...fieldsOf(role, wish),
    endedAt: deal.endedAt,
    writtenAt: at,
    releasedAt: null,
    isAbsorbed: false,
    version: 1,
  }
  try {
    await insertReview(db, row)
  } catch (error) {
    if (isTaken(error, 'review.deal, review.author')) throw new Problem('already-reviewed')
    throw error
  }
  return row
}

export async function changeReview(c: AppContext, actor: Actor, id: string, wish: ChangeReview): Promise<ReviewRow> {
  const row = await ownWaiting(c, actor, id)
  const fields = fieldsOf(row.role, {
    grade: wish.grade ?? row.grade,
    statements: wish.statements ?? row.statements,
    text: wish.text ?? row.text ?? '',
  })
  if (!(await rewrite(c.var.db, row, fields))) throw new Problem('review-released')
  return { ...row, ...fields, version: row.version + 1 }
}

export async function withdrawReview(c: AppContext, actor: Actor, id: string): Promise<void> {
  const row = await ownWaiting(c, actor, id)
  if (!(await takeBack(c.var.db, row))) throw new Problem('review-released')
}

/** To everybody but its author a review that waits is not there, and one that can be read says not who wrote it. */
async function ownWaiting(c: AppContext, { account }: Actor, id: string): Promise<ReviewRow> {
  const { db, ids } = c.var
  const row = await reviewById(db, ids.require('review', id))
  if (!row || row.author !== account) throw new Problem('not-found')
  requireVersion(c, row.version)
  if (row.releasedAt !== null) throw new Problem('review-released')
  return row
}

function fieldsOf(
  role: ReviewRole,
  { grade, statements, text }: Pick<WriteReview, 'grade' | 'statements'> & { text?: string | undefined },
): ReviewFields {
  const fitting = statementsFor(grade, role)
  const odd = statements.findIndex((code, place) => !fitting.includes(code) || statements.indexOf(code) !== place)
  if (odd >= 0)
    throw invalidField(`/statements/${odd}`, fitting.includes(statements[odd] ?? '') ? 'repeated' : 'not-an-option')
  return { grade, statements, text: text === undefined || text === '' ? null : text }
}
