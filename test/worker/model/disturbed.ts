import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { BidOutcome, Publication } from '../../../worker/auctions/commands.ts'
import type { Participant } from '../../../worker/accounts/api.ts'
import { mintTicket } from '../../../worker/accounts/tickets.ts'
import type { LocalAuctionRoom } from '../../../worker/local/auction-room.ts'
import { setClockOffsetOf } from '../../../worker/local/clock-of-object.ts'
import type { AuctionId } from '../../../worker/contract/ids.ts'
import { readConfig } from '../../../worker/env.ts'
import { createIds } from '../../../worker/kernel/ids.ts'
import type { Actor } from '../../support/worker/actors.ts'
import type { TestRelay } from '../../support/worker/relay.ts'
import { heard, toldBy } from '../../model/answers.ts'
import { people, type Told } from '../../model/histories.ts'
import type { Asked, Projection, Run } from '../../model/predicates.ts'
import { publicationOf } from '../../model/publication.ts'
import { Reference, type Action, type Answer, type ReferenceTerms, type Standing } from '../../model/reference.ts'
import { Viewer } from './viewer.ts'

/** What goes wrong before a step. */
export type Disturbance =
  /** The object sleeps, its sockets stay. */
  | 'sleep'
  /** The object dies with all its sockets; storage stays. Who watched comes back when the clock has moved on. */
  | 'death'
  | 'alarm'
  | 'alarm twice'
  /** A viewer's line is cut and it resumes. */
  | 'cut'
  | 'relay away'
  | 'relay back'
  | 'none'

/** How a bid travels. */
export type Way = 'call' | 'socket' | 'cut socket, then call' | 'twice at once'

export interface Disturbed {
  told: Told
  disturbances: Disturbance[]
  ways: Way[]
  /** The moment of publication; stories have a date of their own, tickets and sign-ins are of today. */
  today?: number
}

export interface House {
  /** By the names of the stories. */
  actors: Map<string, Actor>
  relay: TestRelay
}

export interface Lived {
  run: Run
  answers: Answer[]
  expected: Answer[]
  reference: Reference
}

type Bidding = Action & { do: 'bid' | 'buy' }
type Stub = DurableObjectStub<LocalAuctionRoom>

/** Machine time between two steps: longer than the shortest interval of the projection. */
const stepMs = 1_001
const newcomersManner = 20

/** Lives a story in a real room, at the story's own times, and has the reference live it beside it. */
export async function liveThrough(house: House, { told, disturbances, ways, today }: Disturbed): Promise<Lived> {
  const life = new Life(house, told, today ?? Date.now())
  try {
    await life.publish()
    for (let at = 0; at < told.steps.length;) {
      const disturbance = disturbances[at % disturbances.length] ?? 'none'
      const burst = life.burstFrom(at)
      await life.moveTo(told.steps[at]!.clock)
      await life.disturb(disturbance)
      if (burst.length > 1) await life.takeAtOnce(burst)
      else await life.take(told.steps[at]!.action, ways[at % ways.length] ?? 'call')
      await life.look()
      if (disturbance === 'death') await life.die()
      at += burst.length
    }
    return await life.end()
  } finally {
    await life.close()
  }
}

class Life {
  private readonly house: House
  private readonly told: Told
  private readonly auction: AuctionId
  private readonly shift: number
  private readonly terms: ReferenceTerms
  private readonly reference: Reference
  private readonly numbers = new Map<string, number>()
  private readonly asked: Asked[] = []
  private readonly answers: Answer[] = []
  private readonly expected: Answer[] = []
  private readonly watchers: Viewer[]
  private readonly windows = new Map<string, Viewer>()
  private termsHash = ''
  private clock: number
  private machine: number
  /** When the room was last alive, while it is dead. */
  private diedAt: number | null = null
  private refs = 0
  /** Its timer goes on for some seconds, whatever the clock shows then. */
  private hasBeaten = false

  constructor(house: House, told: Told, today: number) {
    this.house = house
    this.told = told
    this.shift = today - told.publishedAt
    const { startsAt, endsAt } = told.terms
    this.terms = { ...told.terms, startsAt: startsAt + this.shift, endsAt: endsAt + this.shift }
    this.clock = told.publishedAt + this.shift
    this.reference = new Reference(this.terms, people, this.clock)
    this.auction = createIds(readConfig(env).idSecret).mint('auction')
    this.watchers = ['first', 'second'].map((name) => new Viewer(name, this.door))
    this.machine = this.clock
    vi.setSystemTime(this.machine)
  }

