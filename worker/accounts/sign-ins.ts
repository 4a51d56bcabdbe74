import { deleteCookie, generateCookie, getCookie, setCookie } from 'hono/cookie'
import type { AccountId, LoginId } from '../contract/ids.ts'
import { LoggedIn } from '../contract/accounts.ts'
import { closeCodes } from '../contract/live.ts'
import { iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import type { Statement } from '../kernel/db.ts'
import { areEqual, deriveKey, fingerprint, randomToken } from '../kernel/ids.ts'
import { reply } from '../kernel/reply.ts'
import { forgetActor, mintAccess } from '../kernel/sessions.ts'
import { closeSockets } from '../notifications/api.ts'
import { tokenHash } from './keys.ts'
import { insertLogin, type LoginRow } from './queries/logins.ts'
import { deviceOf, placeOf } from './requests.ts'
import { expiryOf } from './rules/refresh.ts'
import { ownAccount } from './views.ts'

const cookieName = 'refresh'
const deviceCookie = 'device'
const path = '/api/accounts'
const deviceAge = 400 * 24 * 3_600

/** A sign-in that stands once its statements are committed. */
export interface NewSignIn {
  row: LoginRow
  statements: Statement[]
}

export function newSignIn(c: AppContext, account: AccountId): NewSignIn {
  const at = now()
  const row: LoginRow = {
    id: c.var.ids.mint('login'),
    account,
    seed: randomToken(),
    device: deviceHash(c),
    label: deviceOf(c),
    place: placeOf(c),
    signedInAt: at,
    lastUsedAt: at,
    endedAt: null,
  }
  return { row, statements: insertLogin(c.var.db, row) }
}

/** A hash of this browser's own cookie, which it gets when it has none. */
function deviceHash(c: AppContext): string {
  const device = deviceToken(c) ?? randomToken()
  setCookie(c, deviceCookie, device, { ...cookieOptions(c), maxAge: deviceAge })
  return tokenHash(device)
}

function deviceToken(c: AppContext): string | null {
  const known = getCookie(c, deviceCookie)
  return known !== undefined && /^[\w-]{43}$/.test(known) ? known : null
}

/** As the sign-ins that were made in this browser have it; null for one that never signed in, and for what we did not give. */
export function presentedDevice(c: AppContext): string | null {
  const device = deviceToken(c)
  return device === null ? null : tokenHash(device)
}

/** The answer to every way of signing in: access token, own account, refresh cookie. */
export async function answerSignedIn<Status extends 200 | 201>(c: AppContext, { row }: NewSignIn, status: Status) {
  const { access, expiresAt } = await mintAccess(c, { account: row.account, login: row.id })
  setRefreshCookie(c, row, 1, expiryOf(row.signedInAt, row.signedInAt))
  c.header('cache-control', 'no-store')
  const account = await ownAccount(c.var.db, row.account)
  return reply(c, LoggedIn, { access, expiresAt: iso(expiresAt), account }, status)
}

export function setRefreshCookie(c: AppContext, row: LoginRow, generation: number, expiresAt: number): void {
  const maxAge = Math.max(0, Math.ceil((expiresAt - now()) / 1000))
  setCookie(c, cookieName, refreshToken(c, row, generation), { ...cookieOptions(c), maxAge })
}

export function clearRefreshCookie(c: AppContext): void {
  deleteCookie(c, cookieName, cookieOptions(c))
}

/** The header that clears the cookie, for answers that are not made through the context. */
export function clearingCookie(c: AppContext): string {
  return generateCookie(cookieName, '', { ...cookieOptions(c), maxAge: 0 })
}

/** Of a cookie that no script reads and no other site sends. */
export function cookieOptions(c: AppContext) {
  return { httpOnly: true, secure: c.var.config.isSecure, sameSite: 'Strict', path } as const
}

/**
 * Tokens follow from the sign-in's seed, so that a lost answer can be given again and nothing that signs anybody in is stored.
 */
function refreshToken(c: AppContext, row: Pick<LoginRow, 'id' | 'seed'>, generation: number): string {
  const key = deriveKey(c.var.config.idSecret, 'refresh')
  return `${row.id}.${generation}.${fingerprint(key, JSON.stringify([row.seed, row.id, generation]))}`
}

/** What the refresh cookie claims; to be checked by `isOurs` against the row. Null without one that could be ours. */
export function presentedRefresh(c: AppContext): { login: LoginId; generation: number; token: string } | null {
  const token = getCookie(c, cookieName)
  const [login = '', generation = ''] = token?.split('.') ?? []
  if (token === undefined || !/^[1-9]\d{0,8}$/.test(generation)) return null
  return c.var.ids.isGenuine('login', login) ? { login, generation: Number(generation), token } : null
}

export function isOurs(c: AppContext, row: LoginRow, shown: { generation: number; token: string }): boolean {
  return areEqual(shown.token, refreshToken(c, row, shown.generation))
}

/** What follows when sign-ins have ended in the table: this isolate forgets them and their sockets close. */
export async function afterEnding(c: AppContext, account: AccountId, logins: LoginId[]): Promise<void> {
  for (const id of logins) forgetActor(id)
  await closeSockets(c.env, account, logins, closeCodes.authorityOver)
}
