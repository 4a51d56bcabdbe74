import type { AccountId, AuctionId } from '../contract/ids.ts'
import { accounts, sockets } from '../contract/limits.ts'
import { closeCodes } from '../contract/live.ts'
import { instant, type Instant } from '../contract/time.ts'
import { readConfig, type Config } from '../env.ts'
import { now } from '../kernel/clock.ts'
import { createDb } from '../kernel/db.ts'
import { areEqual, createIds, deriveKey, fingerprint, randomToken } from '../kernel/ids.ts'
import { isSuspended, type Actor, type SignIn } from '../kernel/sessions.ts'
import { redeemNonce } from '../notifications/api.ts'
import { findParticipant, type Participant } from './participants.ts'
import { findActor } from './queries/accounts.ts'

/**
 * A ticket says whose it is, until when, and which one it is; the seal makes it ours. Nothing is stored until it is redeemed, and
 * then only that it was.
 */
export function mintTicket(config: Config, { account, login }: SignIn): { ticket: string; expiresAt: Instant } {
  const expiresAt = instant(now() + accounts.ticketMs)
  const body = [account, login, expiresAt.toString(36), randomToken().slice(0, 22)].join('.')
  return { ticket: `${body}.${sealOf(config, body)}`, expiresAt }
}

/**
 * How a sign-in stands whose ticket was redeemed: asked for after the registration of its socket, so that one which ends from now on
 * closes that socket, and one that ended before is seen here.
 */
export async function standingOf(
  env: Env,
  signIn: SignIn,
): Promise<{ ok: true; actor: Actor } | { ok: false; close: Refusal }> {
  const actor = await findActor(createDb(env.DB), signIn)
  if (!actor) return { ok: false, close: closeCodes.authorityOver }
  return isSuspended(actor) ? { ok: false, close: closeCodes.suspended } : { ok: true, actor }
}

type Refusal = typeof closeCodes.authorityOver | typeof closeCodes.suspended
export type Redeemed = { ok: true; participant: Participant; authUntil: Instant } | { ok: false; close: Refusal }

/**
 * What a ticket is worth in a room of `seller`, once: from here on the account's Inbox knows that the room holds sockets of that
 * sign-in. For the opening of a socket and for `renew`.
 */
export async function redeemTicket(
  env: Env,
  text: string,
  room: { auction: AuctionId; seller: AccountId },
): Promise<Redeemed> {
  const over = { ok: false, close: closeCodes.authorityOver } as const
  const ticket = readTicket(readConfig(env), text)
  if (!ticket) return over
  const { account, login, nonce } = ticket
  const isFirst = await redeemNonce(env, account, { nonce, login, room: room.auction })
  if (!isFirst) return over
  // After the redemption, like `standingOf`, and for the same reason.
  const participant = await findParticipant(createDb(env.DB), { account, login }, room.seller)
  if (!participant) return over
  if (participant.suspended) return { ok: false, close: closeCodes.suspended }
  return { ok: true, participant, authUntil: instant(now() + sockets.authorityMs) }
}

/** Whose a ticket is, and which one; null for one that is not ours or too old. Nothing is redeemed by reading it. */
export function readTicket(config: Config, text: string): (SignIn & { nonce: string }) | null {
  const ids = createIds(config.idSecret)
  const [account = '', login = '', until = '', nonce = '', seal = ''] = text.split('.')
  if (!areEqual(seal, sealOf(config, [account, login, until, nonce].join('.')))) return null
  if (now() >= Number.parseInt(until, 36)) return null
  if (!ids.isGenuine('account', account) || !ids.isGenuine('login', login)) return null
  return { account, login, nonce }
}

function sealOf(config: Config, body: string): string {
  return fingerprint(deriveKey(config.idSecret, 'tickets'), body)
}
