import type { Checkpoint } from '../../contract/ledger.ts'
import { auctions, sockets } from '../../contract/limits.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import { readConfig } from '../../env.ts'
import { Alarms, type ObjectClock } from '../../kernel/alarms.ts'
import { createIds, type Ids } from '../../kernel/ids.ts'
import { createDb } from '../../kernel/db.ts'
import type { Outbox } from '../../kernel/outbox.ts'
import { dismiss, isOpen } from '../../kernel/sockets.ts'
import { createSigner, type Signer } from '../../kernel/signatures.ts'
import type { BidOutcome } from '../commands.ts'
import { decide, type Answer, type Command } from '../rules.ts'
import { beatsFrom } from '../rules/closing.ts'
import type { About, Heard, Report, Standing } from '../audience/commands.ts'
import { Arrivals } from './arrivals.ts'
import { Audience } from './audience.ts'
import { Batch } from './batch.ts'
import { judgeArrival, type Arrival } from './bids.ts'
import type { Behind, Book } from './book.ts'
import { Crowd } from './crowd.ts'
import { Delivery } from './delivery.ts'
import type { Hall } from './doorway.ts'
import { notice } from './facts.ts'
import { lapseOffers, offerEdge, offerOutbox } from './offers.ts'
import { Session } from './session.ts'
import { signCheckpoint } from './signing.ts'
import { Pulse } from './pulse.ts'
import { Shards } from './shards.ts'
import { arrangeTimers, isBeating, isChatDue, markTold, nextEdge, type TimerName } from './timers.ts'
import { roomState } from './views.ts'

/** A run of what offers caused that says nothing for so long is taken for dead. */
const offersAgainMs = 5_000

export interface RoomDeps {
  ctx: DurableObjectState
  env: Env
  clock: ObjectClock
  book: Book
}

/**
 * A published room at work: its memory, its audience, its ways out, and the order in which things happen. Whatever happens,
 * the same three steps: look at the clock (bids that wait are judged first), decide and write, then tell.
 */
export class LiveRoom {
  readonly book: Book
  readonly audience: Audience
  readonly shards: Shards
  readonly arrivals: Arrivals
  readonly ids: Ids
  readonly env: Env
  readonly clock: ObjectClock
  private readonly ctx: DurableObjectState
  private readonly signer: Signer
  private readonly alarms: Alarms<TimerName>
  private readonly delivery: Delivery
  private readonly offers: Outbox
  private readonly bids: Batch<Arrival, BidOutcome>
  private readonly pulse: Pulse

  constructor({ ctx, env, clock, book }: RoomDeps) {
    const config = readConfig(env)
    this.ctx = ctx
    this.env = env
    this.clock = clock
    this.book = book
    this.ids = createIds(config.idSecret)
    this.signer = createSigner(config.ledgerKeys[0])
    this.alarms = new Alarms(ctx.storage, clock)
    const lookAgain = (at: Instant) => this.alarms.setBy('deliver', at)
    this.delivery = new Delivery({ env, ctx, clock, book, lookAgain })
    this.offers = offerOutbox({ book, ids: this.ids, env, db: createDb(env.DB) })
    const crowd = new Crowd()
    this.shards = new Shards({
      env,
      auction: book.auction,
      store: book.store,
      clock,
      crowd,
      standing: () => this.standing(),
    })
    this.audience = new Audience({
      clock,
      crowd,
      shards: this.shards,
      unsent: book.unsent,
      checkpoint: () => this.checkpoint(),
      flushed: (seq) => book.store.put('flushed', seq),
      lastPing: (socket) => ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0,
      presenceChanged: (count) => this.presenceChanged(count),
    })
    this.arrivals = new Arrivals({
      book,
      checkpoint: () => this.checkpoint(),
      present: () => this.audience.present(),
    })
    this.pulse = new Pulse({ clock, book, isWatched: () => this.audience.isWatched, look: () => this.look() })
    this.bids = new Batch(clock.now, (arrivals) => this.judge(arrivals))
  }

  /** After construction: sockets that slept through it, and an outage if the room was down when it should have beaten. */
  wake(): void {
    const now = this.clock.now()
    for (const socket of this.ctx.getWebSockets().filter(isOpen)) this.welcomeBack(socket)
    this.makeUpForOutage(now)
    this.markWatched()
    this.presenceChanged(this.audience.present().count)
    this.look()
    this.after()
    this.shards.look()
  }

