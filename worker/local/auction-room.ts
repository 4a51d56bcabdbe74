import { AuctionRoom } from '../auctions/room.ts'
import { sockets } from '../contract/limits.ts'
import { closeCodes } from '../contract/live.ts'
import { clockOffsetOf, setClockOffsetOf } from './clock-of-object.ts'
import { nextTurn, noteAttended, untilHeard, type Parting } from './live-objects.ts'

/** A room whose clock can be set, for demos and tests, and that says goodbye before the house stops. */
export class LocalAuctionRoom extends AuctionRoom implements Parting {
  /** What the new time makes due happens at once. */
  async setClockOffset(offsetMs: number): Promise<void> {
    setClockOffsetOf(this.ctx, offsetMs)
    this.room?.clockMoved()
  }

  override fetch(request: Request): Promise<Response> {
    noteAttended('AUCTION_ROOM', this.ctx)
    return super.fetch(request)
  }

  async sayGoodbye(): Promise<void> {
    const { room } = this
    if (!room) return
    room.look()
    await nextTurn()
    room.audience.flush()
    for (const session of room.audience.all()) room.audience.dismiss(session, 'closing')
    room.attended()
    await untilHeard(this.ctx)
  }

  /** Lets the object be put to sleep at once: the next life begins from what is stored, as after a crash. */
  async dropTimers(): Promise<void> {
    this.room?.dropTimers()
  }

  /** Forgets all it knows, when it has told what it had to tell. For auctions that are over. */
  async erase(): Promise<void> {
    await this.room?.shards.empty()
    for (const socket of this.ctx.getWebSockets()) socket.close(closeCodes.unknown, 'erased')
    await new Promise((resolve) => setTimeout(resolve, 2 * sockets.flushMs.max))
    this.room = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  protected override clockShiftMs(): number {
    return clockOffsetOf(this.ctx)
  }
}
