import { AuctionAudience } from '../../worker/auctions/audience.ts'
import { shardName } from '../../worker/auctions/audience-client.ts'
import type { AuctionRoom } from '../../worker/auctions/room.ts'
import { Store } from '../../worker/auctions/room/storage.ts'
import type { Lot } from '../../worker/auctions/rules/lot.ts'
import { seat, type Remembered } from '../../worker/auctions/seating.ts'
import type { Envelope } from '../../worker/contract/events.ts'
import type { AccountId, AuctionId } from '../../worker/contract/ids.ts'
import { audience } from '../../worker/contract/limits.ts'
import type { DealOpening } from '../../worker/deals/api.ts'
import { setAudienceSizes } from '../../worker/kernel/live-limits.ts'
import { standInForRelay, type Relay, type RelayOutcome } from '../../worker/kernel/relay.ts'
import type { Notice } from '../../worker/notifications/api.ts'
import { rules as productRules, type Rules } from '../model/desk.ts'
import { Client, type ClientDeps } from './client.ts'
import { beginRun, databaseOver, endRun } from './house/database.ts'
import { ids, settings } from './house/people.ts'
import { isOfTheWorld, lostCall, stubOf, type CallsDeps } from './platform/calls.ts'
import { chanceOf, type Chance } from './platform/chance.ts'
import { Disk, layTables } from './platform/disk.ts'
import { takeOver } from './platform/globals.ts'
import { Host, type Hosted, type HostDeps } from './platform/host.ts'
import type { Ear, Line } from './platform/lines.ts'
import { Shelf } from './platform/shelf.ts'
import { Thread } from './platform/thread.ts'
import { Timeline } from './platform/timeline.ts'
import { Neighbours } from './neighbours.ts'
import { judgeBy, lotFellBackTo } from './rules.ts'
import { calm, type DatabaseAct, type RelayAct, type Story, type Weather } from './story.ts'
import { WatchedRoom, type Passage } from './watched-room.ts'

layTables((storage) => new Store(storage).migrate())

/** What is wrong on purpose in a run that must be found out. */
export interface Bug {
  rules?: Rules
  hasNoGate?: boolean
  timersKeepMs?: number
  /** Makes stories in which it shows itself sooner. */
  among?: (story: Story) => Story
  /** Changes methods of the shell for the run; gives back what undoes it. */
  patch?: () => () => void
}

export interface Circumstances {
  /** Real Ed25519 signatures, for the verifier. */
  signs?: boolean
  bug?: Bug | null
}

/** One environment for the process, as an isolate has it: settings are read once. It leads into the world that runs. */
const present: { world: World | null } = { world: null }
function world(): World {
  if (!present.world) throw new Error('no world runs')
  return present.world
}
const env = {
  ...settings,
  DB: databaseOver((work) => world().askDatabase(work)),
  INBOX: objects(() => ({
    redeem: (nonce: string) => world().redeem(nonce),
    notify: (account: AccountId, notices: Notice[]) => world().neighbours.notify(account, notices),
  })),
  DEAL: objects(() => ({ open: (opening: DealOpening) => world().neighbours.open(opening) })),
  // What the queue holds is looked at in the end.
  DRAIN: objects(() => ({ nudge: () => Promise.resolve() })),
  AUCTION_ROOM: objects(() => world().roomStub()),
  AUCTION_AUDIENCE: objects((name) => world().shardStub(name)),
} as unknown as Env

function objects(get: (name: string) => object) {
  return { idFromName: (name: string) => name, get }
}

const triesMost = 500
/** More events than any run has: whoever gets here goes round in a circle. */
const eventsMost = 100_000
const setImmediateOfProcess = setImmediate

