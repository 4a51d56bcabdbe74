/** Rest for each piece of work as long as it. Nobody is asked for more than an eleventh of the time. */
const restPerWork = 10
const longestRestMs = 5_000

/**
 * How long a way out of the room rests after a run: as long as was asked, and longer where the run took long. A thousand rooms share
 * what they bring it to; when that is slow they bring more at a time, and leave it the time for others.
 */
export class Pace {
  private readonly everyMs: number
  private endedAt = 0
  private restMs = 0

  constructor(everyMs: number) {
    this.everyMs = everyMs
  }

  /** A run is over that began then. Both by the machine's clock. */
  ran(beganAt: number, now: number): void {
    this.endedAt = now
    this.restMs = Math.max(this.everyMs, Math.min(longestRestMs, restPerWork * (now - beganAt)))
  }

  /** In how many ms the next run may begin. */
  wait(now: number): number {
    const left = this.endedAt + this.restMs - now
    // More than the whole rest is a clock that was set back.
    return left > this.restMs ? 0 : Math.max(0, left)
  }

  /** Lets the next run begin at once. */
  wake(): void {
    this.restMs = 0
  }
}
