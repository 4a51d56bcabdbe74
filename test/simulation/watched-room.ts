import type { BidOutcome } from '../../worker/auctions/commands.ts'
import { AuctionRoom } from '../../worker/auctions/room.ts'
import type { ServerFrame } from '../../worker/contract/live.ts'

/** One bid's way through the room, in true time. */
export interface Passage {
  key: string
  way: 'call' | 'socket' | 'shard'
  reachedAt: number
  /** Null when the room died over it. */
  leftAt: number | null
  /** By its receipt; null where it has none, or went out by a socket of the room's own. */
  bid: string | null
}

interface Watch {
  now(): number
  passages: Passage[]
}

/** The product's room, with somebody at the door who notes when bids come and go. */
export class WatchedRoom extends AuctionRoom {
  private readonly watch: Watch

  constructor(ctx: DurableObjectState, env: Env, watch: Watch) {
    super(ctx, env)
    this.watch = watch
  }

  override placeBid(...args: Parameters<AuctionRoom['placeBid']>): Promise<BidOutcome> {
    return this.noted(args[1], 'call', () => super.placeBid(...args), bidOfOutcome)
  }

  override buyNow(...args: Parameters<AuctionRoom['buyNow']>): Promise<BidOutcome> {
    return this.noted(args[1], 'call', () => super.buyNow(...args), bidOfOutcome)
  }

  override answerFrom(...args: Parameters<AuctionRoom['answerFrom']>): Promise<ServerFrame> {
    const [, , frame] = args
    const answer = () => super.answerFrom(...args)
    return frame.type === 'place-bid' || frame.type === 'buy-now'
      ? this.noted(frame.key, 'shard', answer, bidOfFrame)
      : answer()
  }

  override webSocketMessage(socket: WebSocket, message: string): Promise<void> {
    const hear = () => super.webSocketMessage(socket, message)
    // Most of what is said is of what was seen.
    if (!message.includes('"key"')) return hear()
    const { type, key } = JSON.parse(message) as { type: string; key: string }
    return type === 'place-bid' || type === 'buy-now' ? this.noted(key, 'socket', hear, () => null) : hear()
  }

  private async noted<T>(
    key: string,
    way: Passage['way'],
    work: () => Promise<T>,
    bidOf: (result: T) => string | null,
  ): Promise<T> {
    const { now, passages } = this.watch
    const passage: Passage = { key, way, reachedAt: now(), leftAt: null, bid: null }
    passages.push(passage)
    const result = await work()
    Object.assign(passage, { leftAt: now(), bid: bidOf(result) })
    return result
  }
}

function bidOfOutcome(outcome: BidOutcome): string | null {
  return (outcome.ok ? outcome.value.receipt : outcome.receipt)?.bid ?? null
}

function bidOfFrame(frame: ServerFrame): string | null {
  if (frame.type !== 'bid-accepted' && frame.type !== 'bid-refused') return null
  return frame.receipt?.bid ?? null
}
