import { Hono } from 'hono'
import { ConfirmEmail, LoggedIn, Pending, Register, ResendEmail } from '../../contract/accounts.ts'
import { accounts, legal } from '../../contract/limits.ts'
import { HandleState } from '../../contract/profiles.ts'
import { iso } from '../../contract/time.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { runBatch } from '../../kernel/db.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { areEqual, randomDigits, randomToken } from '../../kernel/ids.ts'
import { hashPassword, isPassword } from '../../kernel/passwords.ts'
import { invalidField, Problem } from '../../kernel/problem.ts'
import { addressOf, take } from '../../kernel/rate-limit.ts'
import { reply } from '../../kernel/reply.ts'
import { anyone } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { handleState } from '../../profiles/api.ts'
import { takeMail } from '../attempts.ts'
import { isBegunHere, knownAgain } from '../begun-here.ts'
import { codeHash, tokenHash } from '../keys.ts'
import { alreadyRegisteredLetter, verifyEmailLetter } from '../letters.ts'
import { openAccount } from '../opening.ts'
import { requireGoodPassword } from '../passwords.ts'
import { accountByEmail, accountByPhone, type AccountRow } from '../queries/accounts.ts'
import {
  insertRegistration,
  provenPhone,
  registrationById,
  registrationByKey,
  renewRegistration,
  tryRegistration,
  useProof,
  useRegistration,
  type RegistrationRow,
} from '../queries/codes.ts'
import { languageOf } from '../requests.ts'
import { answerSignedIn } from '../sign-ins.ts'

const tag = 'accounts'

export const registrationRoutes = new Hono<AppEnv>()
  .get(
    '/accounts/handles/:handle',
    describe({ summary: 'Whether a handle can be had', tag, caller: 'anyone', answers: { 200: HandleState } }),
    anyone,
    async (c) => {
      await take(c, 'handleChecks', c.var.actor?.account ?? `ip:${addressOf(c)}`)
      c.header('cache-control', 'private, no-store')
      const handle = c.req.param('handle').toLowerCase()
      return reply(c, HandleState, await handleState(c.var.db, handle, c.var.actor?.account ?? null))
    },
  )
  .post(
    '/accounts/registration',
    describe({
      summary: 'Register by e-mail or by phone',
      tag,
      caller: 'anyone',
      answers: { 201: LoggedIn, 202: Pending },
      problems: ['proof-spent', 'phone-taken', 'handle-taken', 'invalid-fields', 'too-many-requests'],
      detail: 'By phone: signed in at once. By e-mail: a code and a link go to the address; no account exists before.',
    }),
    anyone,
    validate('json', Register),
    knownAgain,
    idempotent(),
    async (c) => {
      const wish = c.req.valid('json')
      await requireHandle(c, wish.handle)
      requireGoodPassword(wish.password, { handle: wish.handle ?? null, name: wish.name, email: wish.email ?? null })
      return wish.phoneProof === undefined
        ? registerByEmail(c, { ...wish, email: wish.email ?? '' })
        : registerByPhone(c, { ...wish, phoneProof: wish.phoneProof })
    },
  )
  .post(
    '/accounts/registration/verify-email',
    describe({
      summary: 'Confirm the address of a registration',
      tag,
      caller: 'anyone',
      answers: { 201: LoggedIn },
      problems: ['code-wrong', 'code-spent', 'link-spent', 'fresh-proof-needed', 'invalid-fields'],
      detail: 'By code, or by link: alone in the browser that began, elsewhere with the password that was chosen.',
    }),
    anyone,
    validate('json', ConfirmEmail),
    async (c) => {
      const given = c.req.valid('json')
      const row = await confirmed(c, given)
      const opening = await openAccount(c, { ...row, phone: null }, useRegistration(c.var.db, row.id))
      if (!opening.ok) throw new Problem('key' in given ? 'link-spent' : 'code-spent')
      return answerSignedIn(c, opening.signIn, 201)
    },
  )
  .post(
    '/accounts/registration/resend-email',
    describe({
      summary: 'Send the code again',
      tag,
      caller: 'anyone',
      answers: { 202: Pending },
      problems: ['too-many-requests'],
      detail: 'The same answer for registrations that do not exist. The code before is dead.',
    }),
    anyone,
    validate('json', ResendEmail),
    knownAgain,
    idempotent(),
    async (c) => {
      const { registration } = c.req.valid('json')
      const row = await registrationById(c.var.db, tokenHash(registration), now())
      if (row) await resend(c, row)
      return reply(c, Pending, pending(registration), 202)
    },
  )

type Wish = Register & { email: string }

