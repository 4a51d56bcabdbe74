import { hiddenFor } from '../../follows/api.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { InboxFact } from '../../contract/inbox.ts'
import { notifications as limits } from '../../contract/limits.ts'
import type { NotificationPreferences, Unread } from '../../contract/notifications.ts'
import { instant } from '../../contract/time.ts'
import { Alarms, machineTime, type ObjectClock } from '../../kernel/alarms.ts'
import { createDb, type Db } from '../../kernel/db.ts'
import { Listeners } from '../../kernel/listeners.ts'
import { describeError, log } from '../../kernel/log.ts'
import { dismiss, isOpen } from '../../kernel/sockets.ts'
import { Sql } from '../../kernel/sql.ts'
import { Devices } from '../push/devices.ts'
import { preferencesAtFirst } from '../rules.ts'
import { Acquaintances, goodForMs } from './acquaintances.ts'
import { Errands } from './errands.ts'
import { FactLog, type NewFact } from './fact-log.ts'
import { Holders } from './holders.ts'
import { NotificationTable } from './notification-table.ts'
import { expire, readFact } from './noticing.ts'
import { InboxSession } from './session.ts'
import { StandingTable } from './standing-table.ts'
import { steps } from './steps.ts'

export type TimerName = 'closing' | 'errands' | 'authority' | 'expiry' | 'tidy'
/** Says a fact: numbers it, keeps it, and has it told when everything is committed. */
export type Say = (fact: NewFact) => void

export interface InboxDeps {
  ctx: DurableObjectState
  env: Env
  clock: ObjectClock
}

/** Tidying up waits so long for more to do. */
const tidyEveryMs = 3_600_000
const lateMs = 1_000

/**
 * The Inbox of one account at work: what it keeps, who listens, what follows outside. Whatever happens, the same steps: ask outside
 * what has to be known, then write everything in one transaction, then tell.
 */
export class LiveInbox {
  readonly env: Env
  readonly clock: ObjectClock
  readonly db: Db
  readonly holders: Holders
  readonly facts: FactLog
  readonly notifications: NotificationTable
  readonly standings: StandingTable
  readonly devices: Devices
  readonly errands: Errands
  readonly listeners: Listeners<InboxSession, InboxFact>
  readonly alarms: Alarms<TimerName>
  readonly acquaintances: Acquaintances
  private hiddenKnownUntil = 0
  private readonly ctx: DurableObjectState
  private readonly sql: Sql

  constructor({ ctx, env, clock }: InboxDeps) {
    this.ctx = ctx
    this.env = env
    this.clock = clock
    this.db = createDb(env.DB)
    this.acquaintances = new Acquaintances(this.db)
    this.sql = new Sql(ctx.storage)
    this.sql.migrate(steps)
    ctx.storage.sql.exec(Devices.tables)
    this.holders = new Holders(this.sql)
    this.facts = new FactLog(this.sql)
    this.notifications = new NotificationTable(this.sql)
    this.standings = new StandingTable(this.sql)
    this.devices = new Devices(ctx.storage.sql)
    this.errands = new Errands(ctx, this.sql, env, this.devices)
    this.alarms = new Alarms(ctx.storage, clock)
    this.listeners = new Listeners<InboxSession, InboxFact>({
      clock,
      unsent: this.facts.unsent,
      writer: () => (part) => JSON.stringify(batchOf(part)),
      flushed: (seq) => this.facts.flushed(seq),
      lastPing: (socket) => ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0,
    })
  }

  /** After construction: sockets that slept through it, and what they were not told. */
  wake(): void {
    for (const socket of this.ctx.getWebSockets().filter(isOpen)) {
      const session = InboxSession.wake(socket)
      if (!session) {
        dismiss(socket, 'restart')
        continue
      }
      this.listeners.add(session)
      if (session.isListening) session.resume(this.facts.flushedUpTo)
    }
    this.after()
  }

  /** Everything unread, by the one definition, as every fact says it. */
  count = (): Unread => ({ ...this.standings.unread(), notifications: this.notifications.unread() })

  /** The same for those who ask: what has expired meanwhile is gone first. */
  unread(): Unread {
    expire(this)
    return this.count()
  }

  /** For what comes in numbers: asks only now and then. Blocks and mutes are told besides (`hiddenChanged`). */
  async knowHidden(account: AccountId): Promise<void> {
    if (machineTime(this.clock) >= this.hiddenKnownUntil) await this.learnHidden(account)
  }

  /** Asks anew whose doings the owner does not want to see. Where nobody can be asked, what was known last holds. */
  async learnHidden(account: AccountId): Promise<void> {
    try {
      const people = await hiddenFor(this.db, account)
      this.hiddenKnownUntil = machineTime(this.clock) + goodForMs
      const before = this.count().notifications
      const isChanged = this.atomically(() => this.notifications.hide(people))
      // Devices that count along learn the new count.
      if (isChanged && this.count().notifications !== before)
        this.change((say) => say(readFact({ ids: [], removed: true }, this.count())))
    } catch (error) {
      log('warn', 'hidden-unknown', { account, ...describeError(error) })
    }
  }

