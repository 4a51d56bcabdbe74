import type { AccountId, LoginId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import type { Statement } from '../kernel/db.ts'
import { noticeRow } from '../notifications/api.ts'
import type { SecurityChange } from './letters.ts'
import { deviceOf, placeOf } from './requests.ts'

/**
 * The row that tells an account what was done to it, on every device but the one that did it: for the batch that does it, then
 * `nudgeNotices`. The letter beside it goes out whatever was chosen.
 */
export function securityNotice(
  c: AppContext,
  { account, login }: { account: AccountId; login: LoginId | null },
  change: SecurityChange,
): Statement {
  return noticeRow(
    c.var.db,
    { kind: 'account', account },
    {
      id: c.var.ids.mint('notification'),
      kind: 'security',
      target: account,
      actor: null,
      data: { change, device: deviceOf(c), place: placeOf(c) },
      expiresAt: null,
      at: now(),
      ...(login === null ? {} : { causedBy: login }),
    },
  )
}
