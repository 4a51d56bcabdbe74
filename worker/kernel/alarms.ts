import { instant, type Instant } from '../contract/time.ts'
import { describeError, log } from './log.ts'

const retryMs = 1_000

/** An object's own clock. `shiftMs` is how far it stands from the machine's; other than 0 only behind a local door. */
export interface ObjectClock {
  now(): Instant
  shiftMs(): number
}

/** The machine's own time, for distances that are no business of a door that moves the clock. */
export function machineTime(clock: ObjectClock): number {
  return clock.now() - clock.shiftMs()
}

/**
 * Many named timers over the one alarm that an object has. Times are those of the object's clock and are stored, so they
 * survive it. A timer rings at its time or later, and may ring twice: work behind it looks at the facts first.
 */
export class Alarms<Name extends string> {
  private readonly storage: DurableObjectStorage
  private readonly clock: ObjectClock
  private readonly times: Map<Name, Instant>
  /** What the platform's alarm is set to; undefined when we do not know. */
  private armed: number | null | undefined = undefined

  /** The table `timer` must exist. */
  constructor(storage: DurableObjectStorage, clock: ObjectClock) {
    this.storage = storage
    this.clock = clock
    const rows = storage.sql.exec<{ name: Name; at: Instant }>('select name, at from timer').toArray()
    this.times = new Map(rows.map(({ name, at }) => [name, at]))
  }

  static readonly table = 'create table if not exists timer (name text primary key, at integer not null)'

  /** Sets the timer, or takes it away with null. */
  set(name: Name, at: Instant | null): void {
    if ((this.times.get(name) ?? null) === at) return
    if (at === null) {
      this.times.delete(name)
      this.storage.sql.exec('delete from timer where name = ?', name)
    } else {
      this.times.set(name, at)
      this.storage.sql.exec('insert or replace into timer (name, at) values (?, ?)', name, at)
    }
    this.arm()
  }

  /** Like `set`, but a timer that rings sooner stays. */
  setBy(name: Name, at: Instant): void {
    const before = this.times.get(name)
    if (before === undefined || before > at) this.set(name, at)
  }

  at(name: Name): Instant | null {
    return this.times.get(name) ?? null
  }

  /** For the object's `alarm()`: runs what is due, one after the other. Work that fails is tried again after a second. */
  async ring(run: (name: Name) => void | Promise<void>): Promise<void> {
    this.armed = null
    const now = this.clock.now()
    const due = [...this.times].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b)
    for (const [name, at] of due) {
      if (this.times.get(name) !== at) continue
      this.set(name, null)
      try {
        await run(name)
      } catch (error) {
        log('error', 'timer-failed', { job: name, ...describeError(error) })
        this.setBy(name, instant(this.clock.now() + retryMs))
      }
    }
    this.arm()
  }

  /** Sets the platform's alarm anew, for the first of the timers. Also to be called when the clock was moved. */
  arm(): void {
    const first = Math.min(...this.times.values())
    const at = first === Infinity ? null : first - this.clock.shiftMs()
    if (at === this.armed) return
    this.armed = at
    if (at === null) void this.storage.deleteAlarm()
    else void this.storage.setAlarm(at)
  }
}
