import { now } from '../kernel/clock.ts'
import type { Where } from '../moderation/api.ts'
import { judgeWaiting } from './judging.ts'
import { refreshFading, releaseReviews } from './releasing.ts'

/** What time alone makes due: Monday's release, entries that lose weight, entries nobody has judged. For the cron. */
export async function workOnReviews(where: Where): Promise<void> {
  const at = now()
  await releaseReviews(where, at)
  await refreshFading(where, at)
  await judgeWaiting(where, at)
}
