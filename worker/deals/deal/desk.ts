import type { AccountId } from '../../contract/ids.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { chatRoomOf } from '../../chat/api.ts'
import { readConfig } from '../../env.ts'
import { Alarms, type ObjectClock } from '../../kernel/alarms.ts'
import { createIds, sha256, type Ids } from '../../kernel/ids.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import { otherSide, type Side } from '../../contract/deal-steps.ts'
import type { DealReading, PartyCommand } from '../commands.ts'
import {
  decide,
  nextLook,
  sideIn,
  standingOf,
  type Answer,
  type Command,
  type Course,
  type DealRecord,
} from '../rules.ts'
import { Delivery } from './delivery.ts'
import type { Store } from './store.ts'
import { noticesOfReminder, noticesOfStep } from './telling.ts'

export interface DeskDeps {
  ctx: DurableObjectState
  env: Env
  clock: ObjectClock
  store: Store
}

type TimerName = 'look' | 'deliver'

/** Writes what came of a decision, all or nothing: the deal, its steps and entries, and what people are told of them. */
export function keep(store: Store, ids: Ids, { deal, steps, entries, reminders }: Course): void {
  store.save(deal)
  for (const entry of entries) store.addEntry(entry)
  for (const step of steps) {
    store.addStep(step)
    for (const { account, notice } of noticesOfStep(ids, deal.opening, step)) store.addNotice(account, notice)
  }
  const accused = deal.report && otherSide(deal.report.by)
  for (const reminder of reminders)
    for (const { account, notice } of noticesOfReminder(ids, deal.opening, reminder, accused))
      store.addNotice(account, notice)
}

/** An opened deal at work. Whatever happens, the same three steps: look at the clock, decide and write, then tell. */
export class Desk {
  readonly store: Store
  private readonly env: Env
  private readonly clock: ObjectClock
  private readonly ids: Ids
  private readonly alarms: Alarms<TimerName>
  private readonly delivery: Delivery
  private deal: DealRecord

  constructor({ ctx, env, clock, store }: DeskDeps) {
    const deal = store.deal()
    if (!deal) throw new Error('an opened deal without its record')
    this.store = store
    this.env = env
    this.clock = clock
    this.deal = deal
    this.ids = createIds(readConfig(env).idSecret)
    this.alarms = new Alarms(ctx.storage, clock)
    this.delivery = new Delivery({
      env,
      ctx,
      clock,
      store,
      ids: this.ids,
      deal: () => this.deal,
      lookAgain: (at: Instant) => this.alarms.setBy('deliver', at),
    })
  }

  get cases() {
    return this.deal.cases
  }

  get opening() {
    return this.deal.opening
  }

  /** Up to when the deal has been looked at: just after a step, its own time. */
  get seenAt() {
    return this.deal.seenAt
  }

  sideOf(account: AccountId): Side | null {
    return sideIn(this.deal.opening, account)
  }

  /** Compares the clock with the stored times. */
  look(): Instant {
    const at = this.clock.now()
    this.command({ type: 'look' }, at)
    return at
  }

  /** A step of a party's, once per key: the same again changes nothing, and another one with that key is refused. */
  async take(account: AccountId, key: string, step: PartyCommand, version: number | null): Promise<Outcome<null>> {
    const by = this.sideOf(account)
    if (!by) return { ok: false, code: 'not-found' }
    const lastWord = step.type === 'report-no-show' ? await this.lastWordOf(otherSide(by)) : null
    return this.once(account, key, step, { type: 'step', by, step, version, lastWord })
  }

  /** The same for what staff does. */
  once(account: AccountId, key: string, asked: unknown, command: Command): Outcome<null> {
    const digest = sha256(JSON.stringify(asked))
    const before = this.store.digestOf(account, key)
    if (before !== null) return before === digest ? { ok: true, value: null } : { ok: false, code: 'key-reused' }
    const answer = this.command(command, this.clock.now(), () => this.store.addAnswer(account, key, digest))
    return answer.ok ? { ok: true, value: null } : answer
  }

  command(command: Command, at: Instant, alsoKeep: () => void = () => {}): Answer {
    const { answer, ...course } = decide(this.deal, command, at)
    const hasMoved = course.steps.length > 0 || course.reminders.length > 0
    if (hasMoved)
      this.store.atomically(() => {
        keep(this.store, this.ids, course)
        if (answer.ok) alsoKeep()
      })
    this.deal = course.deal
    this.after()
    return answer
  }

  reading(at: Instant): DealReading {
    const { opening, proposal, agreed, handedOver, cancel, report, dispute, cases, place } = this.deal
    return {
      opening,
      standing: standingOf(this.deal),
      proposal,
      agreed,
      parcel: handedOver?.method === 'parcel' ? { carrier: handedOver.carrier, tracking: handedOver.tracking } : null,
      cancel,
      report,
      dispute,
      ruling: cases.findLast(({ ruling }) => ruling !== null)?.ruling ?? null,
      steps: this.store.steps(),
      place,
      at,
    }
  }

  async tellAgain(): Promise<void> {
    this.look()
    await this.delivery.tellAgain()
  }

  async ring(): Promise<void> {
    this.look()
    await this.alarms.ring(async (name) => {
      if (name === 'deliver') await this.delivery.run(true)
    })
    this.after()
  }

  /** The clock was moved; only a local door does that. */
  clockMoved(): void {
    this.alarms.arm()
    this.look()
  }

  /** Tells what was committed, and sets the timer for what comes next. */
  after(): void {
    const next = nextLook(this.deal)
    this.alarms.set('look', next === null ? null : instant(next))
    this.delivery.nudge()
  }

  private lastWordOf(side: Side): Promise<Instant | null> {
    const { opening } = this.deal
    return chatRoomOf(this.env, opening.room).lastWordOf(opening[side])
  }
}
