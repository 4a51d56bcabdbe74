import type { AccountId, MediaId, MessageId, RoomId } from '../contract/ids.ts'
import { chatRoomOf } from './room-client.ts'

/** Under this a picture of a message, or of the room itself, is attached: the room is asked who may see it. */
export function chatTarget(room: RoomId, shows: MessageId | MediaId): string {
  return `${room}/${shows}`
}

/** Whether somebody sees what is attached under this target. */
export async function maySeeAttached(env: Env, account: AccountId, target: string): Promise<boolean> {
  const [room = '', shows = ''] = target.split('/')
  return chatRoomOf(env, room as RoomId).maySee(account, shows.startsWith('msg_') ? shows : null)
}
