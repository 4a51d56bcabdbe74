import type { LoginView, OwnAccount } from '../contract/accounts.ts'
import type { AccountId, LoginId } from '../contract/ids.ts'
import { accounts, auctions } from '../contract/limits.ts'
import { iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { Db } from '../kernel/db.ts'
import { Problem } from '../kernel/problem.ts'
import { handleChangeFrom, ownProfile, selectProfile, type ProfileRow } from '../profiles/api.ts'
import { accountById, type AccountRow } from './queries/accounts.ts'
import type { LoginRow } from './queries/logins.ts'

export async function ownAccount(db: Db, id: AccountId): Promise<OwnAccount> {
  const [row, [shown]] = await Promise.all([accountById(db, id), selectProfile(db, id)])
  if (!row || !shown) throw new Problem('sign-in-over')
  return { ...(await ownProfile(db, shown)), ...privateFields(row, shown) }
}

function privateFields(row: AccountRow, shown: ProfileRow) {
  const at = now()
  const isSuspended = row.suspendedUntil !== null && row.suspendedUntil > at
  const handleFrom = handleChangeFrom(shown.handleChangedAt, at)
  const phoneFrom = phoneChangeFrom(row, at)
  return {
    email: row.email,
    role: row.role,
    language: row.language,
    limits: {
      auctionsAtOnce:
        shown.deals >= auctions.atOnce.dealsForMost ? auctions.atOnce.most : auctions.atOnce.beforeThreeDeals,
      handleFrom: handleFrom === null ? null : iso(handleFrom),
      phoneFrom: phoneFrom === null ? null : iso(phoneFrom),
    },
    suspension: isSuspended ? { until: iso(Number(row.suspendedUntil)), decision: row.suspensionDecision } : null,
  }
}

/** When the number may be changed next; null for at once. */
export function phoneChangeFrom({ phoneAttachedAt }: Pick<AccountRow, 'phoneAttachedAt'>, at: number): number | null {
  if (phoneAttachedAt === null) return null
  const from = phoneAttachedAt + accounts.phoneChangeEveryMs
  return from > at ? from : null
}

export function loginView(row: LoginRow, current: LoginId): LoginView {
  return {
    id: row.id,
    device: row.label,
    place: row.place,
    firstUsedAt: iso(row.signedInAt),
    lastUsedAt: iso(row.lastUsedAt),
    current: row.id === current,
  }
}
