import type { AccountId } from '../contract/ids.ts'
import { readConfig } from '../env.ts'
import { relationOf, type Pair } from '../follows/api.ts'
import { createDb } from '../kernel/db.ts'
import { createIds } from '../kernel/ids.ts'
import { chatRoomOf, directRoom } from './room-client.ts'

/** Tells the direct room of two people, if they have one, whether either blocks the other. */
export async function tellDirectRoom(env: Env, { low, high, toHigh }: Pair): Promise<void> {
  const room = directRoom(createIds(readConfig(env).idSecret), low, high)
  await chatRoomOf(env, room).setBlocked(toHigh.isBlocking || toHigh.isBlockedBy)
}

/** For the room of a deal, which nobody tells: two people may have many. */
export async function areApart(env: Env, one: AccountId, other: AccountId): Promise<boolean> {
  const { isBlocking, isBlockedBy } = await relationOf(createDb(env.DB), one, other)
  return isBlocking || isBlockedBy
}
