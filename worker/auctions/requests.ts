import type { AuctionId } from '../contract/ids.ts'
import { participantOf, type Participant } from '../accounts/api.ts'
import type { AppContext } from '../kernel/context.ts'
import type { Position } from '../kernel/cursor.ts'
import { Problem } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import type { AuctionRoomRpc } from './commands.ts'
import { findOutline } from './queries/auction.ts'
import { roomOf } from './room-client.ts'

/** The auction of the path; a made-up id is 404 without a query. */
export function auctionOf(c: AppContext): AuctionId {
  return c.var.ids.require('auction', c.req.param('id'))
}

/** Its room, for what anyone may read. 404 before publication. */
export async function openRoom(c: AppContext): Promise<AuctionRoomRpc> {
  const id = auctionOf(c)
  await requirePublished(c, id)
  return roomOf(c.env, id)
}

/** Its room, and the caller with all that the room wants to know of them. */
export async function enterRoom(
  c: AppContext & { var: { actor: Actor } },
): Promise<{ room: AuctionRoomRpc; who: Participant; id: AuctionId }> {
  const id = auctionOf(c)
  const { seller } = await requirePublished(c, id)
  return { id, room: roomOf(c.env, id), who: await participantOf(c.var.db, c.var.actor, seller) }
}

async function requirePublished(c: AppContext, id: AuctionId) {
  const outline = await findOutline(c.var.db, id)
  if (!outline || outline.state === 'draft') throw new Problem('not-found')
  return outline
}

/** The one number in the cursor of a list that the room keeps. */
export function placeOf(position: Position | null): number | null {
  if (!position) return null
  const [place] = position
  if (typeof place !== 'number') throw new Problem('bad-cursor')
  return place
}