  private welcomeBack(socket: WebSocket): void {
    const session = Session.wake(socket)
    if (!session) return dismiss(socket, 'restart')
    this.audience.add(session)
    if (session.isListening) session.resume(this.flushed)
  }

  /**
   * Down means: it had beaten in the time of beats, or had sockets before, and they are gone. An object that only slept
   * still has its sockets, and one that nobody watched has never beaten: an alarm that comes late to it moves no end.
   */
  private makeUpForOutage(now: Instant): void {
    const { lot, store } = this.book
    if (!isBeating(lot, now) || this.ctx.getWebSockets().length > 0) return
    const beat = store.get('beat') ?? instant(0)
    if (beat < beatsFrom(lot) && !store.get('watched')) return
    this.decide({ type: 'outage', since: beat }, now)
  }

  /** Compares the clock with the stored times, when every bid that arrived before has been judged. */
  look(): Instant {
    this.bids.flush()
    const now = this.clock.now()
    const edge = nextEdge(this.book.lot)
    if (edge !== null && now >= edge) {
      this.decide({ type: 'look' }, now)
      this.after()
    }
    if (isChatDue(this.book, now)) this.closeChat()
    if (this.book.lot.endedAt !== null) this.lapseOffers(now)
    return now
  }

  /** Judges a bid: at once in a quiet room, else with those that come within the same moment. */
  place(arrival: Arrival): Promise<BidOutcome> {
    return this.bids.add(arrival)
  }

  private judge(arrivals: Arrival[]): BidOutcome[] {
    const judging = { book: this.book, ids: this.ids, signer: this.signer }
    const outcomes = this.book.atomically(() => arrivals.map((arrival) => judgeArrival(judging, arrival)))
    this.after()
    return outcomes
  }

  /** A command of the seller's or a moderator's. */
  command(command: Exclude<Command, { type: 'place-bid' }>, behind: Behind): { answer: Answer; at: Instant } {
    const at = this.look()
    const answer = this.decide(command, at, behind)
    this.after()
    return { answer, at }
  }

  private decide(command: Command, at: Instant, behind: Behind = {}): Answer {
    return this.book.atomically(() => {
      const decision = decide(this.book.lot, command, at)
      this.book.record(decision, behind)
      if (decision.answer.ok && behind.text) this.keepText(command, behind.text)
      return decision.answer
    })
  }

  /** The ledger holds only digests. */
  private keepText({ type }: Command, text: string): void {
    const { store, lot } = this.book
    if (type === 'add-note') store.chat.addNote(lot.logSeq, text, lot.lastAt)
    if (type === 'cancel' || type === 'void') store.put('cancelReason', text)
  }

  /** Writes what is not of the ledger, in the same three steps. */
  change<T>(work: (at: Instant) => T): T {
    const at = this.look()
    const result = this.book.atomically(() => work(at))
    this.after()
    return result
  }

  /** Tells what was committed, and sets the timers that follow from it. */
  private after(): void {
    arrangeTimers(this.alarms, this.book, this.clock.now())
    this.pulse.arrange()
    this.audience.facts()
    for (const { account, frame } of this.book.takeOutbids()) this.audience.tell(account, frame)
    this.delivery.nudge()
    if (this.book.lot.endedAt !== null) this.nudgeOffers()
  }

  private lapseOffers(now: Instant): void {
    const edge = offerEdge(this.book)
    if (edge === null || now < edge) return
    this.book.atomically(() => lapseOffers(this.book, now))
    this.after()
  }

  private nudgeOffers(): void {
    if (this.book.store.offers.untold(1).length === 0) return
    this.alarms.setBy('deliver', instant(this.clock.now() + offersAgainMs))
    this.ctx.waitUntil(this.tellOffers())
  }

  /** Has what became of offers told now; what cannot be is told later, by the alarm. */
  async tellOffers(isDue = false): Promise<void> {
    const wait = await this.offers.run(isDue)
    if (wait !== null) this.alarms.setBy('deliver', instant(this.clock.now() + wait))
  }

  /** The ledger so far, signed. */
  checkpoint(): Checkpoint {
    const { auction, lot, head } = this.book
    return signCheckpoint(this.signer, auction, lot.logSeq, head)
  }

  /** What people come into when they come into the room itself. */
  get hall(): Hall {
    const { ctx, env, clock, audience, book } = this
    const { auction, publication } = book
    const attended = () => this.attended()
    return { ctx, env, clock, seats: audience, auction, seller: publication.seller.account, attended }
  }

  /** Place of the last fact that went to the sockets. */
  private get flushed(): number {
    return this.book.store.get('flushed') ?? 0
  }

