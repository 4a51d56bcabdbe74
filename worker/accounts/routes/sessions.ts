import { Hono } from 'hono'
import {
  Access,
  LoggedIn,
  LogIn,
  LoginList,
  PhoneNumber,
  Email,
  TokenState,
  VerifyToken,
} from '../../contract/accounts.ts'
import { PageQuery } from '../../contract/page.ts'
import { iso } from '../../contract/time.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { cursorOf, pageOf } from '../../kernel/cursor.ts'
import { runBatch } from '../../kernel/db.ts'
import { describe } from '../../kernel/describe.ts'
import { nudgeDrain, outboxRow } from '../../kernel/outbox.ts'
import { Problem, problemResponse } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { limited, mintAccess, readAccess } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { nudgeNotices } from '../../notifications/api.ts'
import { isRightPassword } from '../attempts.ts'
import { phoneFingerprint } from '../keys.ts'
import { securityLetter } from '../letters.ts'
import { accountByEmail, accountByPhone, findActor, type AccountRow } from '../queries/accounts.ts'
import { endLogins, isKnownDevice, loginsOf, loginWithGenerations, rotate } from '../queries/logins.ts'
import { securityNotice } from '../telling.ts'
import { forgettable, judgeRefresh } from '../rules/refresh.ts'
import {
  afterEnding,
  answerSignedIn,
  clearingCookie,
  clearRefreshCookie,
  isOurs,
  newSignIn,
  presentedRefresh,
  setRefreshCookie,
} from '../sign-ins.ts'
import { loginView } from '../views.ts'

const tag = 'accounts'

export const sessionRoutes = new Hono<AppEnv>()
  .post(
    '/accounts/login',
    describe({
      summary: 'Sign in with e-mail or phone and password',
      tag,
      caller: 'anyone',
      answers: { 200: LoggedIn },
      problems: ['bad-credentials', 'too-many-requests'],
      detail: 'Sets the refresh cookie. Every failure is the same answer after the same time.',
    }),
    validate('json', LogIn),
    async (c) => {
      const { login, password } = c.req.valid('json')
      const named = await accountNamed(c, login)
      const isRight = await isRightPassword(c, named.identifier, password, named.row?.password ?? null)
      if (!isRight || !named.row) throw new Problem('bad-credentials')
      return signIn(c, named.row)
    },
  )
  .post(
    '/accounts/token/refresh',
    describe({
      summary: 'A new access token',
      tag,
      caller: 'cookie',
      answers: { 200: Access },
      problems: ['not-signed-in', 'sign-in-over', 'foreign-origin'],
      detail: 'Each use gives a new cookie. A cookie that was replaced for good ends the sign-in.',
    }),
    async (c) => {
      requireOwnOrigin(c)
      const shown = presentedRefresh(c)
      if (!shown) return refuseRefresh(c, 'not-signed-in')
      const known = await loginWithGenerations(c.var.db, shown.login)
      if (!known || known.row.endedAt !== null || !isOurs(c, known.row, shown)) return refuseRefresh(c, 'sign-in-over')

      const at = now()
      const { row, generations } = known
      const verdict = judgeRefresh(shown.generation, generations, at)
      if (verdict.kind === 'expired' || verdict.kind === 'reuse') {
        await afterEnding(c, row.account, await endLogins(c.var.db, row.account, { only: row.id }, at))
        return refuseRefresh(c, 'sign-in-over')
      }
      if (verdict.kind === 'rotate') {
        const next = { generation: verdict.generation, forget: forgettable(generations, at) }
        await runBatch(c.var.db, rotate(c.var.db, row.id, next, at))
      }
      setRefreshCookie(c, row, verdict.generation, verdict.expiresAt)
      c.header('cache-control', 'no-store')
      const { access, expiresAt } = await mintAccess(c, { account: row.account, login: row.id })
      return reply(c, Access, { access, expiresAt: iso(expiresAt) })
    },
  )
  .post(
    '/accounts/token/verify',
    describe({
      summary: 'Whether an access token is good',
      tag,
      caller: 'anyone',
      answers: { 200: TokenState },
      problems: ['not-signed-in'],
    }),
    validate('json', VerifyToken),
    async (c) => {
      const token = await readAccess(c, c.req.valid('json').token)
      const actor = token && (await findActor(c.var.db, { account: token.account, login: token.login }))
      if (!token || !actor) throw new Problem('not-signed-in')
      c.header('cache-control', 'no-store')
      return reply(c, TokenState, { expiresAt: iso(token.expiresAt) })
    },
  )
  .post(
    '/accounts/logout',
    describe({
      summary: 'Sign out',
      tag,
      caller: 'cookie',
      answers: { 204: null },
      problems: ['foreign-origin'],
      detail: 'Ends the sign-in of the cookie or of the access token. Repeating is harmless.',
    }),
    async (c) => {
      requireOwnOrigin(c)
      await endPresented(c)
      clearRefreshCookie(c)
      return c.body(null, 204)
    },
  )
  .get(
    '/accounts/logins',
    describe({ summary: 'Own sign-ins', tag, caller: 'self', answers: { 200: LoginList } }),
    limited,
    validate('query', PageQuery()),
    async (c) => {
      const { actor, db } = c.var
      const { cursor, limit } = c.req.valid('query')
      const pages = cursorOf(c, 'logins')
      const found = await loginsOf(db, actor.account, now(), pages.read(cursor), limit)
      const { rows, nextCursor } = pageOf(found, limit, pages, (row) => [row.signedInAt, row.id])
      c.header('cache-control', 'private, no-store')
      return reply(c, LoginList, { items: rows.map((row) => loginView(row, actor.login)), nextCursor })
    },
  )
  .delete(
    '/accounts/logins/:id',
    describe({
      summary: 'End one sign-in',
      tag,
      caller: 'self',
      answers: { 204: null },
      problems: ['not-found'],
    }),
    limited,
    async (c) => {
      const { actor, db, ids } = c.var
      const only = ids.require('login', c.req.param('id'))
      const ended = await endLogins(db, actor.account, { only }, now())
      if (ended.length === 0) throw new Problem('not-found')
      await afterEnding(c, actor.account, ended)
      return c.body(null, 204)
    },
  )
  .delete(
    '/accounts/logins',
    describe({ summary: 'End all other sign-ins', tag, caller: 'self', answers: { 204: null } }),
    limited,
    async (c) => {
      const { actor, db } = c.var
      await afterEnding(c, actor.account, await endLogins(db, actor.account, { except: actor.login }, now()))
      return c.body(null, 204)
    },
  )

