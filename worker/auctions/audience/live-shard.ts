import type { AuctionId } from '../../contract/ids.ts'
import type { Checkpoint } from '../../contract/ledger.ts'
import { sockets } from '../../contract/limits.ts'
import type { Batch } from '../../contract/live.ts'
import { unpackFacts } from '../../contract/wire.ts'
import { machineTime, type ObjectClock } from '../../kernel/alarms.ts'
import { now } from '../../kernel/clock.ts'
import { describeError, log } from '../../kernel/log.ts'
import { dismiss, isOpen } from '../../kernel/sockets.ts'
import { roomOf } from '../room-client.ts'
import type { Hall } from '../room/doorway.ts'
import { batchOf, Recent } from '../room/recent.ts'
import { Session } from '../room/session.ts'
import type { About, AudienceRoomRpc, PushedBatch, Report, Standing } from './commands.ts'
import { Reporter } from './reporter.ts'
import { RoomLine } from './room-line.ts'
import { ShardSeats } from './shard-seats.ts'

export interface ShardDeps {
  ctx: DurableObjectState
  env: Env
  auction: AuctionId
  /** Its number among the shards of its auction. */
  shard: number
}

/** Place of the last fact that went to the sockets here: they stay while the object sleeps. */
const sentName = 'sent'

/**
 * One shard at work: sockets, the last facts, and a line to the room, from which all that it has can be had again. It is attached from
 * its first socket until the room knows that the last one has gone.
 */
export class LiveShard {
  readonly seats: ShardSeats
  readonly room: RoomLine
  readonly clock: ObjectClock = {
    now: () => (now() + this.shiftMs) as ReturnType<typeof now>,
    shiftMs: () => this.shiftMs,
  }
  /** Answers that are still awaited, by the session that asked. */
  readonly asked = new Map<Session, Set<Promise<unknown>>>()
  isClosing = false
  presence = ''
  private readonly deps: ShardDeps
  private readonly reporter: Reporter
  private shiftMs = 0
  private about: About | null = null
  private attaching: Promise<About | null> | null = null
  private recent: Recent | null = null
  private checkpoint: Checkpoint | null = null
  /** Facts up to this place exist. */
  private wanted = 0
  private fetching: Promise<void> | null = null
  private extending: Promise<void> | null = null
  private snapshotting: Promise<{ seq: number; text: string } | null> | null = null
  private isSweepSet = false
  private isWaking = false

  constructor(deps: ShardDeps) {
    this.deps = deps
    const { ctx, env, auction } = deps
    this.room = new RoomLine(() => roomOf(env, auction) as unknown as AudienceRoomRpc)
    this.reporter = new Reporter({
      seats: (this.seats = new ShardSeats({
        clock: this.clock,
        lastPing: (socket) => ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0,
        // Who slept through it has been reported.
        headsChanged: (account) => !this.isWaking && this.reporter.note(account),
      })),
      machineNow: () => machineTime(this.clock),
      send: (report) => this.report(report),
      reportedEmpty: () => this.detach(),
      failed: () => this.sweepLater(),
    })
    this.wake()
  }

  /** Sockets that slept through it. */
  private wake(): void {
    const { ctx } = this.deps
    const found = ctx.getWebSockets().filter(isOpen)
    if (found.length === 0) return
    const sent = ctx.storage.kv.get<number>(sentName) ?? null
    if (sent !== null) this.recent = new Recent(sent)
    this.isWaking = true
    for (const socket of found) {
      const session = Session.wake(socket)
      // Without the place nobody knows what they have; they come again and say it.
      if (!session || (sent === null && session.isListening)) dismiss(socket, 'restart')
      else {
        if (session.isListening) session.resume(sent ?? 0)
        this.seats.add(session)
      }
    }
    this.isWaking = false
    // The alarm has slept through it, too. Set anew by each that wakes the shard it would never ring.
    this.isSweepSet = true
  }