  private get stub(): Stub {
    const namespace = env.AUCTION_ROOM as unknown as DurableObjectNamespace<LocalAuctionRoom>
    return namespace.get(namespace.idFromName(this.auction))
  }

  private readonly door = (headers: Record<string, string>) =>
    this.stub.fetch('http://localhost/live', { headers }) as unknown as Promise<Response>

  async publish(): Promise<void> {
    const { terms } = this
    await env.DB.prepare(
      "insert into auction (id, seller, created_at, updated_at, state, images, title) values (?, ?, ?, ?, 'draft', '[]', 'a story')",
    )
      .bind(this.auction, this.actor('hallabong').account, this.clock, this.clock)
      .run()
    const outcome = await this.stub.publish(this.publication())
    if (!outcome.ok) throw new Error('not published')
    this.termsHash = outcome.value.termsHash
    if (outcome.value.endsAt !== terms.endsAt) throw new Error('published with another end')
    for (const viewer of this.watchers) await viewer.arrive()
  }

  private publication(): Publication {
    const { account, handle, name } = this.actor('hallabong')
    return publicationOf(this.auction, { account, handle, name }, this.terms)
  }

  /** Consecutive bids of one moment: they go into the room together. */
  burstFrom(at: number): Bidding[] {
    const { steps } = this.told
    const burst: Bidding[] = []
    for (let next = at; next < steps.length; next++) {
      const { action, clock } = steps[next]!
      if (clock !== steps[at]!.clock || (action.do !== 'bid' && action.do !== 'buy')) break
      burst.push(action)
    }
    return burst.length > 1 ? burst : burst.slice(0, 1).length === 1 ? burst : ([steps[at]!.action] as Bidding[])
  }

  async moveTo(clock: number): Promise<void> {
    if (this.diedAt !== null) await this.revive(this.diedAt, clock + this.shift)
    this.clock = clock + this.shift
    this.isDrowsy()
    await this.showTime()
  }

  /** The machine's time went on while the room was dead; whoever comes first lets it see for how long. */
  private async revive(diedAt: number, clock: number): Promise<void> {
    this.diedAt = null
    const goneMs = Math.max(0, clock - diedAt)
    this.machine += goneMs
    vi.setSystemTime(this.machine)
    this.reference.act({ do: 'outage', since: diedAt }, diedAt + goneMs)
    for (const viewer of this.watchers) await viewer.arrive()
  }

  /**
   * Puts the room's clock at the story's moment, to the millisecond and without telling the room. The machine's own time
   * goes on, a second a step: that is what its timers and its deliveries go by.
   */
  private async showTime(passedMs = stepMs): Promise<void> {
    this.machine += passedMs
    const offset = this.clock - this.machine
    // Both clocks in one go: in between the room would see a time of no story.
    await runInDurableObject(this.stub, (_, state) => {
      vi.setSystemTime(this.machine)
      setClockOffsetOf(state, offset)
    })
  }

  async disturb(disturbance: Disturbance): Promise<void> {
    switch (disturbance) {
      case 'sleep':
        // Near start and end the room keeps itself awake.
        return this.isDrowsy() ? evictDurableObject(this.stub) : undefined
      case 'alarm':
      case 'alarm twice':
        this.reference.act({ do: 'look' }, this.clock)
        await this.ring()
        return disturbance === 'alarm twice' ? this.ring() : undefined
      case 'cut':
        this.watchers[0]?.cut()
        return this.watchers[0]?.arrive()
      case 'relay away':
        this.house.relay.act = 'is-away'
        return
      case 'relay back':
        this.house.relay.act = 'works'
        return
      case 'death':
      case 'none':
    }
  }

  private isDrowsy(): boolean {
    const { state, endsAt } = this.reference.standing()
    const { startsAt, endsAt: firstEnd } = this.terms
    const isNear =
      state === 'scheduled'
        ? this.clock >= startsAt - 30_000
        : state === 'running' && this.clock >= Math.min(endsAt, firstEnd) - 120_000
    this.hasBeaten ||= isNear
    return !this.hasBeaten
  }

  /** A room that is watched looks at the clock by its own timer, also where a stored answer or a limit was all there was to do. */
  async look(): Promise<void> {
    this.reference.act({ do: 'look' }, this.clock)
    await this.stub.state()
  }

  private ring(): Promise<void> {
    return runInDurableObject(this.stub, (room) => (room as LocalAuctionRoom).alarm())
  }

