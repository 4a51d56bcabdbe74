import type { AuctionId } from '../contract/ids.ts'
import type { AuctionAudienceRpc } from './audience/commands.ts'

/** What a shard is called: it knows by its name whose it is. */
export function shardName(auction: AuctionId, shard: number): string {
  return `${auction}/${shard}`
}

export function readShardName(name: string): { auction: AuctionId; shard: number } {
  const [auction = '', shard] = name.split('/')
  return { auction: auction as AuctionId, shard: Number(shard) }
}

/** One shard of an auction's audience. Asking one that holds nobody makes nothing. */
export function audienceOf(env: Pick<Env, 'AUCTION_AUDIENCE'>, auction: AuctionId, shard: number): AuctionAudienceRpc {
  const namespace = env.AUCTION_AUDIENCE
  return namespace.get(namespace.idFromName(shardName(auction, shard))) as unknown as AuctionAudienceRpc
}