  /** What people come into; null where there is no such auction. */
  async hall(): Promise<Hall | null> {
    const about = await this.ready()
    if (!about) return null
    const { ctx, env, auction } = this.deps
    const { clock, seats } = this
    return { ctx, env, clock, seats, auction, seller: about.seller, attended: () => this.attended() }
  }

  /** False where the room needs a whole one. */
  private async report(report: Report): Promise<boolean> {
    const heard = await this.room.ask((room) => room.report(this.deps.shard, report))
    if (!heard) return true
    // The room may have taken this shard for empty, and not sent what came since.
    if (this.seats.size > 0) this.hearOf(heard.seq)
    return heard.isUnderstood
  }

  attended(): void {
    this.reporter.soon()
    this.sweepLater()
  }

  /** What is known of the room, once the room knows of this shard. */
  ready(): Promise<About | null> {
    if (this.about) return Promise.resolve(this.about)
    this.attaching ??= this.attach().finally(() => (this.attaching = null))
    return this.attaching
  }

  private async attach(): Promise<About | null> {
    const about = await this.room.ask((room) => room.attach(this.deps.shard))
    if (!about) return null
    this.about = about
    this.begin(about.seq)
    this.follow(about)
    return about
  }

  private begin(seq: number): Recent {
    if (!this.recent) {
      this.recent = new Recent(seq)
      this.remember(seq)
      // Whoever it was attached for may not have come in: what is kept is looked after from the first moment.
      this.setSweep()
    }
    return this.recent
  }

  /** Not waited for by what is sent: a crash that loses it takes the sockets, too. */
  private remember(seq: number): void {
    void this.deps.ctx.storage.put(sentName, seq, { allowUnconfirmed: true })
  }

  /** The room knows that nobody is here. The next socket begins anew. */
  private detach(): void {
    const { storage } = this.deps.ctx
    this.about = null
    this.recent = null
    this.checkpoint = null
    this.wanted = 0
    this.isClosing = false
    this.isSweepSet = false
    void storage.deleteAlarm()
    void storage.deleteAll()
  }

  // facts

  /** What the room sends everybody: passed on at once when it is the next, fetched when something is missing before it. */
  push(batch: PushedBatch): void {
    // Whoever is on the way in has to get it, too.
    this.wanted = Math.max(this.wanted, batch.last)
    if (this.seats.size === 0) return
    const recent = this.begin(batch.first - 1)
    if (batch.first > recent.last + 1) void this.fetchLater()
    else this.take(batch)
  }

  private take({ last, text }: PushedBatch): void {
    const { recent } = this
    if (!recent || last <= recent.last) return
    const { frames, checkpoint = null, first: itsFirst } = JSON.parse(text) as Batch
    const facts = unpackFacts(frames).filter(({ seq }) => seq > recent.last)
    const first = recent.last + 1
    const texts = new Map([[itsFirst, text]])
    recent.append(facts)
    this.checkpoint = checkpoint ?? this.checkpoint
    this.remember(last)
    const from = (place: number): string => {
      const made =
        texts.get(place) ??
        JSON.stringify(
          batchOf(
            facts.filter(({ seq }) => seq >= place),
            checkpoint,
          ),
        )
      texts.set(place, made)
      return made
    }
    this.seats.deliver({ first, last, from })
  }

  /** How the room stands: what is lacking is fetched. */
  follow({ seq, shiftMs, presence }: Standing): void {
    this.shiftMs = shiftMs
    if (presence !== '' && presence !== this.presence) this.say(presence)
    this.hearOf(seq)
  }

  /** Facts up to this place exist. What is lacking is fetched. */
  private hearOf(seq: number): void {
    this.wanted = Math.max(this.wanted, seq)
    if (this.recent && this.recent.last < this.wanted) void this.fetchLater()
  }

