import { and, eq, or } from 'drizzle-orm'
import type { AccountId } from '../contract/ids.ts'
import { accounts, rates } from '../contract/limits.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isPassword } from '../kernel/passwords.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import { addressOf, rateNamed, takeEach, type Rate, type RateName } from '../kernel/rate-limit.ts'
import type { Actor } from '../kernel/sessions.ts'
import { accountById } from './queries/accounts.ts'
import { addressFingerprint } from './keys.ts'
import { account, login } from './schema.ts'
import { presentedDevice } from './sign-ins.ts'

/**
 * Compares a password and counts the failure against who was named and where it came from. A place in both counts is taken before
 * the comparison and given back on success, so that parallel guesses do not slip through together. `named`: an address, what is kept
 * of a number, or an account id.
 */
export async function isRightPassword(
  c: AppContext,
  named: string,
  password: string,
  stored: string | null,
): Promise<boolean> {
  const device = await knownDevice(c, named)
  const counted = device === null ? named : `${named}\n${device}`
  const taken = await takeEach(c, [
    [[failures('failedSignInsPerIp')], `ip:${addressOf(c)}`],
    [[failures('failedSignInsPerLogin')], `login:${addressFingerprint(c.var.config, counted)}`],
  ])
  const isRight = await isPassword(password, stored)
  if (isRight) await taken.giveBack()
  return isRight
}

/**
 * The browser, if who is named has signed in with it before: it has a count of its own, since strangers who guess must not lock the
 * owner out. Asked in the same way whether anybody has that name or not.
 */
async function knownDevice(c: AppContext, named: string): Promise<string | null> {
  const device = presentedDevice(c)
  if (device === null) return null
  const isNamed = or(eq(account.email, named), eq(account.phone, named), eq(account.id, named as AccountId))
  const [row] = await c.var.db
    .select({ device: login.device })
    .from(account)
    .innerJoin(login, eq(login.account, account.id))
    .where(and(isNamed, eq(login.device, device)))
    .limit(1)
  return row?.device ?? null
}

/**
 * For mails with a code or a link: few to one address, whoever asks, and few from one sender, whomever they go to. A token lifts
 * neither. To be taken before the work that follows, which may cost more than the mail.
 */
export async function takeMail(c: AppContext, email: string): Promise<void> {
  await takeEach(c, [
    [['mailsPerIpHour'], `ip:${addressOf(c)}`],
    [['mailsPerAddress', 'mailsPerAddressDay'], `mail:${addressFingerprint(c.var.config, email)}`],
  ])
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
