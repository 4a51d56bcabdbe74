import type { AccountId } from '../contract/ids.ts'
import type { Pair } from '../follows/api.ts'
import { createDb } from '../kernel/db.ts'
import { openAuctionsOf } from './queries/auction.ts'
import { roomOf } from './room-client.ts'

/**
 * Tells the open rooms of either how the other stands to them. Without it a block would act on a socket only when its ticket is
 * renewed, up to half an hour later; calls that bring a token bring the truth along.
 */
export async function tellRoomsOfPair(env: Env, { low, high, toHigh }: Pair): Promise<void> {
  const blocked = toHigh.isBlocking || toHigh.isBlockedBy
  await Promise.all([
    tellRoomsOf(env, high, { account: low, following: toHigh.isFollowing, blocked }),
    tellRoomsOf(env, low, { account: high, following: toHigh.isFollower, blocked }),
  ])
}

interface Standing {
  account: AccountId
  following: boolean
  blocked: boolean
}

async function tellRoomsOf(env: Env, seller: AccountId, { account, ...relation }: Standing): Promise<void> {
  const open = await openAuctionsOf(createDb(env.DB), seller)
  await Promise.all(open.map(({ id }) => roomOf(env, id).related(account, relation)))
}
