import { ChatRoom } from '../chat/room.ts'
import { clockOffsetOf, setClockOffsetOf } from './clock-of-object.ts'

/** A chat room whose clock can be set, for demos and tests. */
export class LocalChatRoom extends ChatRoom {
  async setClockOffset(offsetMs: number): Promise<void> {
    setClockOffsetOf(this.ctx, offsetMs)
    this.room?.clockMoved()
  }

  protected override clockShiftMs(): number {
    return clockOffsetOf(this.ctx)
  }
}