/** One room, its audience and everything around them, in one process, at the pace of a computer. */
export class World {
  readonly story: Story
  readonly auction: AuctionId
  readonly timeline: Timeline
  readonly host: Host<AuctionRoom>
  readonly disk = new Disk()
  /** The shards that there have been, by number, and what each has on disk. */
  readonly shards = new Map<number, { host: Host<AuctionAudience>; shelf: Shelf }>()
  /** Bids on their way through the room. */
  readonly passages: Passage[] = []
  /** What the relay has stored of the room's stream, in order. */
  readonly events: Envelope[] = []
  /** What went wrong where nothing may: unexpected throws, lines of level error. */
  readonly troubles: string[] = []
  /** Inboxes and deals, as far as the room has to do with them. */
  readonly neighbours: Neighbours
  weather: Weather
  /** How far the wall clock of the room's machine stands from true time. */
  skewMs = 0
  private readonly chances = new Map<string, Chance>()
  private readonly thread: Thread
  private readonly calls: CallsDeps
  /** What each isolate of the edge remembers. */
  private readonly edges: Remembered[] = [new Map(), new Map()]
  private readonly slowUntil = { disk: 0, network: 0 }
  private readonly slowShards = new Map<number, number>()
  private relayAct: { act: RelayAct; until: number } | null = null
  private databaseAct: { act: DatabaseAct; until: number } | null = null
  private readonly nonces = new Set<string>()
  private readonly bug: Bug
  /** Whether signatures are real. */
  readonly signs: boolean
  private deathKeeps: 'nothing' | 'some' | 'all' = 'nothing'

  constructor(story: Story, { bug, signs = false }: Circumstances = {}) {
    this.story = story
    this.bug = bug ?? {}
    this.signs = signs
    this.weather = story.weather
    this.timeline = new Timeline(story.publishedAt)
    this.auction = ids.derive('auction', story.seed)
    this.neighbours = new Neighbours((name, work) => this.unreliable(name, work))
    const { timeline } = this
    this.thread = new Thread({ timeline, delayMs: (name) => this.delayMs(name) })
    this.calls = {
      timeline,
      thread: this.thread,
      delayMs: (name) => this.callMs(name),
      isLost: (name) => this.chance(`losses of ${name}`).is(this.weather.lostCall),
      noticedAfterMs: (name) => this.chance(`noticing of ${name}`).among([0, 20, 1_000]),
      threw: (what, error) => this.troubles.push(`${what}: ${String(error)}`),
    }
    this.host = new Host(
      this.hosted(this.auction, '', {
        disk: this.disk,
        construct: (ctx) => new WatchedRoom(ctx, env, { now: () => this.timeline.now, passages: this.passages }),
      }),
    )
  }

  /** What the platform under an object is like. Each draws its own numbers. */
  private hosted<Held extends Hosted>(
    name: string,
    mark: string,
    own: Pick<HostDeps<Held>, 'disk' | 'construct'>,
  ): HostDeps<Held> {
    const { timeline, thread, story, bug } = this
    const [disk, alarm] = [`disk${mark}`, `alarm${mark}`]
    return {
      ...own,
      name,
      timeline,
      thread,
      skewMs: () => this.skewMs,
      habits: {
        diskMs: () => this.draw(disk, this.weather.diskMs) + Math.max(0, this.slowUntil.disk - this.timeline.now),
        alarmLateMs: () => this.rarely(alarm, this.weather.lateAlarm),
        isAlarmDoubled: () => this.chance(alarm).is(this.weather.doubledAlarm),
        sleepAfterMs: story.weather.sleepAfterMs,
        keptTurns: (unconfirmed) => this.keptTurns(unconfirmed, mark),
        delayMs: (line) => this.delayMs(line),
        hasGate: bug.hasNoGate !== true,
        timersKeepMs: bug.timersKeepMs ?? Infinity,
      },
      purge: () => this.outside('purge', [1, 40], () => undefined),
      threw: (what, error) => this.troubles.push(`${what}: ${String(error)}`),
    }
  }

