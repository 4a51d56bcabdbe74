import type { Signal } from '../contract/search.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { deriveKey, fingerprint } from '../kernel/ids.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { addressOf } from '../kernel/rate-limit.ts'
import { countViews, rememberInterests } from './queries/signals.ts'
import { daysOf, strongLooks } from './rules.ts'
import { targetsOf } from './targets.ts'

/**
 * `POST /api/signals`: counts views, and remembers the strong interests of those who have signed in and did not switch that off.
 * One query and one transaction, however many signals there are; nothing at all where none is strong.
 */
export async function noticeSignals(c: AppContext, told: readonly Signal[]): Promise<void> {
  const { db, actor } = c.var
  const strong = strongLooks(told)
  if (strong.length === 0) return
  const targets = await targetsOf(
    c,
    strong.map(({ target }) => target),
  )
  const looks = strong.flatMap(({ target: id, isSeen }) => {
    const target = targets.get(id)
    return target && target.author !== actor?.account ? [{ target: id, kind: target.kind, isSeen }] : []
  })
  if (looks.length === 0) return

  const at = now()
  const mark = viewMarks(c)
  const views = looks.map(({ target, kind }) => ({ target, kind, ...mark(target) }))
  await runBatch(db, [
    ...countViews(db, views, at),
    ...(actor ? [rememberInterests(db, actor.account, looks, at)] : []),
  ])
  nudgeDrain(c.env, c.executionCtx)
}

/**
 * What a view of this caller is marked by. A visitor is the address (an IPv6 one holds a whole /64): a browser's name would let one
 * computer count as many. Under a key of the day, so that marks of different days cannot be told to be of one viewer.
 */
function viewMarks(c: AppContext) {
  const { today, before } = daysOf(now())
  const viewer = c.var.actor?.account ?? `ip:${addressOf(c)}`
  const keyOf = (day: number) => deriveKey(c.var.config.idSecret, `views/${day}`)
  const [key, keyBefore] = [keyOf(today), keyOf(before)]
  return (target: string) => ({
    today: fingerprint(key, `${viewer} ${target}`),
    before: fingerprint(keyBefore, `${viewer} ${target}`),
  })
}
