import type { Publication, Published } from '../../worker/auctions/commands.ts'
import type { Outcome } from '../../worker/kernel/outcome.ts'
import type { ChatMessage } from '../../worker/contract/auctions.ts'
import type { Hash, Terms } from '../../worker/contract/ledger.ts'
import type { AccountId } from '../../worker/contract/ids.ts'
import { sockets } from '../../worker/contract/limits.ts'
import type { Recipients } from '../../worker/contract/notifications.ts'
import { instant } from '../../worker/contract/time.ts'
import type { DealOpening } from '../../worker/deals/api.ts'
import type { Notice } from '../../worker/notifications/api.ts'
import type { Evidence } from '../../web/features/auctions/verifier/evidence.ts'
import type { Run } from '../model/predicates.ts'
import { publicationOf } from '../model/publication.ts'
import { stepOf, type ReferenceTerms } from '../model/reference.ts'
import { Assembly, type Assembled } from './assembly.ts'
import { Bidders, type Attempt, type Bidding } from './bidders.ts'
import type { Client } from './client.ts'
import { participant } from './house/people.ts'
import type { Neighbours } from './neighbours.ts'
import type { Death } from './platform/host.ts'
import { writeDraft } from './draft.ts'
import { Reader } from './reader.ts'
import { latestLot } from './rules.ts'
import type { Step, What } from './story.ts'
import type { Passage } from './watched-room.ts'
import type { World } from './world.ts'

/** What came of the ledger outside: who was told what, by Inbox or by the queue, and which deals were opened. */
export interface FollowedUp {
  notices: ReturnType<Neighbours['seen']>['notices']
  deals: DealOpening[]
  queued: { to: Recipients; notice: Notice }[]
  /** Accounts by number, and the first entry of each. */
  numbers: { number: number; account: AccountId; firstSeq: number }[]
}

export interface Lived {
  run: Run
  /** For the verifier, where signatures are real. */
  evidence: Evidence | null
  /** Everything that was asked, once and in order. */
  sent: Bidding[]
  attempts: Attempt[]
  /** Order of judging, by the room's own table, as `account key`s of the stored answers say. */
  judged: { id: string; account: string; at: number }[]
  deaths: Death[]
  hasSkew: boolean
  messages: { sent: string[]; kept: string[] }
  left: { unsent: number; aside: number }
  followed: FollowedUp
  passages: Passage[]
  /** Where the story has more people than the room holds. */
  assembled: Assembled | null
  troubles: string[]
}

/** What people ask under a key, instead of what the story would have them ask. */
export type Scripted = ReadonlyMap<string, Bidding>

const patience = { closingMs: 75_000, deliveryMs: 240_000, arrivalMs: 90_000, answerMs: 600_000 } as const

/** Directs the story in the world, then lets everything come to rest and collects what there is to be seen. */
export async function tell(world: World, scripted: Scripted = new Map()): Promise<Lived> {
  const stage = new Stage(world, scripted)
  await stage.publish()
  for (const step of world.story.steps) await stage.take(step)
  return stage.end()
}

class Stage {
  private readonly world: World
  private readonly scripted: Scripted
  private readonly bidders: Bidders
  private readonly reader: Reader
  private readonly viewers: Client[]
  private readonly assembly: Assembly | null
  private readonly messages: string[] = []
  private terms: ReferenceTerms
  private reserveCommitment: Hash | null = null
  private hasSkew = false

  constructor(world: World, scripted: Scripted) {
    this.world = world
    this.scripted = scripted
    this.terms = world.story.terms
    this.bidders = new Bidders(world)
    this.reader = new Reader(world)
    this.viewers = Array.from({ length: world.story.viewers }, (_, at) => world.client(`viewer ${at}`, null))
    const { audience } = world.story
    this.assembly = audience && new Assembly(world, audience, this.bidders, this.viewers)
  }

  /** The room's clock. */
  private get clock(): number {
    return this.world.timeline.now + this.world.skewMs
  }

  async publish(): Promise<void> {
    const { world } = this
    writeDraft(world.auction, this.clock)
    const publication = this.publication()
    const outcome = await this.world.insist<Outcome<Published>>('hallabong', (room) => room.publish(publication))
    if (!outcome.ok) throw new Error('not published')
    const { termsHash, reserveCommitment, startsAt, endsAt } = outcome.value
    this.bidders.termsHash = termsHash
    this.reserveCommitment = reserveCommitment
    this.terms = { ...this.terms, startsAt, endsAt }
    for (const viewer of this.viewers) viewer.come()
    this.assembly?.begin()
  }

