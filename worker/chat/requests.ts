import type { RoomId } from '../contract/ids.ts'
import type { AppContext } from '../kernel/context.ts'
import { isSuspended, type Actor } from '../kernel/sessions.ts'
import type { ChatRoomRpc, Speaker } from './commands.ts'
import { chatRoomOf } from './room-client.ts'

/** The room of the path; a made-up id is 404 without a query. Whether the caller is in it only the room knows. */
export function roomIdOf(c: AppContext): RoomId {
  return c.var.ids.require('room', c.req.param('id'))
}

export function speakerOf(actor: Actor): Speaker {
  const { account, handle, name } = actor
  return { account, handle, name, suspended: isSuspended(actor) }
}

export interface Entered {
  id: RoomId
  room: ChatRoomRpc
  who: Speaker
}

/** The room of the path and who is asking. */
export function enterRoom(c: AppContext & { var: { actor: Actor } }): Entered {
  const id = roomIdOf(c)
  return { id, room: chatRoomOf(c.env, id), who: speakerOf(c.var.actor) }
}
