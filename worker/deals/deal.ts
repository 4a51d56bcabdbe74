import { DurableObject } from 'cloudflare:workers'
import type { Fault } from '../contract/deal-steps.ts'
import type { AccountId, CaseId } from '../contract/ids.ts'
import { instant, type Instant } from '../contract/time.ts'
import { readConfig } from '../env.ts'
import type { ObjectClock } from '../kernel/alarms.ts'
import { now } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { DealOpening, DealReading, DealRpc, EntryRecord, PartyCommand, Reader } from './commands.ts'
import { Desk, keep } from './deal/desk.ts'
import { Store } from './deal/store.ts'
import { caseIdOf } from './projection.ts'
import { open } from './rules.ts'

const notFound = { ok: false, code: 'not-found' } as const
const done = { ok: true, value: null } as const

/** One deal: its steps and deadlines from the hammer to its end. A shell that turns calls and alarms into what `deal/` does. */
export class Deal extends DurableObject<Env> implements DealRpc {
  protected readonly clock: ObjectClock = {
    now: () => instant(now() + this.clockShiftMs()),
    shiftMs: () => this.clockShiftMs(),
  }
  /** Null until the opening: a deal that was never opened has no tables, and asking it makes none. */
  protected desk: Desk | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const store = new Store(ctx.storage)
    if (!store.isOpen()) return
    store.migrate()
    if (store.deal()) this.begin(store).after()
  }

  /** How far this object's clock stands from the machine's. */
  protected clockShiftMs(): number {
    return 0
  }

  private begin(store: Store): Desk {
    this.desk = new Desk({ ctx: this.ctx, env: this.env, clock: this.clock, store })
    return this.desk
  }

  async open(opening: DealOpening): Promise<Outcome<null>> {
    if (this.desk) return this.desk.opening.deal === opening.deal ? done : { ok: false, code: 'conflict' }
    const store = new Store(this.ctx.storage)
    store.migrate()
    store.atomically(() => keep(store, createIds(readConfig(this.env).idSecret), open(opening)))
    this.begin(store).after()
    return done
  }

  async read(reader: Reader): Promise<Outcome<DealReading>> {
    const desk = this.deskFor(reader)
    return desk ? { ok: true, value: desk.reading(desk.look()) } : notFound
  }

  async take(account: AccountId, key: string, command: PartyCommand, version: number | null): Promise<Outcome<null>> {
    return this.desk ? this.desk.take(account, key, command, version) : notFound
  }

  async entries(reader: Reader): Promise<Outcome<EntryRecord[]>> {
    const desk = this.deskFor(reader)
    return desk ? { ok: true, value: desk.store.entries() } : notFound
  }

  async note(moderator: AccountId, key: string, text: string): Promise<Outcome<null>> {
    const { desk } = this
    if (!desk) return notFound
    if (desk.sideOf(moderator)) return { ok: false, code: 'own-deal' }
    return desk.once(moderator, key, text, { type: 'note', text, moderator })
  }

  async rule(
    moderator: AccountId,
    of: CaseId,
    { fault, reason }: { fault: Fault; reason: string },
  ): Promise<Outcome<Instant>> {
    const { desk } = this
    if (!desk) return notFound
    if (desk.sideOf(moderator)) return { ok: false, code: 'own-deal' }
    desk.look()
    const ids = createIds(readConfig(this.env).idSecret)
    const found = desk.cases.find((one) => caseIdOf({ ids }, desk.opening, one.number) === of)
    if (!found) return notFound
    const answer = desk.command({ type: 'rule', number: found.number, fault, reason, moderator }, this.clock.now())
    return answer.ok ? { ok: true, value: desk.seenAt } : answer
  }

  async liftFault(account: AccountId): Promise<Outcome<null>> {
    const side = this.desk?.sideOf(account)
    if (!this.desk || !side) return notFound
    const answer = this.desk.command({ type: 'lift-fault', side }, this.clock.now())
    return answer.ok ? done : answer
  }

  async tellAgain(): Promise<Outcome<null>> {
    if (!this.desk) return notFound
    await this.desk.tellAgain()
    return done
  }

  override async alarm(): Promise<void> {
    await this.desk?.ring()
  }

  private deskFor(reader: Reader): Desk | null {
    const { desk } = this
    return desk && (reader === 'house' || reader.isStaff || desk.sideOf(reader.account)) ? desk : null
  }
}
