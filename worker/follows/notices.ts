import type { AccountId, LoginId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import type { Db, Statement } from '../kernel/db.ts'
import type { Ids } from '../kernel/ids.ts'
import { noticeRow } from '../notifications/api.ts'

interface Told {
  kind: 'follow' | 'follow-request' | 'follow-accepted'
  from: AccountId
  to: AccountId
  at: Instant
  login?: LoginId
}

/**
 * The row that tells `to` what `from` did. Its id follows from the two alone: whoever follows, thinks better of it and follows again
 * is told of once, for as long as the Inbox remembers. The target is the reader, so that many become one: "… and 12 others".
 */
export function edgeNotice(db: Db, ids: Ids, { kind, from, to, at, login }: Told): Statement {
  const id = ids.derive('notification', kind, from, to)
  const by = login === undefined ? {} : { causedBy: login }
  const notice = { id, kind, target: to, actor: from, data: {}, expiresAt: null, at, ...by }
  return noticeRow(db, { kind: 'account', account: to }, notice)
}