  private shard(number: number): Host<AuctionAudience> {
    const known = this.shards.get(number)
    if (known) return known.host
    const shelf = new Shelf()
    const construct = (ctx: DurableObjectState) => new AuctionAudience(ctx, env)
    const name = shardName(this.auction, number)
    const host = new Host(this.hosted(name, ` of shard ${number}`, { disk: shelf, construct }))
    this.shards.set(number, { host, shelf })
    return host
  }

  /** For whoever is at work: the edge, or a shard. */
  roomStub(): object {
    return stubOf(this.calls, `${this.atWork()} to room`, this.host)
  }

  shardStub(name: string): object {
    const number = Number(name.split('/')[1])
    return stubOf(this.calls, `${this.atWork()} to ${number}`, this.shard(number))
  }

  private atWork(): string {
    const { host } = this.thread
    if (host === null) return 'edge'
    return host === this.host ? 'room' : `${[...this.shards].find(([, { host: one }]) => one === host)?.[0]}`
  }

  /** Calls to a shard that is slow, and from it, arrive when it is no longer. */
  private callMs(line: string): number {
    const slowUntil = Math.max(...line.split(' to ').map((end) => this.slowShards.get(Number(end)) ?? 0))
    return this.draw(`calls of ${line}`, this.weather.callMs) + Math.max(0, slowUntil - this.timeline.now)
  }

  /** The numbers that belong to a name: nobody else's drawing moves them. */
  chance(name: string): Chance {
    let known = this.chances.get(name)
    if (!known) this.chances.set(name, (known = chanceOf(`${this.story.seed} ${name}`)))
    return known
  }

  draw(name: string, [least, most]: [number, number]): number {
    return least === most ? least : this.chance(name).between(least, most)
  }

  private rarely(name: string, { probability, mostMs }: { probability: number; mostMs: number }): number {
    if (probability === 0) return 0
    const chance = this.chance(name)
    return chance.is(probability) ? chance.between(0, mostMs) : 0
  }

  delayMs(name: string): number {
    if (name === 'direct') return 0
    const { delayMs, straggler } = this.weather
    return (
      this.draw(name, delayMs) + this.rarely(name, straggler) + Math.max(0, this.slowUntil.network - this.timeline.now)
    )
  }

  // accidents

  die(keeps: 'nothing' | 'some' | 'all', downMs: number): void {
    this.deathKeeps = keeps
    const { saved } = this.host.die(downMs, () => this.chance('noticing').among([0, 20, 1_000]))
    lotFellBackTo((saved as { course?: { lot: Lot } }).course?.lot ?? null)
  }

  private keptTurns(unconfirmed: number, mark: string): number {
    if (this.deathKeeps === 'nothing') return 0
    return this.deathKeeps === 'all' ? unconfirmed : this.chance(`death${mark}`).between(0, unconfirmed)
  }

  /** The shard at that place among those that there have been. */
  private shardAt(place: number): { number: number; host: Host<AuctionAudience> } | null {
    const all = [...this.shards]
    const found = all[place % Math.max(1, all.length)]
    return found ? { number: found[0], host: found[1].host } : null
  }

  shardDies(place: number, keeps: 'nothing' | 'some' | 'all', downMs: number): void {
    this.deathKeeps = keeps
    this.shardAt(place)?.host.die(downMs, () => this.chance('noticing of shards').among([0, 20, 1_000]))
  }

  shardSleeps(place: number): void {
    this.shardAt(place)?.host.sleep()
  }

  shardIsSlow(place: number, ms: number): void {
    const shard = this.shardAt(place)
    if (shard) this.slowShards.set(shard.number, this.timeline.now + ms)
  }

  slow(what: 'disk' | 'network', ms: number): void {
    this.slowUntil[what] = this.timeline.now + ms
  }

  letRelay(act: RelayAct, ms: number): void {
    this.relayAct = { act, until: this.timeline.now + ms }
  }

  letDatabase(act: DatabaseAct, ms: number): void {
    this.databaseAct = { act, until: this.timeline.now + ms }
  }

