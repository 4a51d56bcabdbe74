import { readConfig } from '../env.ts'
import type { Pair } from '../follows/api.ts'
import { createIds } from '../kernel/ids.ts'
import { chatRoomOf, directRoom } from './room-client.ts'

/** Tells the direct room of two people, if they have one, whether either blocks the other. */
export async function tellDirectRoom(env: Env, { low, high, toHigh }: Pair): Promise<void> {
  const room = directRoom(createIds(readConfig(env).idSecret), low, high)
  await chatRoomOf(env, room).setBlocked(toHigh.isBlocking || toHigh.isBlockedBy)
}
