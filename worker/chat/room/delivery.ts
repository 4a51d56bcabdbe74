import type { Envelope } from '../../contract/events.ts'
import type { AccountId } from '../../contract/ids.ts'
import { instant, type Instant } from '../../contract/time.ts'
import { readConfig } from '../../env.ts'
import type { ObjectClock } from '../../kernel/alarms.ts'
import { createDb, runBatch } from '../../kernel/db.ts'
import { createOutbox, deliverToRelay, type Outbox } from '../../kernel/outbox.ts'
import { relayOf } from '../../kernel/relay.ts'
import { detachMedia } from '../../media/api.ts'
import { inboxOf, type PlacedRoomFact } from '../../notifications/api.ts'
import type { Book } from './book.ts'
import { factsFor } from './telling.ts'

export interface DeliveryDeps {
  env: Env
  ctx: DurableObjectState
  clock: ObjectClock
  book: Book
  /** Asks to be run again no later than then, by an alarm: memory may be gone. */
  lookAgain(at: Instant): void
}

/** After this long somebody looks whether all was delivered, and writes down how far everybody is. */
const safetyMs = 2_000
/** An inbox that takes longer than that has failed. */
const inboxWithinMs = 10_000
/** When many talk to many, an inbox hears of several messages at once; two never notice. */
const restPerMemberMs = 2
const restMostMs = 100

/**
 * What leaves the room, each on its own way and none waited for by a message: facts to the inbox of every member, in order, members
 * beside each other; events to the relay; pictures that nothing shows any more. How far a member is gets written down a little
 * later: after a crash an inbox is told again what it has, and drops it.
 */
export class Delivery {
  private readonly deps: DeliveryDeps
  private readonly inboxes = new Map<AccountId, Outbox>()
  private readonly events: Outbox
  private readonly pictures: Outbox
  private written: Map<AccountId, number>

  constructor(deps: DeliveryDeps) {
    this.deps = deps
    this.written = new Map(deps.book.delivered)
    const config = readConfig(deps.env)
    const { store, character } = deps.book
    this.events = createOutbox<Envelope>({
      name: `chat:${character.room}`,
      read: (limit) => store.events(limit),
      deliver: (rows) => deliverToRelay(relayOf(config), rows),
      confirm: (rows) => store.confirmEvents(rows.at(-1)?.seq ?? rows[0].seq),
      setAside: (row, reason) => store.setEventAside(row, reason),
    })
    this.pictures = createOutbox<string>({
      name: `pictures:${character.room}`,
      batch: 1,
      read: (limit) => store.released(limit),
      deliver: async ([target]) => {
        const db = createDb(deps.env.DB)
        await runBatch(db, detachMedia(db, target))
        return { ok: true }
      },
      confirm: ([target]) => store.forgetReleased(target),
      setAside: () => {},
    })
  }

  /** To be called when something was committed. */
  nudge(): void {
    const { ctx, clock } = this.deps
    if (this.isDone()) return
    this.deps.lookAgain(instant(clock.now() + safetyMs))
    ctx.waitUntil(this.run(false))
  }

  /** For the alarm: everything that is left. */
  async catchUp(): Promise<void> {
    this.deps.lookAgain(instant(this.deps.clock.now() + safetyMs))
    await this.run(true)
    this.writeDown()
  }

  /** Whether everybody has everything, and it is written down. */
  isDone(): boolean {
    const { book } = this.deps
    const last = book.store.lastPlace()
    const isTold = book.members.every(({ account }) => (this.written.get(account) ?? 0) >= last)
    return isTold && book.store.events(1).length === 0 && book.store.released(1).length === 0
  }

  private async run(isDue: boolean): Promise<void> {
    const { book, clock } = this.deps
    const outboxes = [this.events, this.pictures, ...book.members.map(({ account }) => this.inboxOf(account))]
    const waits = await Promise.all(outboxes.map((outbox) => outbox.run(isDue)))
    for (const wait of waits) if (wait !== null) this.deps.lookAgain(instant(clock.now() + wait))
  }

  private writeDown(): void {
    const { book } = this.deps
    book.store.atomically(() => {
      for (const [account, place] of book.delivered)
        if (this.written.get(account) !== place) book.store.putDelivered(account, place)
      book.store.forgetFacts(Math.min(...book.delivered.values()))
    })
    this.written = new Map(book.delivered)
  }

  private inboxOf(account: AccountId): Outbox {
    const known = this.inboxes.get(account)
    if (known) return known
    const { book, env } = this.deps
    const outbox = createOutbox<PlacedRoomFact>({
      name: `inbox:${account}`,
      deadlineMs: inboxWithinMs,
      restMs: () => Math.min(restMostMs, book.members.length * restPerMemberMs),
      read: (limit) => factsFor(book, account, limit),
      deliver: async (facts) => {
        await inboxOf(env, account).receive(deliveryOf(book, account, facts))
        return { ok: true }
      },
      confirm: (facts) => {
        book.delivered.set(account, facts.at(-1)?.place ?? facts[0].place)
      },
      setAside: () => {},
    })
    this.inboxes.set(account, outbox)
    return outbox
  }
}

function deliveryOf(book: Book, account: AccountId, facts: [PlacedRoomFact, ...PlacedRoomFact[]]) {
  const standing = book.standingOf(account)
  const isAboutPeople = facts.some(({ fact }) => fact.type === 'room-added' || fact.type === 'room-changed')
  return {
    account,
    room: book.character.room,
    facts,
    upTo: facts.at(-1)?.place ?? facts[0].place,
    people: standing && isAboutPeople ? book.othersOf(account) : null,
    standing,
  }
}