  private frozenTerms(): Terms {
    const { startsAt, endsAt } = this.terms
    const times = { startsAt: instant(startsAt), endsAt: instant(endsAt) }
    return { ...this.publication().terms, ...times, reserveCommitment: this.reserveCommitment }
  }

  private publication(): Publication {
    return publicationOf(this.world.auction, participant('hallabong'), this.terms)
  }

  // steps

  async take({ number, when, what }: Step): Promise<void> {
    const { world } = this
    const at = 'after' in when ? this.clock + when.after : this.momentNear(when.near) + when.off
    if (at > this.clock) await world.sleep(at - this.clock)
    // What aims at a millisecond takes no time on its way, nor what follows it at once.
    this.act(number, what, 'near' in when || when.after <= 2)
  }

  private momentNear(near: 'start' | 'end' | 'window'): number {
    const endsAt = latestLot()?.endsAt ?? this.terms.endsAt
    return { start: this.terms.startsAt, end: endsAt, window: endsAt - this.terms.windowMs }[near]
  }

  private act(number: number, what: What, isDirect: boolean): void {
    const { world } = this
    switch (what.do) {
      case 'bid':
      case 'buy':
        return this.bidders.ask(this.actionOf(`step-${number}-of-the-story`, what), what.way, isDirect)
      case 'again': {
        const before = this.bidders.sent.at(-1 - what.back)
        if (!before) return
        if (!what.isOther) return this.bidders.ask(before, what.way, isDirect)
        const other =
          before.do === 'bid' ? { ...before, amount: before.amount + 100 } : { ...before, price: before.price + 100 }
        return this.bidders.ask(other, what.way, isDirect)
      }
      case 'burst': {
        const { who, way, count } = what
        const amount = this.minimum()
        for (let at = 0; at < count; at++) {
          const key = `step-${number}-of-the-story-${at}`
          const one = {
            do: 'bid',
            who,
            key,
            kind: 'exact',
            amount: amount + at * 1_000,
            confirm: false,
            oldTerms: false,
          } as const
          this.bidders.ask(this.scripted.get(key) ?? one, way, isDirect)
        }
        return
      }
      case 'message':
        return void this.write(number, what.who)
      case 'note':
      case 'cancel':
      case 'void':
      case 'look':
        return this.command(what.do)
      case 'death':
        return world.die(what.keeps, what.downMs)
      case 'sleep':
        return void world.host.sleep()
      case 'cut':
        return this.viewers[what.viewer]?.cut(what.noticedAfterMs, what.heardAfterMs)
      case 'stop reading':
        return this.viewers[what.viewer]?.stopReading(what.ms)
      case 'relay':
        return world.letRelay(what.act, what.ms)
      case 'database':
        return world.letDatabase(what.act, what.ms)
      case 'slow disk':
        return world.slow('disk', what.ms)
      case 'slow network':
        return world.slow('network', what.ms)
      case 'clock':
        this.hasSkew = true
        world.skewMs += what.stepMs
        return
      case 'come':
      case 'go':
        return this.assembly?.move(what)
      case 'shard dies':
        return world.shardDies(what.shard, what.keeps, what.downMs)
      case 'shard sleeps':
        return world.shardSleeps(what.shard)
      case 'shard is slow':
        return world.shardIsSlow(what.shard, what.ms)
    }
  }

  private minimum(): number {
    const lot = latestLot()
    return lot?.leader ? lot.price + stepOf(lot.price) : this.terms.startPrice
  }

  private actionOf(key: string, what: What & { do: 'bid' | 'buy' }): Bidding {
    const script = this.scripted.get(key)
    if (script) return script
    const { who, oldTerms } = what
    if (what.do === 'buy') {
      const price = (this.terms.buyNowPrice ?? this.terms.startPrice) + what.off
      return { do: 'buy', who, key, price, oldTerms }
    }
    const lot = latestLot()
    const minimum = this.minimum()
    const base = {
      minimum,
      limit: lot?.leader?.max ?? minimum,
      reserve: this.terms.reservePrice ?? minimum,
      start: this.terms.startPrice,
      price: lot?.price ?? minimum,
      far: minimum * 10,
    }[what.base]
    const amount = base + what.steps * stepOf(base) + what.hundreds * 100 + what.stray
    return { do: 'bid', who, key, kind: what.kind, amount, confirm: what.confirm, oldTerms }
  }

  // everything else

  private async write(number: number, who: string): Promise<void> {
    const key = `message-${number}-of-the-story`
    this.bidders.waiting += 1
    for (;;) {
      const outcome = await this.world.insist<Outcome<ChatMessage>>(who, (room) =>
        room.sendMessage(participant(who), key, `message ${number}`),
      )
      if (outcome.ok) this.messages.push(outcome.value.id)
      if (outcome.ok || outcome.code !== 'too-many-requests') break
      // Whom a limit turned away has had no answer yet, and an earlier call may still be on its way: the same key asks again.
      await this.world.sleep(Number(outcome.extra?.['retryAfterMs']))
    }
    this.bidders.waiting -= 1
  }

