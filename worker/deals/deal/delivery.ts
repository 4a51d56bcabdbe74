import { envelope, dealStream, type Envelope } from '../../contract/events.ts'
import type { AccountId } from '../../contract/ids.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import { chatRoomOf } from '../../chat/api.ts'
import { readConfig } from '../../env.ts'
import type { ObjectClock } from '../../kernel/alarms.ts'
import { createDb, type Db } from '../../kernel/db.ts'
import type { Ids } from '../../kernel/ids.ts'
import { createOutbox, deliverToRelay, type Delivery as Delivered, type Outbox } from '../../kernel/outbox.ts'
import { relayOf } from '../../kernel/relay.ts'
import { tellInbox } from '../../notifications/api.ts'
import { personCards } from '../../profiles/api.ts'
import type { Step } from '../commands.ts'
import { projectDeal } from '../projection.ts'
import type { DealRecord } from '../rules.ts'
import type { Cursor, NoticeRow, Store } from './store.ts'
import { eventOf, roomClosesAt } from './telling.ts'

export interface DeliveryDeps {
  env: Env
  ctx: DurableObjectState
  clock: ObjectClock
  ids: Ids
  store: Store
  deal(): DealRecord
  /** Asks to be run again no later than then, by an alarm: memory may be gone. */
  lookAgain(at: Instant): void
}

/** After this long without a word a run is taken for dead. */
const safetyMs = 5_000
const done: Delivered = { ok: true }

/**
 * What leaves a deal: its steps to the room, to D1 and to the relay, each with a cursor of its own over them, and notices to two
 * Inboxes. None waits for another, all are in order, and each receiver drops what it has had.
 */
export class Delivery {
  private readonly deps: DeliveryDeps
  private readonly db: Db
  private readonly ways: Outbox[]

  constructor(deps: DeliveryDeps) {
    this.deps = deps
    this.db = createDb(deps.env.DB)
    const { seller, buyer } = deps.deal().opening
    this.ways = [
      this.overSteps('room', (rows) => this.tellRoom(rows)),
      this.overSteps('d1', (rows) => this.project(rows)),
      this.overSteps('relay', (rows) => this.publish(rows)),
      this.toInbox(seller),
      this.toInbox(buyer),
    ]
  }

  /** To be called when something was committed. */
  nudge(): void {
    const { ctx, clock, store, deal, lookAgain } = this.deps
    const { place } = deal()
    const cursors: Cursor[] = ['room', 'd1', 'relay']
    if (cursors.every((name) => store.cursor(name) >= place) && !store.hasNotices()) return
    lookAgain(instant(clock.now() + safetyMs))
    ctx.waitUntil(this.run(false))
  }

  /** All there is. `isDue`: the alarm rings that was set for the end of a pause. */
  async run(isDue: boolean): Promise<void> {
    const { clock, lookAgain } = this.deps
    const waits = await Promise.all(this.ways.map((way) => way.run(isDue)))
    const soonest = Math.min(...waits.map((wait) => wait ?? Infinity))
    if (soonest !== Infinity) lookAgain(instant(clock.now() + soonest))
  }

  /** Whatever D1 has of the deal, or has lost. */
  async tellAgain(): Promise<void> {
    const { env, ctx, ids, deal, store } = this.deps
    const { place, opening } = deal()
    const [last] = store.steps(place - 1, 1)
    await projectDeal({ env, db: this.db, ids, ctx }, deal(), last?.at ?? opening.at, 'anew')
  }

  private overSteps(cursor: Cursor, deliver: (rows: [Step, ...Step[]]) => Promise<Delivered>): Outbox {
    const { store, deal } = this.deps
    return createOutbox<Step>({
      name: `deal:${deal().opening.deal} ${cursor}`,
      read: (limit) => store.steps(store.cursor(cursor), limit),
      deliver,
      confirm: (rows) => store.moveCursor(cursor, rows.at(-1)?.place ?? rows[0].place),
      setAside: (row, reason) => store.setAside(cursor, row.place, row, reason),
    })
  }

  private toInbox(account: AccountId): Outbox {
    const { env, store, deal } = this.deps
    return createOutbox<NoticeRow>({
      name: `deal:${deal().opening.deal} ${account}`,
      read: (limit) => store.notices(account, limit),
      deliver: async (rows) => {
        await tellInbox(
          env,
          account,
          rows.map(({ notice }) => notice),
        )
        return done
      },
      confirm: (rows) => store.forgetNotices(account, rows.at(-1)?.seq ?? rows[0].seq),
      setAside: (row, reason) => store.setAside(account, row.seq, row.notice, reason),
    })
  }

  /** The first step makes the room, every other is told in it. */
  private async tellRoom(rows: [Step, ...Step[]]): Promise<Delivered> {
    const { env, deal } = this.deps
    const { opening } = deal()
    const room = chatRoomOf(env, opening.room)
    for (const step of rows) {
      if (step.kind === 'opened') await this.openRoom()
      else
        await room.dealMoved({
          deal: opening.deal,
          place: step.place,
          state: step.standing.state,
          line: step.kind,
          closesAt: roomClosesAt(step),
        })
    }
    return done
  }

  private async openRoom(): Promise<void> {
    const { env, deal } = this.deps
    const { opening } = deal()
    const { seller, buyer, room, auction, terms, at } = opening
    const cards = await personCards(this.db, [seller, buyer])
    const speaker = (account: AccountId) => {
      const card = cards.get(account)
      return { account, handle: card?.handle ?? '', name: card?.name ?? '', suspended: card?.suspended ?? false }
    }
    const outcome = await chatRoomOf(env, room).open({
      kind: 'deal',
      room,
      deal: opening.deal,
      auction,
      title: terms.title,
      cover: (terms.images[0]?.media ?? null) as never,
      seller: speaker(seller),
      buyer: speaker(buyer),
      at,
    })
    if (!outcome.ok) throw new Error(`the room was not opened: ${outcome.code}`)
  }

  /** The fold says it all, so that of several steps the last is enough. */
  private async project(rows: [Step, ...Step[]]): Promise<Delivered> {
    const { env, ctx, ids, deal } = this.deps
    const last = rows.at(-1) ?? rows[0]
    await projectDeal({ env, db: this.db, ids, ctx }, deal(), last.at)
    return done
  }

  private publish(rows: [Step, ...Step[]]): Promise<Delivered> {
    const { opening } = this.deps.deal()
    const stream = dealStream(opening.deal)
    const events: Envelope[] = rows.map((step) => envelope(stream, step.place, iso(step.at), eventOf(opening, step)))
    return deliverToRelay(relayOf(readConfig(this.deps.env)), events)
  }
}
