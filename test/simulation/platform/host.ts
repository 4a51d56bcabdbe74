import { Alarm } from './alarm.ts'
import { isOfTheWorld } from './calls.ts'
import { contextOf } from './context.ts'
import { Line, type Ear, type Wire } from './lines.ts'
import type { Thread } from './thread.ts'
import type { Planned, Timeline } from './timeline.ts'

/** What the platform asks of an object. */
export interface Hosted {
  fetch(request: Request): Promise<Response>
  webSocketMessage(socket: WebSocket, message: string): Promise<void>
  webSocketClose(socket: WebSocket, code: number, reason: string): void
  alarm(): Promise<void>
}

/** What keeps the writes of an object. Those of one turn are one transaction, and confirmed some time later. */
export interface Keeping {
  alarm: number | null
  /** As the object sees it. */
  readonly storage: DurableObjectStorage
  saved(): Saved
  /** The turn is over. Returns the moment from which what was said in it may be heard. */
  endTurn(now: number, latencyMs: () => number): number
  /** The power goes. Of so many turns that are not confirmed `kept` have reached the disk all the same; the rest is lost. */
  crash(now: number, kept: (unconfirmed: number) => number): void
}

/** What a host does by chance, or leaves undone on purpose. */
export interface HostHabits {
  /** How long a write takes until it is confirmed, ms. */
  diskMs(): number
  /** How late an alarm rings, ms. */
  alarmLateMs(): number
  /** An alarm that rang well rings once more. */
  isAlarmDoubled(): boolean
  /** A life without work falls asleep after so long, ms. */
  sleepAfterMs: number
  /** Of so many turns that are not confirmed so many reached the disk when the power went. */
  keptTurns(unconfirmed: number): number
  /** How long one way on the line of that name takes, ms. */
  delayMs(name: string): number
  /** Without the output gate messages leave before what they tell of is on disk. Only a mutant does that. */
  hasGate: boolean
  /**
   * Pending timers keep an object in memory, since the compatibility date 2026-10-01
   * (https://developers.cloudflare.com/changelog/post/2026-10-01-pending-io-keep-alive/); before, for 70 s after its last event.
   */
  timersKeepMs: number
}

/** An object from its construction until it sleeps or dies. */
export class Life<Held extends Hosted = Hosted> {
  readonly number: number
  isOver = false
  /** Events and background work that have not ended. */
  busy = 0
  readonly timers = new Set<Planned>()
  lastEventAt: number
  object: Held | null = null
  readonly said: (() => void)[] = []
  /** What to do about calls that this life leaves without an answer. */
  readonly unanswered = new Set<() => void>()

  constructor(number: number, now: number) {
    this.number = number
    this.lastEventAt = now
  }
}

export interface HostDeps<Held extends Hosted> {
  /** Of the object, as its id has it. */
  name: string
  timeline: Timeline
  thread: Thread
  disk: Keeping
  /** How far the machine's wall clock stands from true time. Alarms are set by it. */
  skewMs(): number
  habits: HostHabits
  construct(ctx: DurableObjectState): Held
  /** Asks the default entrypoint to forget pages. */
  purge(tags: string[]): Promise<void>
  /** Something in the object threw where the platform does not expect it. */
  threw(what: string, error: unknown): void
}

/** When an object died, for those who judge the run. */
export interface Death {
  diedAt: number
  /** When the next life began; null while there is none. */
  backAt: number | null
  /** What of it was on disk. */
  saved: Saved
}

/** What an object keeps by name. */
export type Saved = Record<string, unknown>

const sleepLooksMs = 1_000

/**
 * The platform under one object: wakes it for an event, holds back what it says until its writes are confirmed, rings its alarm,
 * lets it sleep while its sockets stay, and kills it with everything that was not confirmed.
 */
export class Host<Held extends Hosted = Hosted> {
  readonly deaths: Death[] = []
  life: Life<Held> | null = null
  /** The life whose event or microtasks are running. */
  current: Life<Held> | null = null
  private readonly disk: Keeping
  private readonly lines = new Set<Line>()
  private readonly deps: HostDeps<Held>
  private readonly alarm: Alarm
  private lives = 0
  private downUntil = 0
  /** Turns whose words wait for their writes. */
  private held = 0