  async die(): Promise<void> {
    // A room that lives has beaten within the last seconds; here seconds pass without its timers.
    await this.stub.setClockOffset(this.clock - this.machine)
    this.reference.act({ do: 'look' }, this.clock)
    // Its alarm is late, or it would not stay dead.
    await runInDurableObject(this.stub, (_, { storage }) => storage.deleteAlarm())
    await abortAllDurableObjects()
    for (const viewer of [...this.watchers, ...this.windows.values()]) viewer.cut()
    this.windows.clear()
    this.diedAt = this.clock
  }

  async take(action: Action, way: Way): Promise<void> {
    if (action.do === 'bid' || action.do === 'buy') {
      const isRepeated = way === 'twice at once' || way === 'cut socket, then call'
      const outcome = await this.travel(action, way)
      this.note(action, outcome, this.reference.act(action, this.clock))
      if (isRepeated) this.note(action, outcome, this.reference.act(action, this.clock))
      return this.readBack()
    }
    const expected = this.reference.act(await this.known(action), this.clock)
    const outcome = await this.command(action)
    this.answers.push(outcome.ok ? { ok: true } : { ok: false, code: outcome.code ?? '' })
    this.expected.push(expected.ok ? { ok: true } : { ok: false, code: 'code' in expected ? expected.code : '' })
  }

  async takeAtOnce(burst: Bidding[]): Promise<void> {
    const { stub } = this
    const outcomes = await Promise.all(burst.map((action) => this.call(action, stub)))
    for (const [index, action] of burst.entries())
      this.note(action, outcomes[index]!, this.reference.act(action, this.clock))
    await this.readBack()
  }

  private async travel(action: Bidding, way: Way): Promise<BidOutcome> {
    // Tickets say who somebody is; what the stories add to that only a call can say.
    const isPlain = people.find(({ name }) => name === action.who)!.isEligible
    if (way === 'twice at once') {
      const { stub } = this
      const [first, second] = await Promise.all([this.call(action, stub), this.call(action, stub)])
      if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('one key, two answers')
      return first
    }
    if (way === 'call' || !isPlain) return this.call(action)
    const window = await this.windowOf(action.who)
    const ref = `ref-${this.refs++}`
    if (way === 'socket') return heard(await window.ask(this.frame(action, ref)))
    window.sendAndCut(this.frame(action, ref))
    this.windows.delete(action.who)
    return this.call(action)
  }

  private async windowOf(who: string): Promise<Viewer> {
    const open = this.windows.get(who)
    if (open?.isOpen) return open
    const { account, login } = this.actor(who)
    const window = new Viewer(who, this.door, () => mintTicket(readConfig(env), { account, login }).ticket)
    await window.arrive()
    this.windows.set(who, window)
    return window
  }

  private frame(action: Bidding, ref: string) {
    const termsHash = action.oldTerms ? 'older' : this.termsHash
    const { key } = action
    return action.do === 'buy'
      ? ({ type: 'buy-now', ref, key, price: action.price, termsHash } as const)
      : ({
          type: 'place-bid',
          ref,
          key,
          kind: action.kind,
          amount: action.amount,
          confirm: action.confirm,
          termsHash,
        } as const)
  }

  private call(action: Bidding, stub: Stub = this.stub): Promise<BidOutcome> {
    const termsHash = action.oldTerms ? 'older' : this.termsHash
    const who = this.participant(action.who)
    return (
      action.do === 'buy'
        ? stub.buyNow(who, action.key, { price: action.price, termsHash })
        : stub.placeBid(who, action.key, {
            kind: action.kind,
            amount: action.amount,
            confirm: action.confirm,
            termsHash,
          })
    ) as Promise<BidOutcome>
  }

  private note(action: Bidding, outcome: BidOutcome, expected: Answer): void {
    const kind = action.do === 'buy' ? 'buy-now' : action.kind
    const amount = action.do === 'buy' ? action.price : action.amount
    const { who, key } = action
    if (outcome.ok) this.numbers.set(who, outcome.value.mask)
    this.asked.push({ who, key, request: JSON.stringify(action), kind, amount, outcome, wasSeenAfter: null })
    this.answers.push(toldBy(outcome))
    this.expected.push(expected)
  }