  get preferences(): NotificationPreferences {
    const [row] = this.sql.rows<{ value: string }>("select value from saved where name = 'preferences'")
    return row ? (JSON.parse(row.value) as NotificationPreferences) : preferencesAtFirst
  }

  set preferences(preferences: NotificationPreferences) {
    this.sql.run("insert or replace into saved (name, value) values ('preferences', ?)", JSON.stringify(preferences))
  }

  /** Writes in one transaction what `work` does and says, then tells it. */
  change(work: (say: Say) => void): void {
    const said: InboxFact[] = []
    this.leaveSilent()
    const now = this.clock.now()
    const isAwaited = this.facts.isAwaited(this.listeners.size > 0, now)
    this.atomically(() => {
      work((fact) => {
        said.push(this.facts.add(fact, now, isAwaited))
      })
    })
    if (isAwaited) this.facts.unsent.push(...said)
    this.after()
  }

  /** Who fell silent without a close is noticed when there is something to say, and costs nothing until then. */
  private leaveSilent(): void {
    const { listeners } = this
    const before = listeners.size
    listeners.sweep()
    if (listeners.size < before) this.attended()
  }

  private atomically<T>(work: () => T): T {
    return this.sql.atomically(work)
  }

  /** Tells what was committed, goes on errands, and sets the timers that follow from how things stand. */
  after(): void {
    this.listeners.facts()
    const due = this.errands.nextDue()
    if (due !== null && due <= this.clock.now()) this.goOnErrands()
    this.arrange()
  }

  private goOnErrands(): void {
    this.ctx.waitUntil(this.errands.run(this.clock.now).then(() => this.arrange()))
  }

  /** To be called when sockets came or went. */
  attended(): void {
    this.facts.attended(this.clock.now())
    this.arrange()
  }

  private arrange(): void {
    const at = (time: number | null) => (time === null ? null : instant(time))
    const now = this.clock.now()
    this.alarms.set('errands', at(this.errands.nextDue()))
    this.alarms.set('expiry', at(this.notifications.nextExpiry()))
    if (this.holders.hasLate()) this.alarms.setBy('closing', instant(now + lateMs))
    const ends = this.listeners.all().flatMap(({ authUntil }) => authUntil ?? [])
    this.alarms.set('authority', ends.length === 0 ? null : instant(Math.min(...ends) + this.clock.shiftMs()))
    const tidy = this.nextTidying()
    if (tidy === null) this.alarms.set('tidy', null)
    else this.alarms.setBy('tidy', instant(Math.max(tidy, now + tidyEveryMs)))
  }

  private nextTidying(): number | null {
    const oldest = this.notifications.oldest()
    const times = [this.facts.nextDue(), this.holders.nextDue(), oldest === null ? null : oldest + limits.keptMs]
    const known = times.filter((time) => time !== null)
    return known.length === 0 ? null : Math.min(...known)
  }

  /** For the alarm. `close` closes sockets that were on their way in when their sign-in ended. */
  async ring(close: () => Promise<void>): Promise<void> {
    await this.alarms.ring((name) => this.onTimer(name, close))
    // Awake anyway: what may go goes now, and the timer for it is set anew.
    this.tidy()
  }

  private onTimer(name: TimerName, close: () => Promise<void>): void | Promise<void> {
    switch (name) {
      case 'closing':
        return close()
      case 'errands':
        return this.errands.run(this.clock.now)
      case 'authority':
        return this.listeners.sweep()
      case 'expiry':
        return expire(this)
      case 'tidy':
      // Every alarm tidies up.
    }
  }

  private tidy(): void {
    const now = this.clock.now()
    this.holders.forget(now)
    this.facts.forget(now)
    this.change((say) => {
      const ids = this.notifications.expire(now)
      if (ids.length > 0) say(readFact({ ids, removed: true }, this.count()))
    })
  }

  /** Whether nothing is left to know: then the object need not exist. */
  isBare(): boolean {
    const isIdle = this.listeners.size === 0 && this.nextTidying() === null && this.errands.nextDue() === null
    return (
      isIdle && this.standings.isEmpty() && this.devices.all().length === 0 && this.preferences === preferencesAtFirst
    )
  }

  /** Drops the timers in memory, as losing the memory would; only a local door does that. */
  dropTimers(): void {
    this.listeners.dropTimers()
  }

  /** The clock was moved; only a local door does that. */
  clockMoved(): void {
    this.alarms.arm()
    expire(this)
    this.after()
  }
}

/** One frame of consecutive facts. */
export function batchOf(frames: InboxFact[]) {
  return { type: 'batch', first: frames[0]?.seq ?? 0, last: frames.at(-1)?.seq ?? 0, frames } as const
}