  constructor(deps: HostDeps<Held>) {
    this.deps = deps
    const { timeline, skewMs, habits, disk } = deps
    this.disk = disk
    this.alarm = new Alarm({
      timeline,
      skewMs,
      disk,
      lateMs: habits.alarmLateMs,
      isDoubled: habits.isAlarmDoubled,
      downMs: () => this.downMs(),
      event: (what, work) => this.event(what, work),
    })
  }

  private downMs(): number {
    return Math.max(0, this.downUntil - this.deps.timeline.now)
  }

  /** Runs an event of the object, waking it if it sleeps. False when the platform cannot: it is down. */
  event(what: string, work: (object: Held, life: Life<Held>) => unknown): boolean {
    if (this.downMs() > 0) return false
    const life = this.life ?? this.begin()
    if (!life?.object) return false
    const { object } = life
    this.enter(life, () => void this.keepBusy(life, what, () => work(object, life)))
    return true
  }

  /** Goes on with a life where it waited for something; nothing happens when it is over. */
  resume(life: Life<Held>, work: () => void): void {
    if (!life.isOver) this.enter(life, work)
  }

  /** The life at work waits for something outside, and does not sleep meanwhile. What it waited for is given to what is returned. */
  wait(): (settle: () => void) => void {
    const { current: life } = this
    if (!life) throw new Error('nobody is at work')
    life.busy += 1
    return (settle) =>
      this.resume(life, () => {
        life.busy -= 1
        settle()
      })
  }

  private enter(life: Life<Held>, work: () => void): void {
    this.deps.thread.host = this
    this.current = life
    life.lastEventAt = this.deps.timeline.now
    work()
  }

  private async keepBusy(life: Life<Held>, what: string, work: () => unknown): Promise<void> {
    life.busy += 1
    try {
      await work()
    } catch (error) {
      this.deps.threw(what, error)
    } finally {
      life.busy -= 1
    }
  }

  private begin(): Life<Held> | null {
    const { timeline } = this.deps
    const life = new Life<Held>(++this.lives, timeline.now)
    const last = this.deaths.at(-1)
    if (last?.backAt === null) last.backAt = timeline.now
    this.life = life
    this.current = life
    this.deps.thread.host = this
    try {
      life.object = this.deps.construct(this.contextOf(life))
    } catch (error) {
      this.deps.threw('constructor', error)
      this.kill(() => 0)
      return null
    }
    this.expectSleep(life)
    return life
  }

  private contextOf(life: Life<Held>): DurableObjectState {
    const { lines } = this
    const { name, disk, purge } = this.deps
    const waitUntil = (work: Promise<unknown>) => void this.keepBusy(life, 'waitUntil', () => work)
    return contextOf({ name, storage: disk.storage, lines, waitUntil, purge })
  }

  private expectSleep(life: Life<Held>, inMs = this.deps.habits.sleepAfterMs): void {
    const { timeline, habits } = this.deps
    timeline.after(inMs, () => {
      if (life.isOver) return
      const idleMs = timeline.now - life.lastEventAt
      if (idleMs < habits.sleepAfterMs) return this.expectSleep(life, habits.sleepAfterMs - idleMs)
      // Who has something to do is looked at again, not asked all the time.
      if (!this.sleep()) this.expectSleep(life, Math.max(habits.sleepAfterMs, sleepLooksMs))
    })
  }

  /** Puts an idle object to sleep: its memory goes, its sockets stay. False when it has something to do or to say. */
  sleep(): boolean {
    const { life } = this
    if (!life || life.busy > 0 || this.held > 0) return false
    const { timeline, habits } = this.deps
    if (life.timers.size > 0 && timeline.now - life.lastEventAt < habits.timersKeepMs) return false
    this.endLife(life)
    return true
  }

