import { Deal } from '../deals/deal.ts'
import { clockOffsetOf, setClockOffsetOf } from './clock-of-object.ts'

/** A deal whose clock can be set, for demos and tests. */
export class LocalDeal extends Deal {
  /** What the new time makes due happens at once. */
  async setClockOffset(offsetMs: number): Promise<void> {
    setClockOffsetOf(this.ctx, offsetMs)
    this.desk?.clockMoved()
  }

  protected override clockShiftMs(): number {
    return clockOffsetOf(this.ctx)
  }
}
