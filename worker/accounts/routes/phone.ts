import { Hono } from 'hono'
import {
  AttachPhone,
  CheckPhoneCode,
  PhoneAttached,
  PhoneChallenge,
  PhoneProof,
  SendPhoneCode,
} from '../../contract/accounts.ts'
import { accounts } from '../../contract/limits.ts'
import { iso } from '../../contract/time.ts'
import { isBiddingNow } from '../../auctions/api.ts'
import { openDealsOf } from '../../deals/api.ts'
import { now } from '../../kernel/clock.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { isTaken, runBatch, type Statement } from '../../kernel/db.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { areEqual, randomDigits, randomToken } from '../../kernel/ids.ts'
import type { Parcel } from '../../kernel/jobs.ts'
import { nudgeDrain, outboxRow } from '../../kernel/outbox.ts'
import { Problem } from '../../kernel/problem.ts'
import { addressOf, take, takeEach, type Rate, type Taken } from '../../kernel/rate-limit.ts'
import { reply } from '../../kernel/reply.ts'
import { anyone, forgetActor, signedIn, type Actor } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { setPhoneVerified } from '../../profiles/api.ts'
import { nudgeNotices, tellDevices } from '../../notifications/api.ts'
import { requireFreshProof } from '../attempts.ts'
import { codeHash, phoneFingerprint, tokenHash } from '../keys.ts'
import { phoneCodeLetter, securityLetter } from '../letters.ts'
import { accountById, accountByPhone, updateAccount, type AccountRow } from '../queries/accounts.ts'
import { openChallenge, proveChallenge, provenPhone, tryChallenge, useProof } from '../queries/codes.ts'
import { languageOf } from '../requests.ts'
import { phoneChangeFrom } from '../views.ts'
import { securityNotice } from '../telling.ts'

const tag = 'accounts'
const day = 24 * 3_600_000
const betweenCodes: Rate = { name: 'betweenCodes', most: 1, windowMs: accounts.phoneCode.resendMs }

export const phoneRoutes = new Hono<AppEnv>()
  .post(
    '/accounts/phone/codes',
    describe({
      summary: 'Send a code to a Korean mobile number',
      tag,
      caller: 'anyone',
      answers: { 202: PhoneChallenge },
      problems: ['invalid-fields', 'too-many-requests', 'sms-unavailable'],
      detail: 'The same answer for known and unknown numbers. A new code kills the one before it.',
    }),
    anyone,
    validate('json', SendPhoneCode),
    idempotent(),
    async (c) => {
      const { db, config } = c.var
      const wish = c.req.valid('json')
      const phone = phoneFingerprint(config, wish.phone)
      const message = await takeCode(c, phone)

      const at = now()
      const challenge = randomToken()
      const expiresAt = at + accounts.phoneCode.lifeMs
      // A number without an account has no password to reset: it is told nothing and costs nothing.
      const isIdle = wish.purpose === 'reset' && !(await accountByPhone(db, phone))
      const code = randomDigits(accounts.phoneCode.digits)
      const letter = phoneCodeLetter(c, { phone: wish.phone, language: languageOf(c) }, code)
      const row = {
        id: tokenHash(challenge),
        phone,
        purpose: wish.purpose,
        code: isIdle ? null : codeHash(config, challenge, code),
        expiresAt,
      }
      await runBatch(db, [...openChallenge(db, row, at), ...(isIdle ? [] : [letter.row])])
      // Both go on after the answer, so that its time tells nothing.
      if (isIdle) c.executionCtx.waitUntil(message.giveBack())
      else letter.dispatch()
      const resendAt = at + accounts.phoneCode.resendMs
      return reply(c, PhoneChallenge, { challenge, expiresAt: iso(expiresAt), resendAt: iso(resendAt) }, 202)
    },
  )
  .post(
    '/accounts/phone/codes/:challenge/check',
    describe({
      summary: 'Turn the code into a proof',
      tag,
      caller: 'anyone',
      answers: { 200: PhoneProof },
      problems: ['code-wrong', 'code-spent', 'not-found'],
      detail: 'Five tries. The proof lasts 10 minutes and works once, for its purpose only.',
    }),
    anyone,
    validate('json', CheckPhoneCode),
    async (c) => {
      const { db, config } = c.var
      const challenge = c.req.param('challenge')
      const at = now()
      const row = await tryChallenge(db, tokenHash(challenge), at)
      if (row === 'absent') throw new Problem('not-found')
      if (row === 'spent') throw new Problem('code-spent')
      const isRight = areEqual(row.code ?? '', codeHash(config, challenge, c.req.valid('json').code))
      if (!isRight) throw new Problem('code-wrong', { triesLeft: accounts.phoneCode.tries - row.tries })
      const phoneProof = randomToken()
      const expiresAt = at + accounts.phoneProofMs
      const isProven = await proveChallenge(db, row.id, { hash: tokenHash(phoneProof), expiresAt }, at)
      if (!isProven) throw new Problem('code-spent')
      c.header('cache-control', 'no-store')
      return reply(c, PhoneProof, { phoneProof, expiresAt: iso(expiresAt) })
    },
  )
  .put(
    '/accounts/phone',
    describe({
      summary: 'Attach or change the own number',
      tag,
      caller: 'signed-in',
      answers: { 200: PhoneAttached },
      problems: ['proof-spent', 'phone-taken', 'phone-too-soon', 'open-obligations', 'fresh-proof-needed'],
      detail: 'Takes a proof of purpose `verify` for the first number, `change` afterwards.',
    }),
    signedIn,
    validate('json', AttachPhone),
    async (c) => {
      const { phoneProof, password } = c.req.valid('json')
      const { actor } = c.var
      await requireFreshProof(c, actor, password)
      await attachPhone(c, actor, tokenHash(phoneProof))
      return reply(c, PhoneAttached, { phoneVerified: true })
    },
  )

