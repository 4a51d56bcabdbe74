import { AuctionAudience } from '../auctions/audience.ts'
import { noteAttended, untilHeard, type Parting } from './live-objects.ts'

/** A shard that can be put to sleep at once, and says goodbye before the house stops. */
export class LocalAuctionAudience extends AuctionAudience implements Parting {
  override fetch(request: Request): Promise<Response> {
    noteAttended('AUCTION_AUDIENCE', this.ctx)
    return super.fetch(request)
  }

  async sayGoodbye(): Promise<void> {
    await this.shard.empty()
    await untilHeard(this.ctx)
  }

  /** The next life begins from what is stored, as after a crash. */
  async dropTimers(): Promise<void> {
    this.shard.dropTimers()
  }
}
