import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { Pending } from '../contract/accounts.ts'
import { accounts } from '../contract/limits.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { areEqual } from '../kernel/ids.ts'
import { tokenHash } from './keys.ts'
import type { RegistrationRow } from './queries/codes.ts'
import { cookieOptions } from './sign-ins.ts'

const cookieName = 'registration'
const path = '/api/accounts/registration'

/**
 * Lets the browser that begins a registration be known again when the link is opened in it. A page has no other memory of it: the
 * link opens a window of its own. Place it before `idempotent`, so that an answer which is given again brings the cookie, too.
 */
export const knownAgain = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  if (c.res.status !== 202) return
  const { registration } = Pending.parse(await c.res.clone().json())
  const maxAge = accounts.emailCode.lifeMs / 1000
  setCookie(c, cookieName, registration, { ...cookieOptions(c), path, maxAge })
})

/** Whether the registration was begun in this browser, and not by somebody who merely wrote down this address. */
export function isBegunHere(c: AppContext, row: RegistrationRow): boolean {
  const registration = getCookie(c, cookieName)
  return registration !== undefined && areEqual(tokenHash(registration), row.id)
}
