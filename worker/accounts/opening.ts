import type { Language } from '../contract/accounts.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { isTaken, runBatch, type Statement } from '../kernel/db.ts'
import { nudgeDrain, outboxRow } from '../kernel/outbox.ts'
import { Problem } from '../kernel/problem.ts'
import { freeHandle, handleState, openProfile } from '../profiles/api.ts'
import { insertAccount } from './queries/accounts.ts'
import { newSignIn, type NewSignIn } from './sign-ins.ts'

/** What has been proven and agreed when an account opens. */
export interface Proven {
  email: string | null
  /** Fingerprint. */
  phone: string | null
  password: string
  name: string
  handle: string | null
  language: Language
  termsVersion: string
  termsAcceptedAt: number
}

export type Opening = { ok: true; signIn: NewSignIn } | { ok: false; because: 'spent' | 'email-taken' | 'phone-taken' }

const handleTries = 5

/**
 * Opens the account, its profile and its first sign-in in one transaction with `using`, which uses up the proof. A wished handle
 * that was lost meanwhile is replaced by a free one: the proof must not be lost for it.
 */
export async function openAccount(c: AppContext, proven: Proven, using: Statement[]): Promise<Opening> {
  const { db } = c.var
  let wished = proven.handle
  for (let attempt = 0; attempt < handleTries; attempt++) {
    const handle = wished !== null && (await handleState(db, wished, null)).available ? wished : await freeHandle(db)
    wished = null
    try {
      const signIn = await tryOpening(c, proven, handle, using)
      return signIn ? { ok: true, signIn } : { ok: false, because: 'spent' }
    } catch (error) {
      if (isTaken(error, 'account.email')) return { ok: false, because: 'email-taken' }
      if (isTaken(error, 'account.phone')) return { ok: false, because: 'phone-taken' }
      if (!isTaken(error, 'profile.handle')) throw error
    }
  }
  throw new Problem('unavailable', { retryAfterMs: 1_000 })
}

async function tryOpening(
  c: AppContext,
  proven: Proven,
  handle: string,
  using: Statement[],
): Promise<NewSignIn | null> {
  const { db } = c.var
  const at = now()
  const id = c.var.ids.mint('account')
  const signIn = newSignIn(c, id)
  const { email, phone, password, name, language, termsVersion, termsAcceptedAt } = proven
  const opened = { account: id, handle, language, by: phone === null ? 'email' : 'phone' } as const
  const isDone = await runBatch(db, [
    ...using,
    insertAccount(db, {
      id,
      email,
      phone,
      phoneAttachedAt: phone === null ? null : at,
      password,
      language,
      termsVersion,
      termsAcceptedAt,
      createdAt: at,
    }),
    ...openProfile(db, { account: id, handle, name, phoneVerified: phone !== null, joinedAt: at }),
    ...signIn.statements,
    outboxRow(db, 'accounts', { type: 'account-opened', payload: opened }),
  ])
  if (!isDone) return null
  nudgeDrain(c.env, c.executionCtx)
  return signIn
}