  calmDown(): void {
    this.weather = calm
    this.relayAct = null
    this.databaseAct = null
    this.slowShards.clear()
  }

  // what the room reaches

  /** Work outside of the object, and its result back into the life that asked. Leaves like a message: after the writes before it. */
  private outside<T>(name: string, ms: [number, number], work: () => T): Promise<T> {
    const { host } = this.thread
    const life = host?.current
    if (!host || !life) throw new Error('nobody is at work')
    return new Promise((resolve, reject) => {
      host.say(() =>
        this.timeline.after(this.draw(name, ms), () => {
          let settle: () => void
          try {
            const result = work()
            settle = () => resolve(result)
          } catch (error) {
            settle = () => reject(error as Error)
          }
          this.timeline.after(this.draw(name, ms), () => host.resume(life, settle))
        }),
      )
    })
  }

  /** Some calls do not arrive, of some the answer is lost. */
  private unreliable<T>(name: string, work: () => T): Promise<T> {
    const isLost = () => this.chance(`losses of ${name}`).is(this.weather.lostAnswer)
    return this.outside(name, [1, 30], () => {
      if (isLost()) throw new Error(`the ${name} is away`)
      const result = work()
      if (isLost()) throw new Error(`the answer of the ${name} is lost`)
      return result
    })
  }

  redeem(nonce: string): Promise<boolean> {
    return this.outside('inbox', [1, 20], () => {
      const isFirst = !this.nonces.has(nonce)
      this.nonces.add(nonce)
      return isFirst
    })
  }

  askDatabase<T>(work: () => T): Promise<T> {
    const act = this.actOf(this.databaseAct)
    const ms: [number, number] = act === 'is slow' ? [2_000, 20_000] : this.weather.databaseMs
    return this.outside('database', ms, () => {
      if (act === 'fails') throw new Error('D1_ERROR: the database is away')
      const result = work()
      if (act === 'loses answers') throw new Error('D1_ERROR: network connection lost')
      return result
    })
  }

  private actOf<A>(state: { act: A; until: number } | null): A | null {
    return state && this.timeline.now < state.until ? state.act : null
  }

  private publishEvents(events: readonly Envelope[]): Promise<RelayOutcome<Record<string, number>>> {
    const act = this.actOf(this.relayAct)
    const unreachable = { ok: false, retry: true, code: 'unreachable' } as const
    // Whoever waits for a relay gives up after 10 s.
    const ms: [number, number] = act === 'is slow' ? [6_000, 40_000] : this.weather.relayMs
    return this.outside('relay', ms, () => {
      if (act === 'is away') return unreachable
      for (const event of events) {
        const last = this.events.at(-1)?.seq ?? 0
        if (event.seq > last) this.events.push(event)
      }
      if (act === 'dies after storing') return unreachable
      return { ok: true, value: { [`auction:${this.auction}`]: this.events.at(-1)?.seq ?? 0 } }
    })
  }

  // running

  /** Runs the direction with the world around it, to its end. Everything of the process that tells time or chance belongs to it meanwhile. */
  async run<T>(direction: (world: World) => Promise<T>): Promise<T> {
    const giveBack = takeOver(
      {
        wallClock: () => this.timeline.now + this.skewMs,
        monotonic: () => this.timeline.now - this.story.publishedAt,
        chance: this.chance('machine'),
        thread: this.thread,
        // A shard that asks in vain tells the one who asked it, and says so.
        heard: (level, line) => level === 'error' && !line.includes(lostCall) && this.troubles.push(line),
      },
      this.signs,
    )
    standInForRelay({ publish: (events) => this.publishEvents(events) } as Relay)
    judgeBy(this.bug.rules ?? productRules)
    const crowd = this.story.audience
    // Everybody in a turn of their own: whatever can come between two frames of one batch does.
    setAudienceSizes(crowd ? { ...crowd.sizes, turn: 1 } : audience)
    const mend = this.bug.patch?.()
    present.world = this
    beginRun()
    try {
      return await this.unroll(direction)
    } finally {
      endRun()
      present.world = null
      mend?.()
      standInForRelay(null)
      giveBack()
      setAudienceSizes(audience)
      this.disk.close()
    }
  }

