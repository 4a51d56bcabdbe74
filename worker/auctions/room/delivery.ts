import type { Envelope } from '../../contract/events.ts'
import { auctions } from '../../contract/limits.ts'
import { publishing } from '../../contract/relay.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { readConfig } from '../../env.ts'
import { machineTime, type ObjectClock } from '../../kernel/alarms.ts'
import { createDb, type Db } from '../../kernel/db.ts'
import { createIds } from '../../kernel/ids.ts'
import { describeError, log } from '../../kernel/log.ts'
import { createOutbox, deliverToRelay, type Outbox } from '../../kernel/outbox.ts'
import { purgePages } from '../../kernel/purge.ts'
import { relayOf } from '../../kernel/relay.ts'
import { projectAuction, projectPresence } from '../projection.ts'
import type { Book } from './book.ts'
import { followUp } from './following.ts'
import { Pace } from './pace.ts'
import { foldOf } from './views.ts'

export interface DeliveryDeps {
  env: Env
  ctx: DurableObjectState
  clock: ObjectClock
  book: Book
  /** Asks to be run again no later than then, by an alarm: memory may be gone. */
  lookAgain(at: Instant): void
}

/** After this long without a word a run is taken for dead. */
const safetyMs = 5_000
const retryMs = 2_000

/**
 * What leaves the room, in three ways that do not wait for each other: events to the relay, in order; what follows from them for
 * people and deals, in order; and the fold to D1, at most once a second, with its own cursor over the ledger. A row of the outbox
 * goes when the first two have passed it. None is ever waited for by a bid.
 */
export class Delivery {
  private readonly deps: DeliveryDeps
  private readonly db: Db
  private readonly events: Road
  private readonly following: Road
  private projecting: Promise<void> | null = null
  private projectTimer: ReturnType<typeof setTimeout> | null = null
  private readonly projectPace = new Pace(auctions.projectEveryMs)
  private projectedState: string | null = null

  constructor(deps: DeliveryDeps) {
    this.deps = deps
    this.db = createDb(deps.env.DB)
    const config = readConfig(deps.env)
    const { store } = deps.book
    const { tellRelayEveryMs, followEveryMs } = auctions
    const events = createOutbox<Envelope>({
      name: `auction:${deps.book.auction}`,
      batch: publishing.eventsPerRequest,
      read: (limit) => store.events(this.events.upTo, limit),
      deliver: (rows) => deliverToRelay(relayOf(config), rows),
      confirm: (rows) => store.confirmEvents(rows.at(-1)?.seq ?? rows[0].seq),
      setAside: (row, reason) => store.setEventAside(row, reason),
    })
    this.events = new Road(deps, { outbox: events, hasRows: () => store.hasEvents(), restMs: tellRelayEveryMs })
    const ids = createIds(config.idSecret)
    const following = followUp({ book: deps.book, ids, env: deps.env, db: this.db, ctx: deps.ctx }, (limit) =>
      store.followed(this.following.upTo, limit),
    )
    this.following = new Road(deps, { outbox: following, hasRows: () => store.hasFollowed(), restMs: followEveryMs })
  }

  /** To be called when something was committed. */
  nudge(): void {
    const isMoving = [this.events.nudge(), this.following.nudge()].includes(true)
    if (!isMoving && !this.isBehind) return
    this.deps.lookAgain(instant(this.deps.clock.now() + safetyMs))
    this.projectSoon()
  }

  /** For the alarm: everything that is left. */
  async catchUp(): Promise<void> {
    this.projectSoon()
    await Promise.all([this.events.go(), this.following.go(), this.projecting])
  }

  /** False when D1 did not take it. */
  async presence(count: number): Promise<boolean> {
    const { book } = this.deps
    try {
      await projectPresence(this.db, book.auction, count)
      book.store.put('present', count)
      return true
    } catch (error) {
      log('warn', 'presence-not-projected', { auction: book.auction, ...describeError(error) })
      return false
    }
  }

  dropTimers(): void {
    if (this.projectTimer !== null) clearTimeout(this.projectTimer)
    this.projectTimer = null
    this.events.dropTimer()
    this.following.dropTimer()
  }

  private get isBehind(): boolean {
    const { book } = this.deps
    return book.lot.logSeq > (book.store.get('projected') ?? 0)
  }