/** What was taken of the day's messages, to be given back if none is sent. */
async function takeCode(c: AppContext, phone: string): Promise<Taken> {
  await takeEach(c, [
    [[betweenCodes, 'codesPerNumber', 'codesPerNumberHour'], `phone:${phone}`],
    [['codesPerIpHour'], `ip:${addressOf(c)}`],
  ])
  try {
    return await takeMessage(c)
  } catch (error) {
    if (error instanceof Problem) throw new Problem('sms-unavailable', error.extra)
    throw error
  }
}

/** So much of the daily cap is spent before what was taken is kept, sent or not. */
const openShare = 0.9

/**
 * One of the day's messages. It is taken before anybody has looked whether the number is known, so that an exhausted cap answers
 * everybody alike. Given back always, it would tell all the same: with one message left, whoever asks for a number and then for
 * another sees by the second answer whether the first was sent. So the last tenth is spent by whoever asks. What was given back
 * before shows nowhere: the count is seen only where it ends, a tenth of the cap and everybody else's messages later.
 */
async function takeMessage(c: AppContext): Promise<Taken> {
  const { smsDailyCap } = c.var.config
  const perDay: Rate = { name: 'smsPerDay', most: smsDailyCap, windowMs: day }
  try {
    return await take(c, [{ ...perDay, most: Math.floor(smsDailyCap * openShare) }], 'sms')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await take(c, [perDay], 'sms')
    return { giveBack: async () => {} }
  }
}

async function attachPhone(c: AppContext, actor: Actor, proof: string): Promise<void> {
  const { db } = c.var
  const at = now()
  const row = await accountById(db, actor.account)
  if (!row) throw new Problem('sign-in-over')
  const isChange = row.phone !== null
  const phone = await provenPhone(db, proof, isChange ? ['change'] : ['verify'], at)
  if (phone === null) throw new Problem('proof-spent')
  await requireChangeable(c, row, at)

  const notice = row.email === null ? null : noticeOf(c, { ...row, email: row.email }, isChange)
  const statements: Statement[] = [
    ...useProof(db, proof, at),
    updateAccount(db, row.id, { phone, phoneAttachedAt: at }),
    setPhoneVerified(db, row.id),
    outboxRow(
      db,
      'accounts',
      isChange
        ? { type: 'security-changed', payload: { account: row.id, change: 'phone-changed' } }
        : { type: 'phone-verified', payload: { account: row.id } },
    ),
    securityNotice(c, actor, isChange ? 'phone-changed' : 'phone-attached'),
    ...(notice ? [notice.row] : []),
  ]
  try {
    if (!(await runBatch(db, statements))) throw new Problem('proof-spent')
  } catch (error) {
    if (isTaken(error, 'account.phone')) throw new Problem('phone-taken')
    throw error
  }
  forgetActor(actor.login)
  nudgeDrain(c.env, c.executionCtx)
  nudgeNotices(c.env, c.executionCtx)
  tellDevices(c.env, c.executionCtx, actor.account, 'limits')
  notice?.dispatch()
}

async function requireChangeable(c: AppContext, row: AccountRow, at: number): Promise<void> {
  if (row.phone === null) return
  const from = phoneChangeFrom(row, at)
  if (from !== null) throw new Problem('phone-too-soon', { from: iso(from) })
  const [isBidding, deals] = await Promise.all([isBiddingNow(c.var.db, row.id), openDealsOf(c.var.db, row.id)])
  if (isBidding || deals.length > 0) throw new Problem('open-obligations')
}

function noticeOf(c: AppContext, reader: AccountRow & { email: string }, isChange: boolean): Parcel {
  return securityLetter(c, reader, isChange ? 'phone-changed' : 'phone-attached')
}