  /**
   * One event after the other, with all its microtasks in between: Node runs them after each immediate. Many immediates are set at
   * once, for a turn of Node's own loop costs more than an event.
   */
  private unroll<T>(direction: (world: World) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false
      let events = 0
      const end = (settle: () => void) => {
        isOver = true
        settle()
      }
      this.timeline.after(0, () => {
        direction(this).then(
          (result) => end(() => resolve(result)),
          (error: unknown) => end(() => reject(error as Error)),
        )
      })
      const step = () => {
        if (isOver) return
        this.thread.endTurn()
        const work = this.timeline.next()
        events += 1
        if (!work) return end(() => reject(new Error('nothing happens any more, but the story is not over')))
        if (events > eventsMost) return end(() => reject(new Error('the story does not end')))
        try {
          work()
        } catch (error) {
          end(() => reject(error as Error))
        }
      }
      const pump = () => {
        if (isOver) return
        for (let count = 0; count < 64; count++) setImmediateOfProcess(step)
        setImmediateOfProcess(pump)
      }
      pump()
    })
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.timeline.after(ms, resolve))
  }

  /** Calls a method of the room over the network. Null when no answer came: it may have happened or not. */
  call<T>(name: string, method: (room: AuctionRoom) => Promise<T>, patienceMs = 4_000): Promise<T | null> {
    const { timeline, host } = this
    return new Promise((resolve) => {
      const giveUp = timeline.after(patienceMs, () => resolve(null))
      const answer = (value: T | null) => {
        timeline.cancel(giveUp)
        resolve(value)
      }
      timeline.after(this.delayMs(name), () => {
        const isTaken = host.event('call', async (room) => {
          const result = await method(room)
          const copy = JSON.stringify(result)
          host.say(() =>
            timeline.after(this.delayMs(name), () => {
              if (!this.chance(`${name} answers`).is(this.weather.lostAnswer))
                answer(copy === undefined ? null : (JSON.parse(copy) as T))
            }),
          )
        })
        if (!isTaken) timeline.after(this.delayMs(name), () => answer(null))
      })
    })
  }

  /** Calls until there is an answer. */
  async insist<T>(name: string, method: Parameters<World['call']>[1]): Promise<T> {
    for (let tries = 0; tries < triesMost; tries++) {
      const answer = (await this.call(name, method)) as T | null
      if (answer !== null) return answer
      await this.sleep(this.chance(`pauses of ${name}`).between(10, 1_000))
    }
    throw new Error('the room does not answer')
  }

  /** Somebody with a window on the room, who has not come yet. */
  client(name: string, ticket: (() => string) | null): Client {
    const { timeline, host, story } = this
    // Where there are no shards the way over the edge is the way to the room.
    const open: ClientDeps['open'] = (...args) => (story.audience ? this.openAtEdge(...args) : host.open(...args))
    return new Client(name, { timeline, chance: this.chance(`comings of ${name}`), open, ticket })
  }

  private openAtEdge(name: string, headers: Record<string, string>, ear: Ear): void {
    this.timeline.after(this.delayMs(name), () => {
      const memory = this.chance(`edges of ${name}`).among(this.edges)
      const inward = (added: Record<string, string>) => {
        const all = { ...headers, ...added }
        return { headers: { get: (header: string) => all[header] ?? null } } as unknown as Request
      }
      const refuse = () => void this.timeline.after(this.delayMs(name), () => ear.closed(1006))
      seat(env, this.auction, inward, memory).then(
        (response) => (response as unknown as { webSocket: Line }).webSocket.carryTo(name, ear),
        (error: unknown) => {
          if (!isOfTheWorld(error)) this.troubles.push(`edge: ${String(error)}`)
          refuse()
        },
      )
    })
  }
}
