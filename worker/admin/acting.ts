import { forgetSignInsOf, roleStatements, standingsOf, type AccountStanding } from '../accounts/api.ts'
import { roles } from '../contract/accounts.ts'
import type { AccountId } from '../contract/ids.ts'
import { closeCodes } from '../contract/live.ts'
import type { SuspendAccount } from '../contract/moderation.ts'
import { fromIso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { describeError, log } from '../kernel/log.ts'
import { nudgeDrain } from '../kernel/outbox.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import type { Actor, Role } from '../kernel/sessions.ts'
import { auditRow, decide, liftSuspensions, type Where } from '../moderation/api.ts'
import { closeSockets, inboxOf } from '../notifications/api.ts'

export interface StaffTarget {
  id: AccountId
  standing: AccountStanding
}

export async function targetOf(c: AppContext, id: string): Promise<StaffTarget> {
  const account = c.var.ids.require('account', id)
  const standing = (await standingsOf(c.var.db, [account])).get(account)
  if (!standing) throw new Problem('not-found')
  return { id: account, standing }
}

/** Nobody acts on themselves, and only admins act on staff. */
function requireOver(actor: Actor, { id, standing }: StaffTarget): void {
  if (id === actor.account) throw new Problem('not-oneself')
  if (standing.role !== 'member' && actor.role !== 'admin') throw new Problem('not-about-staff')
}

export async function suspendAccount(c: AppContext, actor: Actor, id: string, wish: SuspendAccount): Promise<void> {
  const target = await targetOf(c, id)
  requireOver(actor, target)
  const at = now()
  const until = fromIso(wish.until)
  if (until <= at) throw invalidField('/until', 'too-early')
  const { db, ids } = c.var
  const { reason, facts } = wish
  const audited = auditRow(db, {
    at,
    staff: actor.account,
    action: 'suspend',
    target: target.id,
    reason: `${reason}: ${facts}`,
  })
  const decided = await decide(whereOf(c), {
    account: target.id,
    action: 'suspend',
    rule: reason,
    target: target.id,
    facts,
    by: actor.account,
    at,
    until,
    cause: ['suspend', ids.mint('decision')],
    also: [audited],
  })
  if (decided === false) throw new Problem('conflict')
}

export async function liftSuspension(c: AppContext, actor: Actor, id: string, reason: string): Promise<void> {
  const target = await targetOf(c, id)
  requireOver(actor, target)
  const at = now()
  if ((target.standing.suspendedUntil ?? 0) <= at) throw new Problem('not-suspended')
  const audited = auditRow(c.var.db, { at, staff: actor.account, action: 'lift', target: target.id, reason })
  if (!(await liftSuspensions(whereOf(c), target.id, at, [audited]))) throw new Problem('conflict')
}

export async function giveRole(
  c: AppContext,
  actor: Actor,
  id: string,
  { role, reason }: { role: Role; reason: string },
): Promise<void> {
  const target = await targetOf(c, id)
  if (target.id === actor.account) throw new Problem('not-oneself')
  const { db } = c.var
  const action = `role-${role}`
  const audited = auditRow(db, { at: now(), staff: actor.account, action, target: target.id, reason })
  if (!(await runBatch(db, [...roleStatements(db, target.id, role), audited]))) throw new Problem('last-admin')
  await forgetSignInsOf(db, target.id)
  // What was opened in the old role keeps it as long as its ticket is good. The next ticket is worth what the account is now.
  const isLess = roles.indexOf(role) < roles.indexOf(target.standing.role)
  if (isLess) await closeSockets(c.env, target.id, 'all', closeCodes.authorityOver)
  nudgeDrain(c.env, c.executionCtx)
  c.executionCtx.waitUntil(tellRole(c, target.id))
}

/** Open pages show or hide the way to the staff's page. One that does not hear it asks anew when it is loaded. */
async function tellRole(c: AppContext, account: AccountId): Promise<void> {
  try {
    await inboxOf(c.env, account).accountChanged(account, 'role')
  } catch (error) {
    log('warn', 'inbox-silent', { account, ...describeError(error) })
  }
}

function whereOf(c: AppContext): Where {
  return { env: c.env, db: c.var.db, ids: c.var.ids, ctx: c.executionCtx }
}