  /** Whoever was just told of an own bid finds it. */
  private async readBack(): Promise<void> {
    for (const asked of this.asked) {
      if (!asked.outcome.ok || asked.wasSeenAfter !== null) continue
      const { receipt } = asked.outcome.value
      const mine = await this.stub.myBids(this.actor(asked.who).account)
      asked.wasSeenAfter = mine.bids.some(({ bid, verdict }) => bid === receipt.bid && verdict === 'accepted')
    }
  }

  /** Nobody without a number can be named to be banned. */
  private async known(action: Action): Promise<Action> {
    return (action.do === 'ban' || action.do === 'unban') && !this.numbers.has(action.who) ? { do: 'look' } : action
  }

  private async command(action: Exclude<Action, Bidding>): Promise<{ ok: boolean; code?: string }> {
    const { stub } = this
    const seller = this.participant('hallabong')
    switch (action.do) {
      case 'ban':
      case 'unban': {
        const number = this.numbers.get(action.who)
        if (number === undefined) return stub.state()
        const target = { scope: 'bids', number } as const
        return action.do === 'ban' ? stub.ban(seller, target, 'by chance') : stub.unban(seller, target)
      }
      case 'note':
        return stub.addNote(seller, 'the strap is included')
      case 'cancel':
        return stub.cancel(seller, 'changed my mind')
      case 'void':
        return stub.void('not allowed here')
      default:
        return stub.state()
    }
  }

  /** Lets everything that is still on its way arrive, and collects what there is to be seen. */
  async end(): Promise<Lived> {
    // Coming back from the dead moves the end, so there is another one to wait for.
    for (let tries = 0; tries < 3 && isOpen(this.reference.standing()); tries++)
      await this.moveTo(Math.max(this.clock, this.reference.standing().endsAt) + 1 - this.shift)
    if (this.diedAt !== null) await this.moveTo(this.clock - this.shift)
    this.reference.act({ do: 'look' }, this.clock)
    this.house.relay.act = 'works'
    const state = await this.stub.state()
    if (!state.ok) throw new Error('the room is gone')
    for (const viewer of this.watchers) {
      if (!viewer.isOpen) await viewer.arrive()
      await viewer.has(state.value.seq)
    }
    const lines: Run['lines'] = []
    for (let from: number | null = 1; from !== null;) {
      const page = await this.stub.ledger(from, 200)
      if (!page.ok) throw new Error('no ledger')
      lines.push(...(page.value.entries as Run['lines']))
      from = page.value.next
    }
    await this.deliverAll(lines.length)
    const stream = `auction:${this.auction}`
    const run: Run = {
      auction: this.auction,
      terms: this.terms,
      asked: this.asked,
      lines,
      streams: this.watchers.map(({ stream: own }) => own),
      events: this.house.relay.events.filter((event) => event.stream === stream),
      snapshot: state.value as Run['snapshot'],
      row: await this.row(),
    }
    return { run, answers: this.answers, expected: this.expected, reference: this.reference }
  }

  /** The alarm comes back for what could not be sent; here it rings as soon as it may. */
  private async deliverAll(logSeq: number): Promise<void> {
    for (let ring = 0; ring < 20; ring++) {
      await this.showTime(61_000)
      await this.ring()
      const stream = `auction:${this.auction}`
      const sent = this.house.relay.events.filter(
        (event) => event.stream === stream && 'entry' in (event.payload as object),
      )
      if (sent.length === logSeq && (await this.row()).logSeq === logSeq) return
    }
  }

  private async row(): Promise<Projection> {
    const row = await env.DB.prepare(
      `select log_seq as logSeq, state, price, bid_count as bidCount, leader_number as leaderNumber,
         winner_number as winnerNumber, reserve, ends_at as endsAt from auction where id = ?`,
    )
      .bind(this.auction)
      .first<Projection>()
    if (!row) throw new Error('no row')
    return row
  }

  async close(): Promise<void> {
    for (const viewer of [...this.watchers, ...this.windows.values()]) viewer.cut()
    vi.useRealTimers()
  }

  private actor(name: string): Actor {
    return this.house.actors.get(name)!
  }

  private participant(name: string): Participant {
    const { account, login, handle, name: shown } = this.actor(name)
    const person = people.find((one) => one.name === name)!
    return {
      account,
      login,
      handle,
      name: shown,
      role: 'member',
      trader: person.isTrader,
      manner: person.isEligible ? 40 : newcomersManner,
      deals: 0,
      noShows: 0,
      following: false,
      blocked: false,
      showInRooms: true,
      showBidName: false,
      suspended: false,
    }
  }
}

const isOpen = ({ state }: Standing) => state === 'scheduled' || state === 'running'
