import type { AccountId } from '../contract/ids.ts'
import { closeCodes } from '../contract/live.ts'
import { iso } from '../contract/time.ts'
import { runBatch, type Db, type Statement } from '../kernel/db.ts'
import { outboxRow } from '../kernel/outbox.ts'
import { forgetActor, type Role } from '../kernel/sessions.ts'
import { closeSockets } from '../notifications/api.ts'
import { setSuspended } from '../profiles/api.ts'
import { updateAccount } from './queries/accounts.ts'
import { loginIds } from './queries/logins.ts'

interface Suspension {
  /** Null lifts. */
  until: number | null
  decision: string | null
}

/** Suspends until a time, or lifts with null. Sockets close before it returns. */
export async function suspend(
  db: Db,
  env: Pick<Env, 'INBOX'>,
  account: AccountId,
  suspension: Suspension,
): Promise<void> {
  await runBatch(db, suspensionStatements(db, account, suspension))
  await actOnSuspension(db, env, account, suspension)
}

/** The statements of it, for a batch that says why; then `actOnSuspension`. */
export function suspensionStatements(db: Db, account: AccountId, { until, decision }: Suspension): Statement[] {
  return [
    updateAccount(db, account, { suspendedUntil: until, suspensionDecision: decision }),
    setSuspended(db, account, until),
    outboxRow(
      db,
      'accounts',
      until === null
        ? { type: 'suspension-lifted', payload: { account } }
        : { type: 'account-suspended', payload: { account, until: iso(until) } },
    ),
  ]
}

/** Makes what is remembered of the account forget, and closes its sockets when it is suspended. May be done again. */
export async function actOnSuspension(
  db: Db,
  env: Pick<Env, 'INBOX'>,
  account: AccountId,
  { until }: Pick<Suspension, 'until'>,
): Promise<void> {
  await forgetSignInsOf(db, account)
  if (until !== null) await closeSockets(env, account, 'all', closeCodes.suspended)
}

export async function setRole(db: Db, account: AccountId, role: Role): Promise<void> {
  await runBatch(db, [
    updateAccount(db, account, { role }),
    outboxRow(db, 'accounts', { type: 'role-changed', payload: { account, role } }),
  ])
  await forgetSignInsOf(db, account)
}

/** What this isolate remembers of who they are. Others forget within 30 s, and look on every write. */
export async function forgetSignInsOf(db: Db, account: AccountId): Promise<void> {
  for (const login of await loginIds(db, account)) forgetActor(login)
}
