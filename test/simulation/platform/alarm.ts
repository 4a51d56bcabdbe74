import type { Hosted, Keeping } from './host.ts'
import type { Planned, Timeline } from './timeline.ts'

export interface AlarmDeps {
  timeline: Timeline
  disk: Keeping
  /** How far the machine's wall clock stands from true time: alarms are set by it. */
  skewMs(): number
  /** How late an alarm rings, ms. */
  lateMs(): number
  /** An alarm that rang well rings once more. */
  isDoubled(): boolean
  /** In how many ms the platform is up again; 0 when it is. */
  downMs(): number
  /** Runs an event of the object. False when it could not even begin. */
  event(what: string, work: (object: Hosted) => unknown): boolean
}

const retryMs = 2_000
const turnMs = 100

/** The one alarm of an object: at its time or later, at least once, never two at work. */
export class Alarm {
  private readonly deps: AlarmDeps
  private set: { at: number; planned: Planned } | null = null
  private isRinging = false

  constructor(deps: AlarmDeps) {
    this.deps = deps
  }

  /** Follows what stands on the disk. */
  arm(): void {
    const { timeline, disk, skewMs, lateMs } = this.deps
    const { alarm } = disk
    if (this.set?.at === alarm) return
    if (this.set) timeline.cancel(this.set.planned)
    if (alarm === null) this.set = null
    else this.ringIn(alarm, alarm - skewMs() + lateMs() - timeline.now)
  }

  /** The object died. An alarm that was at work has not rung. */
  die(): void {
    const { disk, timeline } = this.deps
    if (this.isRinging && disk.alarm === null) disk.alarm = timeline.now + retryMs
    this.isRinging = false
  }

  private ringIn(at: number, ms: number): void {
    this.set = { at, planned: this.deps.timeline.after(ms, () => this.ring(at)) }
  }

  private ring(at: number): void {
    const downMs = this.deps.downMs()
    if (downMs > 0) return this.ringIn(at, downMs)
    if (this.isRinging) return this.ringIn(at, turnMs)
    this.set = null
    // An object that cannot even begin is tried again, but not without a pause.
    if (!this.deps.event('alarm', (object) => this.work(object, at))) this.ringIn(at, retryMs)
  }

  private async work(object: Hosted, at: number): Promise<void> {
    const { disk, timeline, isDoubled, event } = this.deps
    // The constructor may have set another.
    if (disk.alarm !== at) return
    this.isRinging = true
    disk.alarm = null
    try {
      await object.alarm()
    } catch (error) {
      disk.alarm ??= timeline.now + retryMs
      throw error
    } finally {
      this.isRinging = false
    }
    if (isDoubled()) timeline.after(5, () => event('alarm', (again) => again.alarm()))
  }
}
