import { accounts, rates } from '../contract/limits.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isPassword } from '../kernel/passwords.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import { addressOf, rateNamed, takeEach, type Rate, type RateName } from '../kernel/rate-limit.ts'
import type { Actor } from '../kernel/sessions.ts'
import { accountById } from './queries/accounts.ts'
import { addressFingerprint } from './keys.ts'

/**
 * Compares a password and counts the failure against who was named and where it came from. A place in both counts is taken before
 * the comparison and given back on success, so that parallel guesses do not slip through together.
 */
export async function isRightPassword(
  c: AppContext,
  named: string,
  password: string,
  stored: string | null,
): Promise<boolean> {
  const taken = await takeEach(c, [
    [[failures('failedSignInsPerIp')], `ip:${addressOf(c)}`],
    [[failures('failedSignInsPerLogin')], `login:${addressFingerprint(c.var.config, named)}`],
  ])
  const isRight = await isPassword(password, stored)
  if (isRight) await taken.giveBack()
  return isRight
}

function failures(name: RateName): Rate {
  return { ...rateNamed(name), pauseMs: rates[name][1] }
}

/** For what a stolen, open browser must not do: the password, or a sign-in less than 5 minutes old. */
export async function requireFreshProof(c: AppContext, actor: Actor, password: string | undefined): Promise<void> {
  if (password === undefined) {
    if (now() >= actor.signedInAt + accounts.freshProofMs) throw new Problem('fresh-proof-needed')
    return
  }
  await requirePassword(c, actor, password, '/password')
}

/** Not a 401: the token is fine, and clients answer 401 by renewing it and asking again. */
export async function requirePassword(c: AppContext, actor: Actor, password: string, pointer: string): Promise<void> {
  const row = await accountById(c.var.db, actor.account)
  const isRight = await isRightPassword(c, actor.account, password, row?.password ?? null)
  if (!isRight) throw invalidField(pointer, 'wrong')
}
