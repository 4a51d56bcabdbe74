import { Hono } from 'hono'
import { AskForReset, ChangePassword, ConfirmReset } from '../../contract/accounts.ts'
import type { AccountId, LoginId } from '../../contract/ids.ts'
import { accounts } from '../../contract/limits.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { runBatch, type Statement } from '../../kernel/db.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { randomToken } from '../../kernel/ids.ts'
import { nudgeDrain, outboxRow } from '../../kernel/outbox.ts'
import { hashPassword } from '../../kernel/passwords.ts'
import { Problem } from '../../kernel/problem.ts'
import { relayOf } from '../../kernel/relay.ts'
import { anyone, limited } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { selectProfile } from '../../profiles/api.ts'
import { nudgeNotices } from '../../notifications/api.ts'
import { requirePassword, takeMail } from '../attempts.ts'
import { tokenHash } from '../keys.ts'
import { resetLetter, securityLetter } from '../letters.ts'
import { requireGoodPassword } from '../passwords.ts'
import { accountByEmail, accountById, accountByPhone, updateAccount, type AccountRow } from '../queries/accounts.ts'
import {
  accountOfLink,
  deleteResetLinks,
  insertResetLink,
  provenPhone,
  useProof,
  useResetLink,
} from '../queries/codes.ts'
import { endLoginsWith } from '../queries/logins.ts'
import { securityNotice } from '../telling.ts'
import { afterEnding } from '../sign-ins.ts'

const tag = 'accounts'

export const passwordRoutes = new Hono<AppEnv>()
  .post(
    '/accounts/password/change',
    describe({
      summary: 'Change the password',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['invalid-fields', 'too-many-requests'],
      detail: 'Ends all other sign-ins. A wrong `current` is a fault of that field.',
    }),
    limited,
    validate('json', ChangePassword),
    idempotent(),
    async (c) => {
      const { current, password } = c.req.valid('json')
      const { actor, db } = c.var
      await requirePassword(c, actor, current, '/current')
      const row = await accountById(db, actor.account)
      if (!row) throw new Problem('sign-in-over')
      await setPassword(c, row, password, { change: 'password-changed', using: [], keep: actor.login })
      return c.body(null, 204)
    },
  )
  .post(
    '/accounts/password/reset',
    describe({
      summary: 'Ask for a link that sets a new password',
      tag,
      caller: 'anyone',
      answers: { 202: null },
      problems: ['too-many-requests', 'unavailable'],
      detail: 'Always the same answer. By phone: a code with purpose `reset`.',
    }),
    anyone,
    validate('json', AskForReset),
    idempotent(),
    async (c) => {
      const { email } = c.req.valid('json')
      const { config, db } = c.var
      if (!relayOf(config)) throw new Problem('unavailable')
      await takeMail(c, email)
      const row = await accountByEmail(db, email)
      // Both ways write and send after the answer, so that its time tells nothing.
      c.executionCtx.waitUntil(row ? sendLink(c, row, email) : Promise.resolve())
      return c.body(null, 202)
    },
  )
  .post(
    '/accounts/password/reset/confirm',
    describe({
      summary: 'Set a new password by link or by phone',
      tag,
      caller: 'anyone',
      answers: { 204: null },
      problems: ['link-spent', 'proof-spent', 'invalid-fields'],
      detail: 'Ends all sign-ins.',
    }),
    anyone,
    validate('json', ConfirmReset),
    idempotent(),
    async (c) => {
      const given = c.req.valid('json')
      const { db } = c.var
      const at = now()
      const spent = new Problem('token' in given ? 'link-spent' : 'proof-spent')
      const found = 'token' in given ? await byLink(c, given.token, at) : await byPhone(c, given.phoneProof, at)
      const row = found && (await accountById(db, found.account))
      if (!row) throw spent
      const isSet = await setPassword(c, row, given.password, {
        change: 'password-reset',
        using: found.using,
        keep: null,
      })
      if (!isSet) throw spent
      return c.body(null, 204)
    },
  )

interface Found {
  account: AccountId
  /** Uses up what was shown. */
  using: Statement[]
}

async function byLink(c: AppContext, token: string, at: number): Promise<Found | null> {
  const hash = tokenHash(token)
  const account = await accountOfLink(c.var.db, hash, at)
  return account && { account, using: useResetLink(c.var.db, hash) }
}

async function byPhone(c: AppContext, phoneProof: string, at: number): Promise<Found | null> {
  const { db } = c.var
  const hash = tokenHash(phoneProof)
  const phone = await provenPhone(db, hash, ['reset'], at)
  const row = phone === null ? null : await accountByPhone(db, phone)
  return row && { account: row.id, using: useProof(db, hash, at) }
}

interface Setting {
  change: 'password-changed' | 'password-reset'
  using: Statement[]
  /** The sign-in that goes on. */
  keep: LoginId | null
}

/** Whoever was in by the old one is out with it, or nothing was changed. False when what allowed it was used up meanwhile. */
async function setPassword(c: AppContext, row: AccountRow, password: string, { change, using, keep }: Setting) {
  const { db } = c.var
  const [shown] = await selectProfile(db, row.id)
  requireGoodPassword(password, { handle: shown?.handle ?? null, name: shown?.name ?? null, email: row.email })
  const notice = row.email === null ? null : securityLetter(c, { ...row, email: row.email }, change)
  const statements = [
    ...using,
    // A link that somebody else reads in the mailbox would undo what the owner has just done.
    deleteResetLinks(db, row.id),
    updateAccount(db, row.id, { password: await hashPassword(password) }),
    outboxRow(db, 'accounts', { type: 'security-changed', payload: { account: row.id, change } }),
    securityNotice(c, { account: row.id, login: keep }, change),
    ...(notice ? [notice.row] : []),
  ]
  const ended = await endLoginsWith(db, statements, { account: row.id, which: { except: keep }, at: now() })
  if (!ended) return false
  await afterEnding(c, row.id, ended)
  nudgeDrain(c.env, c.executionCtx)
  nudgeNotices(c.env, c.executionCtx)
  notice?.dispatch()
  return true
}

async function sendLink(c: AppContext, row: AccountRow, email: string): Promise<void> {
  const { db } = c.var
  const token = randomToken()
  const expiresAt = now() + accounts.resetLinkMs
  const letter = resetLetter(c, { ...row, email }, token)
  await runBatch(db, [...insertResetLink(db, { token: tokenHash(token), account: row.id, expiresAt }), letter.row])
  letter.dispatch()
}