  /** A new state goes at once, prices at most once a second. */
  private projectSoon(): void {
    if (this.projecting || !this.isBehind) return
    const { book, clock, ctx } = this.deps
    const wait = this.projectPace.wait(machineTime(clock))
    if (wait === 0 || book.lot.state !== this.projectedState) {
      if (this.projectTimer !== null) clearTimeout(this.projectTimer)
      this.projectTimer = null
      ctx.waitUntil(this.project())
    } else this.projectTimer ??= setTimeout(() => this.onProjectTimer(), wait)
  }

  private onProjectTimer(): void {
    this.projectTimer = null
    this.projectSoon()
  }

  private project(): Promise<void> {
    this.projecting ??= this.projectInTurn()
    return this.projecting
  }

  private async projectInTurn(): Promise<void> {
    let isDone = false
    try {
      isDone = await this.projectOnce()
    } finally {
      this.projecting = null
    }
    // What failed is not tried again at once: the alarm comes back to it.
    if (isDone) this.projectSoon()
  }

  /** False when D1 did not take it. */
  private async projectOnce(): Promise<boolean> {
    const { book, ctx, clock } = this.deps
    const beganAt = machineTime(clock)
    const fold = foldOf(book, book.store.get('projected') ?? 0)
    try {
      const tags = await projectAuction(this.db, fold)
      book.store.put('projected', fold.logSeq)
      this.projectPace.ran(beganAt, machineTime(clock))
      this.projectedState = fold.state
      // What waited for D1 to have the ledger so far.
      this.following.resume()
      if (tags.length > 0) ctx.waitUntil(this.purge(tags))
      return true
    } catch (error) {
      log('warn', 'projection-failed', { auction: book.auction, seq: fold.logSeq, ...describeError(error) })
      this.projectPace.wake()
      this.deps.lookAgain(instant(clock.now() + retryMs))
      return false
    }
  }

  private async purge(tags: string[]): Promise<void> {
    try {
      await purgePages(this.deps.ctx, tags)
    } catch (error) {
      log('warn', 'purge-failed', { auction: this.deps.book.auction, ...describeError(error) })
    }
  }
}

interface RoadPlan {
  outbox: Outbox
  hasRows(): boolean
  /** How long to rest after a run before what came meanwhile is brought. Once the auction is over nothing waits. */
  restMs: number
}

/**
 * One way out of the room: an outbox, and when it may go on. A run brings what was there when it began: in a hot auction it would else
 * have no end.
 */
class Road {
  private readonly deps: DeliveryDeps
  private readonly plan: RoadPlan
  /** Place in the outbox of the last row that this run brings. */
  upTo = 0
  private pausedUntil = 0
  private readonly pace: Pace
  private runs = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: DeliveryDeps, plan: RoadPlan) {
    this.deps = deps
    this.plan = plan
    this.pace = new Pace(plan.restMs)
  }

  /** What it may have paused for is there. */
  resume(): void {
    this.pausedUntil = 0
    this.nudge()
  }

  /** Goes on in the background, unless it is paused. Answers whether there is anything to bring. */
  nudge(): boolean {
    const { ctx, clock, book } = this.deps
    const now = machineTime(clock)
    if (now < this.pausedUntil || !this.plan.hasRows()) return false
    if (book.lot.endedAt !== null) {
      ctx.waitUntil(this.go())
      return true
    }
    // It looks again by itself.
    if (this.timer !== null || this.runs > 0) return true
    const wait = this.pace.wait(now)
    if (wait > 0) this.timer = setTimeout(() => ctx.waitUntil(this.go()), wait)
    else ctx.waitUntil(this.go())
    return true
  }

  async go(): Promise<void> {
    this.dropTimer()
    const { clock, book, lookAgain } = this.deps
    this.upTo = book.store.lastEvent()
    this.runs += 1
    const beganAt = machineTime(clock)
    const wait = await this.plan.outbox.run(beganAt >= this.pausedUntil)
    this.runs -= 1
    const now = machineTime(clock)
    this.pace.ran(beganAt, now)
    this.pausedUntil = now + (wait ?? 0)
    if (wait !== null) lookAgain(instant(clock.now() + wait))
    else this.nudge()
  }

  dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