  /** The machine is gone, and with it memory, sockets, what was held back and what was not confirmed. */
  die(downMs: number, noticedAfterMs: () => number): Death {
    const { timeline, habits } = this.deps
    this.kill(habits.keptTurns)
    this.downUntil = timeline.now + downMs
    for (const line of this.lines) line.die(noticedAfterMs())
    this.lines.clear()
    const death = { diedAt: timeline.now, backAt: null, saved: this.disk.saved() }
    this.deaths.push(death)
    return death
  }

  private kill(kept: (unconfirmed: number) => number): void {
    const { timeline } = this.deps
    if (this.life) this.endLife(this.life)
    this.disk.crash(timeline.now, kept)
    this.alarm.die()
    this.endTurn()
  }

  private endLife(life: Life<Held>): void {
    life.isOver = true
    for (const timer of life.timers) this.deps.timeline.cancel(timer)
    life.timers.clear()
    life.said.length = 0
    for (const lose of life.unanswered) lose()
    life.unanswered.clear()
    if (this.life === life) this.life = null
    if (this.current === life) this.current = null
  }

  /** Between two events: what was written becomes one transaction, what was said waits for it. */
  endTurn(): void {
    const { timeline, habits } = this.deps
    const life = this.current
    this.current = null
    const confirmedAt = this.disk.endTurn(timeline.now, habits.diskMs)
    this.alarm.arm()
    if (!life || life.said.length === 0) return
    const said = life.said.splice(0)
    const leave = () => {
      if (!life.isOver || !habits.hasGate) for (const say of said) say()
    }
    if (!habits.hasGate) return leave()
    // What was said earlier leaves earlier, also within the same millisecond.
    if (confirmedAt <= timeline.now && this.held === 0) return leave()
    this.held += 1
    timeline.plan(confirmedAt, () => {
      this.held -= 1
      leave()
    })
  }

  say(work: () => void): void {
    if (!this.current) throw new Error('nobody is speaking')
    this.current.said.push(work)
  }

  setTimer(work: () => void, ms: number): Planned {
    const { timeline } = this.deps
    const life = this.current
    if (!life) return timeline.after(ms, work)
    const timer = timeline.after(Math.max(0, ms), () => {
      life.timers.delete(timer)
      if (!life.isOver) {
        // Time that only its own timers fill does not count as being used.
        const { lastEventAt } = life
        this.enter(life, work)
        life.lastEventAt = lastEventAt
      }
    })
    life.timers.add(timer)
    return timer
  }

  clearTimer(timer: Planned): void {
    this.deps.timeline.cancel(timer)
    this.life?.timers.delete(timer)
  }

  // lines

  /** A client asks for a socket; what it says reaches the ear. */
  open(name: string, headers: Record<string, string>, ear: Ear): void {
    const { timeline, habits } = this.deps
    timeline.after(habits.delayMs(name), () => {
      const isTaken = this.event('fetch', async (object) => {
        const line = await this.upgrade(object, headers)
        if (line) this.say(() => line.carryTo(name, ear))
        else this.say(() => timeline.after(habits.delayMs(name), () => ear.closed(1006)))
      })
      if (!isTaken) timeline.after(habits.delayMs(name), () => ear.closed(1006))
    })
  }

  private async upgrade(object: Held, headers: Record<string, string>): Promise<Line | null> {
    try {
      const request = { headers: { get: (name: string) => headers[name] ?? null } } as unknown as Request
      const response = await object.fetch(request)
      return (response as unknown as { webSocket: Line }).webSocket
    } catch (error) {
      // A database that is away costs an upgrade and nothing else.
      if (!isOfTheWorld(error)) throw error
      return null
    }
  }

  /** A new socket of the object. */
  line(): Line {
    return new Line(this.wire())
  }

  private wire(): Wire {
    const { timeline, habits } = this.deps
    return {
      now: () => timeline.now,
      delayMs: habits.delayMs,
      plan: (at, work) => timeline.plan(at, work),
      say: (work) => this.say(work),
      message: (line, text) => this.event('message', (object) => object.webSocketMessage(ofLine(line), text)),
      gone: (line, code) => {
        this.lines.delete(line)
        this.event('close', (object) => object.webSocketClose(ofLine(line), code, ''))
      },
    }
  }
}

function ofLine(line: Line): WebSocket {
  return line as unknown as WebSocket
}
