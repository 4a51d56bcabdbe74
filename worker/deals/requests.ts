import type { DealId, MediaId } from '../contract/ids.ts'
import { attachMedia, detachMedia, freezeMedia, readyMedia } from '../media/api.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { requireKey } from '../kernel/idempotency.ts'
import { refused } from '../kernel/outcome.ts'
import { Problem } from '../kernel/problem.ts'
import { isSuspended, type Actor } from '../kernel/sessions.ts'
import type { PartyCommand, Reader } from './commands.ts'
import { dealOf } from './deal-client.ts'
import { evidenceTarget } from './evidence.ts'

export type ActingContext = AppContext & { var: { actor: Actor } }

/** The deal of the path; a made-up id is 404 without a query. */
export function dealIdOf(c: AppContext): DealId {
  return c.var.ids.require('deal', c.req.param('id'))
}

/** The caller as who reads a deal. Staff that is suspended is no staff here; the own deal is still theirs to see. */
export function readerOf(c: ActingContext): Exclude<Reader, 'house'> {
  const { actor } = c.var
  return { account: actor.account, isStaff: actor.role !== 'member' && !isSuspended(actor) }
}

/** Takes a step as the caller. Pictures that come with it are attached first, and let go again if it was refused. */
export async function takeStep(
  c: ActingContext,
  step: PartyCommand,
  { media = [] }: { media?: readonly string[] } = {},
): Promise<DealId> {
  const { actor } = c.var
  const deal = dealIdOf(c)
  const key = requireKey(c)
  const target = media.length > 0 ? await attachEvidence(c, { deal, key, step, media }) : null
  const outcome = await dealOf(c.env, deal).take(actor.account, key, step, versionAsked(c))
  if (outcome.ok) return deal
  if (target !== null) await runBatch(c.var.db, detachMedia(c.var.db, target))
  throw refused(outcome)
}

/** `If-Match` names the place of the last step that the caller has seen. */
function versionAsked(c: AppContext): number | null {
  const asked = c.req.header('if-match')
  if (asked === undefined || asked.trim() === '*') return null
  const version = /^(?:W\/)?"(\d+)"$/.exec(asked.trim())?.[1]
  // No version of ours: then it is certainly not the present one.
  return version === undefined ? 0 : Number(version)
}

/** Own pictures of the purpose, with their descriptions as they are now. Who is suspended writes text alone. */
async function attachEvidence(
  c: ActingContext,
  { deal, key, step, media }: { deal: DealId; key: string; step: PartyCommand; media: readonly string[] },
): Promise<string> {
  const { db, actor } = c.var
  if (isSuspended(actor)) throw new Problem('account-suspended')
  const ready = await readyMedia(db, media, actor.account)
  if (media.some((id) => ready.get(id)?.purpose !== 'evidence')) throw new Problem('media-not-ready')
  const target = evidenceTarget(deal, actor.account, key, step)
  const attached = attachMedia(db, { owner: actor.account, target, ids: media })
  const isAttached = await runBatch(db, [...attached, freezeMedia(db, target)])
  if (!isAttached) throw new Problem('media-not-ready')
  return target
}

export function asMedia(ids: readonly string[]): MediaId[] {
  return [...new Set(ids)] as MediaId[]
}
