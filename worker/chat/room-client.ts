import type { AccountId, RoomId } from '../contract/ids.ts'
import type { Ids } from '../kernel/ids.ts'
import type { ChatRoomRpc } from './commands.ts'

/** The object of one chat room. Asking a room that was never opened makes nothing: it answers `not-found`. */
export function chatRoomOf(env: Pick<Env, 'CHAT_ROOM'>, room: RoomId): ChatRoomRpc {
  const namespace = env.CHAT_ROOM
  return namespace.get(namespace.idFromName(room)) as unknown as ChatRoomRpc
}

/** The single direct room of two people: the same for both, whoever asks first. */
export function directRoom(ids: Ids, one: AccountId, other: AccountId): RoomId {
  return ids.derive('room', 'direct', ...[one, other].toSorted())
}
