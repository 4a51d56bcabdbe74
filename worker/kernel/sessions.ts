import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { AccountId, LoginId } from '../contract/ids.ts'
import { accounts } from '../contract/limits.ts'
import { instant, type Instant } from '../contract/time.ts'
import { now } from './clock.ts'
import type { AppContext, AppEnv, SignedInEnv } from './context.ts'
import type { Db } from './db.ts'
import { Problem } from './problem.ts'

/** What an access token carries: which account, by which sign-in. */
export interface SignIn {
  account: AccountId
  login: LoginId
}

export type Role = 'member' | 'moderator' | 'admin'

/** Who is asking, looked up by the token's ids. Never taken from a body, a query or a frame. */
export interface Actor extends SignIn {
  handle: string
  name: string
  role: Role
  /** Has a verified phone; may sell and bid. */
  trader: boolean
  suspendedUntil: Instant | null
  signedInAt: Instant
}

/** The actor of a sign-in that still stands, or null. `createApp` receives it, because accounts are a feature. */
export type FindActor = (db: Db, signIn: SignIn) => Promise<Actor | null>

const audience = 'hallabong-access'
const memoMs = 30_000
const memoMost = 5_000
const memo = new Map<LoginId, { actor: Actor; at: Instant }>()

/** An access token for 15 minutes. */
export async function mintAccess(
  c: AppContext,
  { account, login }: SignIn,
): Promise<{ access: string; expiresAt: Instant }> {
  const expiresAt = instant(Math.floor((now() + accounts.accessTokenMs) / 1000) * 1000)
  const access = await new SignJWT({ sid: login })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(account)
    .setAudience(audience)
    .setIssuedAt(new Date(now()))
    .setExpirationTime(new Date(expiresAt))
    .sign(c.var.config.tokenSecrets[0])
  return { access, expiresAt }
}

/** Reads a token's ids, or null where it is not ours, not whole or too old. Says nothing about whether the sign-in still stands. */
export async function readAccess(c: AppContext, token: string): Promise<(SignIn & { expiresAt: Instant }) | null> {
  for (const secret of c.var.config.tokenSecrets) {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        audience,
        requiredClaims: ['sub', 'exp', 'sid'],
        currentDate: new Date(now()),
      })
      const { ids } = c.var
      const { sub = '', sid, exp = 0 } = payload
      if (typeof sid !== 'string' || !ids.isGenuine('account', sub) || !ids.isGenuine('login', sid)) return null
      return { account: sub, login: sid, expiresAt: instant(exp * 1000) }
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  return null
}

/** The sign-in of the Authorization header: null without one, Problem `not-signed-in` for one that is no good. */
export async function presentedSignIn(c: AppContext): Promise<SignIn | null> {
  const known = c.var.signIn
  if (known !== undefined) return known
  const header = c.req.header('authorization')
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  const signIn = token ? await readAccess(c, token) : null
  if (header !== undefined && !signIn) throw new Problem('not-signed-in')
  ;(c as Context<AppEnv>).set('signIn', signIn)
  return signIn
}

/** Drops what this isolate remembers of a sign-in. Other isolates forget within 30 s and ask on every write. */
export function forgetActor(login: LoginId): void {
  memo.delete(login)
}

async function actorOf(c: AppContext): Promise<Actor | null> {
  const signIn = await presentedSignIn(c)
  if (!signIn) return null
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const remembered = memo.get(signIn.login)
  if (isRead && remembered && Math.abs(now() - remembered.at) < memoMs) return remembered.actor
  const actor = await c.var.findActor(c.var.db, signIn)
  if (!actor) {
    forgetActor(signIn.login)
    throw new Problem('sign-in-over')
  }
  if (memo.size >= memoMost) memo.clear()
  memo.set(signIn.login, { actor, at: now() })
  return actor
}

export function isSuspended(actor: Pick<Actor, 'suspendedUntil'>): boolean {
  return actor.suspendedUntil !== null && actor.suspendedUntil > now()
}

async function requireActor(c: Context<SignedInEnv>): Promise<Actor> {
  const actor = await actorOf(c)
  if (!actor) throw new Problem('not-signed-in')
  c.set('actor', actor)
  return actor
}

function requireStanding(actor: Actor): void {
  if (isSuspended(actor))
    throw new Problem('account-suspended', { until: new Date(Number(actor.suspendedUntil)).toISOString() })
}

/** Anyone: `actor` is null for a visitor. A token that is no good is still 401, so that a client renews it instead of being a stranger. */
export const anyone = createMiddleware<AppEnv>(async (c, next) => {
  c.set('actor', await actorOf(c))
  await next()
})

/** Signed in, also while suspended: own account, statements of reasons, what is already open. */
export const limited = createMiddleware<SignedInEnv>(async (c, next) => {
  await requireActor(c)
  await next()
})

/** The actor behind `anyone` where a part of a route is for those who are signed in and not suspended. */
export function requireSignedIn(c: AppContext): Actor {
  const { actor } = c.var
  if (!actor) throw new Problem('not-signed-in')
  requireStanding(actor)
  return actor
}

/** Signed in and not suspended. */
export const signedIn = createMiddleware<SignedInEnv>(async (c, next) => {
  requireStanding(await requireActor(c))
  await next()
})

/** Signed in with a verified phone: may sell, bid and review. */
export const trader = createMiddleware<SignedInEnv>(async (c, next) => {
  const actor = await requireActor(c)
  requireStanding(actor)
  if (!actor.trader) throw new Problem('not-a-trader')
  await next()
})

/** Staff that is not suspended. Who is none finds a closed door, not an empty wall: that there are moderators is no secret. */
export function staff(least: Exclude<Role, 'member'>) {
  return createMiddleware<SignedInEnv>(async (c, next) => {
    const actor = await requireActor(c)
    requireStanding(actor)
    // Admins may what moderators may.
    if (actor.role !== 'admin' && actor.role !== least) throw new Problem('forbidden')
    await next()
  })
}
