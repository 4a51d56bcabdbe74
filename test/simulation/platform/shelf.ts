import type { Keeping, Saved } from './host.ts'
import { Turns } from './turns.ts'

interface Kept {
  values: Saved
  alarm: number | null
}

/** One transaction: everything that was written without an `await` between. */
interface Turn {
  confirmedAt: number
  before: Kept
}

/** The storage of an object that has a few values by name and no tables. Like a disk it loses by a crash what is not confirmed. */
export class Shelf implements Keeping {
  private kept: Kept = { values: {}, alarm: null }
  private readonly turns = new Turns<Turn>()
  /** How things stood before the turn that is being written. */
  private before: Kept | null = null
  /** What is said in this turn waits for its writes. */
  private isHeld = false
  private heldUntil = 0

  get alarm(): number | null {
    return this.kept.alarm
  }

  set alarm(at: number | null) {
    this.write({ alarm: at }, true)
  }

  saved(): Saved {
    return this.kept.values
  }

  get storage(): DurableObjectStorage {
    const storage = {
      kv: { get: (name: string) => this.kept.values[name] },
      put: async (name: string, value: unknown, { allowUnconfirmed = false } = {}) =>
        this.write({ values: { ...this.kept.values, [name]: value } }, !allowUnconfirmed),
      deleteAll: async () => this.write({ values: {} }, true),
      setAlarm: async (at: number) => this.write({ alarm: at }, true),
      deleteAlarm: async () => this.write({ alarm: null }, true),
    }
    return storage as unknown as DurableObjectStorage
  }

  private write(change: Partial<Kept>, isHeld: boolean): void {
    this.before ??= this.kept
    this.isHeld ||= isHeld
    this.kept = { ...this.kept, ...change }
  }

  endTurn(now: number, latencyMs: () => number): number {
    const earlier = this.turns.confirmedAt(now)
    const { before, isHeld } = this
    if (before === null) return Math.max(now, this.heldUntil)
    const confirmedAt = Math.max(earlier, now + latencyMs())
    this.turns.add({ confirmedAt, before })
    if (isHeld) this.heldUntil = confirmedAt
    this.before = null
    this.isHeld = false
    return Math.max(now, this.heldUntil)
  }

  crash(now: number, kept: (unconfirmed: number) => number): void {
    const first = this.turns.lose(now, kept)
    if (first) this.kept = first.before
  }
}