  private command(name: 'note' | 'cancel' | 'void' | 'look'): void {
    const { world } = this
    const seller = participant('hallabong')
    void world.call<unknown>('hallabong', (room) => {
      switch (name) {
        case 'note':
          return room.addNote(seller, 'the strap is included')
        case 'cancel':
          return room.cancel(seller, 'changed my mind')
        case 'void':
          return room.void('not allowed here')
        case 'look':
          return room.state()
      }
    })
  }

  // the end

  async end(): Promise<Lived> {
    const { world } = this
    world.calmDown()
    await this.until(patience.answerMs, () => this.bidders.waiting === 0, 'a bid was never answered')
    // The room closes by itself: nobody looks.
    for (let lot = latestLot(); lot?.state === 'scheduled' || lot?.state === 'running'; lot = latestLot()) {
      const due = (lot.state === 'scheduled' ? lot.terms.startsAt : lot.endsAt) - world.skewMs
      if (world.timeline.now > due + patience.closingMs) throw new Error('the room did not close by itself')
      await world.sleep(Math.max(500, due - world.timeline.now))
    }
    const pages = await this.reader.ledger()
    const lines = pages.flatMap((page) => page.entries) as Run['lines']
    await this.until(patience.deliveryMs, () => this.reader.isDelivered(lines.length), null)
    this.assembly?.gather()
    const snapshot = await this.reader.snapshot()
    for (const viewer of [...this.viewers, ...(this.assembly?.others ?? [])])
      await this.until(patience.arrivalMs, () => viewer.isLive && (viewer.seq ?? -1) >= snapshot.seq, null)
    const assembled = (await this.assembly?.look(snapshot)) ?? null
    if (world.chance('next day').is(0.05)) await this.comeBackNextDay()
    const kept = await this.world.insist<{ items: ChatMessage[] }>('reader', (room) => room.messages(null, 200))
    const disk = <T extends Record<string, SqlStorageValue>>(text: string) => world.disk.exec<T>(text, [])
    const count = (table: string) => disk<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n ?? 0
    // The chat may have closed meanwhile.
    const snapshotAtLast = await this.reader.snapshot()
    await this.assembly?.disperse()
    return {
      run: {
        auction: world.auction,
        terms: this.terms,
        asked: this.bidders.attempts,
        lines,
        streams: this.viewers.map(({ stream }) => stream),
        events: world.events,
        snapshot: snapshotAtLast,
        row: this.reader.row(),
      },
      evidence: world.signs ? await this.reader.evidence(pages, this.frozenTerms(), this.bidders.attempts) : null,
      sent: this.bidders.sent,
      attempts: this.bidders.attempts,
      judged: disk('select id, account, at from bid order by place'),
      deaths: world.host.deaths,
      hasSkew: this.hasSkew,
      messages: { sent: this.messages, kept: kept.items.map(({ id }) => id) },
      left: { unsent: count('outbox'), aside: count('outbox_aside') },
      followed: {
        ...world.neighbours.seen(),
        queued: this.reader.queued(),
        numbers: disk('select number, account, first_seq as firstSeq from bidder order by number'),
      },
      passages: world.passages,
      assembled: assembled && { ...assembled, left: this.assembly?.left() ?? [] },
      troubles: world.troubles,
    }
  }

  /** By then the room has forgotten keys and facts: who comes back may have to begin with a snapshot. */
  private async comeBackNextDay(): Promise<void> {
    const everyone = [...this.viewers, ...(this.assembly?.others ?? this.bidders.windows.values())]
    for (const one of everyone) one.leave()
    await this.world.sleep(sockets.keptAfterEndMs + 3_600_000)
    const { seq } = await this.reader.snapshot()
    for (const viewer of this.viewers) {
      viewer.come()
      await this.until(patience.arrivalMs, () => viewer.isLive && (viewer.seq ?? -1) >= seq, null)
    }
  }

  /** Waits until it is so. Whether it may take longer than that is for the checks to say where `complaint` is null. */
  private async until(patienceMs: number, isSo: () => boolean, complaint: string | null): Promise<void> {
    const { timeline } = this.world
    for (const late = timeline.now + patienceMs; !isSo(); await this.world.sleep(1_000)) {
      if (timeline.now <= late) continue
      if (complaint !== null) throw new Error(complaint)
      return
    }
  }
}
