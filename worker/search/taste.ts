import type { AccountId } from '../contract/ids.ts'
import type { Feedback } from '../contract/search.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { Problem } from '../kernel/problem.ts'
import { hideAuthor, markLess, undoMarks } from './queries/taste.ts'
import { requireTarget } from './targets.ts'

/** `POST /api/recommendations/feedback`. Pages look at it whenever they are read. */
export async function giveFeedback(
  c: AppContext,
  account: AccountId,
  { target: id, verdict }: Feedback,
): Promise<void> {
  const { db } = c.var
  const target = await requireTarget(c, id)
  const at = now()
  const statements = {
    less: () => markLess(db, account, id, at),
    'hide-author': () => hideAuthor(db, account, target.author, at),
    undo: () => undoMarks(db, account, { target: id, author: target.author }),
  }[verdict]()
  if (!(await runBatch(db, statements))) throw new Problem('personalisation-off')
}
