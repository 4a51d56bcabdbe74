import { rates } from '../contract/limits.ts'
import { now } from '../kernel/clock.ts'

/**
 * In place of the platform's counter of calls, which is memory near the Worker
 * (https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/). Miniflare's keeps each call in a file and waits for the
 * disk, in the one thread that here also has all rooms: a third of what a visitor's coming cost.
 */
export class FloodCounter implements RateLimit {
  private readonly counts = new Map<string, number>()
  private window = 0

  /** Windows begin for all at once, so that what is over is forgotten at once. */
  async limit({ key }: RateLimitOptions): Promise<RateLimitOutcome> {
    const [most, windowMs] = rates.callsPerIp
    const window = Math.floor(now() / windowMs)
    if (window !== this.window) this.counts.clear()
    this.window = window
    const count = this.counts.get(key) ?? 0
    if (count >= most) return { success: false }
    this.counts.set(key, count + 1)
    return { success: true }
  }
}