async function requireHandle(c: AppContext, handle: string | undefined): Promise<void> {
  if (handle === undefined) return
  const { reason } = await handleState(c.var.db, handle, null)
  if (reason === 'taken' || reason === 'held') throw new Problem('handle-taken')
  if (reason !== null) throw invalidField('/handle', reason)
}

async function registerByPhone(c: AppContext, wish: Register & { phoneProof: string }) {
  const { db } = c.var
  const at = now()
  const proof = tokenHash(wish.phoneProof)
  const phone = await provenPhone(db, proof, ['sign-up'], at)
  if (phone === null) throw new Problem('proof-spent')
  if (await accountByPhone(db, phone)) throw new Problem('phone-taken')
  const proven = { ...(await agreed(c, wish)), email: null, phone }
  const opening = await openAccount(c, proven, useProof(db, proof, at))
  if (!opening.ok) throw new Problem(opening.because === 'phone-taken' ? 'phone-taken' : 'proof-spent')
  return answerSignedIn(c, opening.signIn, 201)
}

/** The caller cannot tell whether the address has an account: same work, same answer, only the mail differs. */
async function registerByEmail(c: AppContext, wish: Wish) {
  const { db } = c.var
  await takeMail(c, wish.email)
  const registration = randomToken()
  const [owner, fields] = await Promise.all([accountByEmail(db, wish.email), agreed(c, wish)])
  const row = { ...fields, id: tokenHash(registration), email: wish.email, tries: 0 }
  const { keys, letter } = invitation(c, row, owner)
  await runBatch(db, [insertRegistration(db, { ...row, ...keys }), letter.row])
  letter.dispatch()
  return reply(c, Pending, pending(registration), 202)
}

/** New code and key with the mail that brings them; for an address that has an account neither, and another mail. */
function invitation(c: AppContext, row: Pick<RegistrationRow, 'id' | 'email' | 'language'>, owner: AccountRow | null) {
  const expiresAt = now() + accounts.emailCode.lifeMs
  if (owner) {
    const reader = { email: row.email, language: owner.language }
    return { keys: { code: null, key: null, expiresAt }, letter: alreadyRegisteredLetter(c, reader) }
  }
  const code = randomDigits(accounts.emailCode.digits)
  const key = randomToken()
  return {
    keys: { code: codeHash(c.var.config, row.id, code), key: tokenHash(key), expiresAt },
    letter: verifyEmailLetter(c, row, { code, key }),
  }
}

async function agreed(c: AppContext, wish: Register) {
  return {
    password: await hashPassword(wish.password),
    name: wish.name,
    handle: wish.handle ?? null,
    language: languageOf(c),
    termsVersion: legal.termsVersion,
    termsAcceptedAt: now(),
  }
}

function pending(registration: string): Pending {
  const at = now()
  return {
    registration,
    expiresAt: iso(at + accounts.emailCode.lifeMs),
    resendAt: iso(at + accounts.phoneCode.resendMs),
  }
}

async function confirmed(c: AppContext, given: ConfirmEmail): Promise<RegistrationRow> {
  const { db } = c.var
  if ('key' in given) return confirmedByLink(c, given)
  const id = tokenHash(given.registration)
  const row = await tryRegistration(db, id, now())
  if (!row) throw new Problem('code-spent')
  const isRight = areEqual(row.code ?? '', codeHash(c.var.config, id, given.code))
  if (!isRight) throw new Problem('code-wrong', { triesLeft: accounts.emailCode.tries - row.tries })
  return row
}

/**
 * A link proves the address, not who wrote it down: that may have been somebody else, whose password the account would have.
 * So it counts in the browser that began, and elsewhere together with that password, which shares its tries with the code. A link
 * alone changes nothing, whoever looks where it leads: programs that look into mails open it, too.
 */
async function confirmedByLink(
  c: AppContext,
  { key, password }: Extract<ConfirmEmail, { key: string }>,
): Promise<RegistrationRow> {
  const { db } = c.var
  const row = await registrationByKey(db, tokenHash(key), now())
  if (!row) throw new Problem('link-spent')
  if (isBegunHere(c, row)) return row
  if (password === undefined) throw new Problem('fresh-proof-needed')
  if (!(await tryRegistration(db, row.id, now()))) throw new Problem('link-spent')
  if (!(await isPassword(password, row.password))) throw invalidField('/password', 'wrong')
  return row
}

async function resend(c: AppContext, row: RegistrationRow): Promise<void> {
  const { db } = c.var
  await takeMail(c, row.email)
  const { keys, letter } = invitation(c, row, await accountByEmail(db, row.email))
  await runBatch(db, [renewRegistration(db, row.id, keys), letter.row])
  letter.dispatch()
}