  private standing(): Standing {
    return { seq: this.flushed, shiftMs: this.clock.shiftMs(), presence: this.audience.told }
  }

  /** A shard of the audience has come to life. */
  attach(shard: number): About {
    this.shards.attach(shard)
    this.attended()
    const { publication } = this.book
    const presence = JSON.stringify({ type: 'presence', ...this.audience.present() })
    return { ...this.standing(), epoch: publication.epoch, seller: publication.seller.account, presence }
  }

  /** What a shard tells of who is there. */
  heard(shard: number, report: Report): Heard {
    const isUnderstood = this.shards.report(shard, report)
    for (const { account } of report.here) this.audience.limit(account)
    this.shards.thinOut(this.audience.size)
    this.attended()
    return { isUnderstood, seq: this.flushed }
  }

  /** To be called when sockets came or went. */
  attended(): void {
    if (this.markWatched() || this.shards.size > 0)
      this.alarms.setBy('sweep', instant(this.clock.now() + sockets.sweepMs))
    this.pulse.arrange()
    this.audience.presence()
  }

  /** Kept, so that a room which lost its sockets with its life knows that it had some. */
  private markWatched(): boolean {
    const isWatched = this.audience.size > 0
    const { store } = this.book
    if ((store.get('watched') ?? false) !== isWatched) store.put('watched', isWatched)
    return isWatched
  }

  /** Drops the timers in memory, as losing the memory would; only a local door does that. They keep an object from sleeping. */
  dropTimers(): void {
    this.pulse.dropTimers()
    this.audience.dropTimers()
    this.shards.dropTimers()
    this.delivery.dropTimers()
  }

  /** The clock was moved; only a local door does that. The room was not down meanwhile. */
  clockMoved(): void {
    this.pulse.beat()
    this.alarms.arm()
    this.look()
    this.after()
    this.shards.look()
  }

  async ring(): Promise<void> {
    this.look()
    await this.alarms.ring((name) => this.onTimer(name))
    this.after()
  }

  private onTimer(name: TimerName): void {
    switch (name) {
      case 'edge':
      case 'edge-soon':
      case 'beat':
      case 'chat-close':
      case 'offers':
        // `look` and `after` around every alarm do what these are for.
        return
      case 'auction-soon':
        return this.tellSoon('auction-soon')
      case 'ending-soon':
        return this.tellSoon('ending-soon')
      case 'cleanup':
        return this.cleanUp()
      case 'sweep':
        this.audience.sweep()
        this.shards.sweep()
        this.shards.thinOut(this.audience.size)
        return this.attended()
      case 'deliver':
        // Not awaited: while an alarm is at work no other can ring, and the relay may take its time.
        this.ctx.waitUntil(this.tellOffers(true))
        return this.ctx.waitUntil(this.delivery.catchUp())
      case 'presence':
        return this.ctx.waitUntil(this.projectPresence())
    }
  }

  private tellSoon(kind: 'auction-soon' | 'ending-soon'): void {
    const { book } = this
    const { publication, lot } = book
    const expiresAt = kind === 'auction-soon' ? lot.terms.startsAt : lot.endsAt
    const told = { kind, data: { at: iso(expiresAt) }, expiresAt }
    const tell = (audience: 'likers' | 'bidders') =>
      book.send(this.clock.now(), notice(publication, { ...told, to: { kind: audience, except: [] } }))
    book.atomically(() => {
      markTold(book, kind)
      tell('likers')
      if (kind === 'ending-soon') tell('bidders')
    })
  }

  private closeChat(): void {
    const { book } = this
    book.atomically(() => {
      book.store.put('chatClosed', true)
      book.say({ type: 'room-changed', ...roomState(book, this.clock.now()) })
    })
    this.after()
  }

  private cleanUp(): void {
    const { book } = this
    book.atomically(() => {
      markTold(book, 'cleanup')
      book.store.forgetKeysAndFacts()
    })
    this.arrivals.forget()
  }

  private presenceChanged(count: number): void {
    if (this.book.store.get('present') !== count) this.projectPresenceSoon()
  }

  private projectPresenceSoon(): void {
    this.alarms.setBy('presence', instant(this.clock.now() + auctions.projectPresenceEveryMs))
  }

  private async projectPresence(): Promise<void> {
    const { count } = this.audience.present()
    const isDone = await this.delivery.presence(count)
    // Meanwhile somebody may have come or gone.
    if (!isDone || this.audience.present().count !== count) this.projectPresenceSoon()
  }
}