  /** After the room began a new life, or could not reach this shard. */
  async look(standing: Standing): Promise<void> {
    if (this.seats.size > 0) await this.ready()
    this.follow(standing)
    this.reporter.whole()
  }

  private fetchLater(): Promise<void> {
    this.fetching ??= this.fetchAll().finally(() => (this.fetching = null))
    return this.fetching
  }

  private async fetchAll(): Promise<void> {
    try {
      while (this.recent && this.recent.last < this.wanted) {
        const { last } = this.recent
        const later = await this.room.ask((room) => room.factsAfter(last, sockets.resumeFacts))
        if (!later) return this.restart()
        for (const batch of later.batches) this.take(batch)
        // The room has no more: whoever wanted more was ahead of it.
        if (later.batches.length === 0) this.wanted = later.seq
      }
    } catch (error) {
      log('warn', 'facts-not-fetched', { auction: this.deps.auction, ...describeError(error) })
    }
  }

  /** Nobody has what these sockets lack: they begin anew. */
  private restart(): void {
    for (const session of this.seats.all()) this.seats.dismiss(session, 'restart')
  }

  /** Whether all that came after this place is here, when it could be had. */
  async reaches(seq: number): Promise<boolean> {
    this.hearOf(seq)
    await this.fetching
    if (this.recent && seq + 1 < this.recent.first && this.recent.last - seq <= sockets.resumeFacts)
      await (this.extending ??= this.extend().finally(() => (this.extending = null)))
    const { recent } = this
    return recent !== null && recent.covers(seq) && recent.last - seq <= sockets.resumeFacts
  }

  /** Fetches what came before the facts that are here, as far back as anybody may ask. */
  private async extend(): Promise<void> {
    const { recent } = this
    if (!recent) return
    const from = Math.max(0, recent.last - sockets.resumeFacts)
    const later = await this.room.ask((room) => room.factsAfter(from, recent.first - 1 - from))
    recent.prepend((later?.batches ?? []).flatMap(({ text }) => unpackFacts((JSON.parse(text) as Batch).frames)))
  }

  get last(): number {
    return this.recent?.last ?? 0
  }

  /** The facts after this place as frames; null where they are not here. */
  framesAfter(seq: number): string[] | null {
    return this.recent?.covers(seq) ? this.recent.framesAfter(seq, () => this.checkpoint) : null
  }

  /** The whole room. Who asks while it is on its way gets the same. */
  snapshot(): Promise<{ seq: number; text: string } | null> {
    this.snapshotting ??= this.room.ask((room) => room.snapshot()).finally(() => (this.snapshotting = null))
    return this.snapshotting
  }

  say(presence: string): void {
    this.presence = presence
    this.seats.say(presence)
  }

  /** Everybody goes where the edge sends them next; who waits for an answer gets it first. */
  async empty(): Promise<void> {
    this.isClosing = true
    for (const session of this.seats.all()) if (!this.asked.has(session)) this.seats.dismiss(session, 'moved')
    await Promise.allSettled([...this.asked.values()].flatMap((answers) => [...answers]))
    for (const session of this.seats.all()) this.seats.dismiss(session, 'moved')
    this.attended()
  }

  // time

  private sweepLater(): void {
    if (this.seats.size > 0 || this.reporter.isBehind) this.setSweep()
  }

  private setSweep(): void {
    if (this.isSweepSet) return
    this.isSweepSet = true
    void this.deps.ctx.storage.setAlarm(now() + sockets.sweepMs)
  }

  sweep(): void {
    this.isSweepSet = false
    this.seats.sweep()
    // One that nobody is in ends when the room knows it, also after a death.
    if (this.reporter.isBehind || this.seats.size === 0) this.reporter.soon()
    // Also where nobody is: who dies after the room has heard it, and before it knows that, is asked by nobody any more.
    this.setSweep()
  }

  dropTimers(): void {
    this.seats.dropTimers()
    this.reporter.dropTimers()
  }
}