/** An e-mail or a phone, in whichever form it was typed; what is neither finds nobody. */
async function accountNamed(c: AppContext, text: string): Promise<{ identifier: string; row: AccountRow | null }> {
  const { db, config } = c.var
  const phone = PhoneNumber.safeParse(text)
  if (phone.success) {
    const identifier = phoneFingerprint(config, phone.data)
    return { identifier, row: await accountByPhone(db, identifier) }
  }
  const email = Email.safeParse(text)
  if (email.success) return { identifier: email.data, row: await accountByEmail(db, email.data) }
  return { identifier: text, row: null }
}

async function signIn(c: AppContext, row: AccountRow) {
  const { db } = c.var
  const made = newSignIn(c, row.id)
  const isNew = !(await isKnownDevice(db, row.id, made.row.device))
  const { email } = row
  const notice = isNew && email !== null ? securityLetter(c, { ...row, email }, 'new-device') : null
  const fact = { type: 'security-changed', payload: { account: row.id, change: 'new-device' } } as const
  await runBatch(db, [
    ...made.statements,
    ...(isNew
      ? [outboxRow(db, 'accounts', fact), securityNotice(c, { account: row.id, login: made.row.id }, 'new-device')]
      : []),
    ...(notice ? [notice.row] : []),
  ])
  if (isNew) nudgeDrain(c.env, c.executionCtx)
  if (isNew) nudgeNotices(c.env, c.executionCtx)
  notice?.dispatch()
  return answerSignedIn(c, made, 200)
}

/** The cookie goes wherever the browser sends it, so a request that rests on it must name our own site. */
function requireOwnOrigin(c: AppContext): void {
  const origin = c.req.header('origin')
  const isOurs = origin === c.var.config.origin || origin === new URL(c.req.url).origin
  if (c.req.header('cookie') !== undefined && !isOurs) throw new Problem('foreign-origin')
}

/** A refusal that also takes the cookie away; thrown problems cannot carry one. */
function refuseRefresh(c: AppContext, code: 'not-signed-in' | 'sign-in-over'): Response {
  const response = problemResponse(new Problem(code), c.var.requestId)
  response.headers.append('set-cookie', clearingCookie(c))
  return response
}

async function endPresented(c: AppContext): Promise<void> {
  const { db } = c.var
  const at = now()
  const shown = presentedRefresh(c)
  const known = shown && (await loginWithGenerations(db, shown.login))
  if (shown && known && isOurs(c, known.row, shown))
    await afterEnding(c, known.row.account, await endLogins(db, known.row.account, { only: known.row.id }, at))

  const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const bearer = token === undefined ? null : await readAccess(c, token)
  if (bearer) await afterEnding(c, bearer.account, await endLogins(db, bearer.account, { only: bearer.login }, at))
}
