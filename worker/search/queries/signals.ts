import { lt, lte, sql, type SQL } from 'drizzle-orm'
import type { AccountId } from '../../contract/ids.ts'
import { recommendations, signals as limits } from '../../contract/limits.ts'
import { instant, type Instant } from '../../contract/time.ts'
import type { Db, Statement } from '../../kernel/db.ts'
import { outboxRows } from '../../kernel/outbox.ts'
import type { TargetKind } from '../rules.ts'
import { impersonal, interest, viewMark } from '../schema.ts'

/** One thing somebody looked at, with its marks under the keys of today and of the day before. */
export interface MarkedView {
  target: string
  kind: TargetKind
  today: string
  before: string
}

/** Counts each view that was not counted within 24 hours: the fact leaves in the same transaction as its mark is made. */
export function countViews(db: Db, views: readonly MarkedView[], at: Instant): Statement[] {
  const list = JSON.stringify(views.map(({ target, kind, today, before }) => [target, kind, today, before]))
  const fresh = sql`from json_each(${list}) as view where not exists (
    select 1 from ${viewMark} where ${viewMark.mark} in (view.value ->> 2, view.value ->> 3)
      and ${viewMark.at} > ${at - limits.viewEveryMs})`
  return [
    outboxRows(
      db,
      'signals',
      'view-counted',
      sql`select json_object('target', view.value ->> 0, 'kind', view.value ->> 1) as payload ${fresh}`,
    ),
    db
      .insert(viewMark)
      .select(sql`select view.value ->> 2, ${at} ${fresh}`)
      .onConflictDoUpdate({ target: viewMark.mark, set: { at } }),
  ]
}

/** Remembers strong interests of somebody who has not switched that off: looked at in the same statement, so nothing slips through. */
export function rememberInterests(
  db: Db,
  account: AccountId,
  list: readonly { target: string; kind: TargetKind; isSeen: boolean }[],
  at: Instant,
): Statement {
  // The order of mention stays the order of time.
  const rows = list.map(({ target, kind, isSeen }, place) => {
    const when = at - (list.length - 1 - place)
    return [target, kind, when, isSeen ? when : null]
  })
  return db
    .insert(interest)
    .select(
      sql`select ${account}, look.value ->> 0, look.value ->> 1, look.value ->> 2, look.value ->> 3
        from json_each(${JSON.stringify(rows)}) as look where ${isPersonalised(account)}`,
    )
    .onConflictDoUpdate({
      target: [interest.account, interest.target],
      set: { at: sql`excluded.at`, seenAt: sql`coalesce(excluded.seen_at, ${interest.seenAt})` },
    })
}

export function isPersonalised(account: AccountId): SQL {
  return sql`not exists (select 1 from ${impersonal} where ${impersonal.account} = ${account})`
}

/** What has had its time. For the cron. */
export function sweepSignals(db: Db, at: Instant): Statement[] {
  return [
    db.delete(viewMark).where(lte(viewMark.at, instant(at - limits.viewEveryMs))),
    db.delete(interest).where(lt(interest.at, instant(at - recommendations.keptMs))),
  ]
}
