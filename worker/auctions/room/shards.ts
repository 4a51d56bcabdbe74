import type { AccountId, AuctionId, LoginId } from '../../contract/ids.ts'
import { sockets } from '../../contract/limits.ts'
import type { ServerFrame } from '../../contract/live.ts'
import { instant } from '../../contract/time.ts'
import type { Participant } from '../../accounts/api.ts'
import { machineTime, type ObjectClock } from '../../kernel/alarms.ts'
import type { Bundle } from '../../kernel/listeners.ts'
import { liveLimits } from '../../kernel/live-limits.ts'
import { audienceOf } from '../audience-client.ts'
import type { AuctionAudienceRpc, Report, Standing } from '../audience/commands.ts'
import type { SellerRelation } from '../commands.ts'
import { placeNext, shardToEmpty, type Place, type ShardState } from '../rules/placement.ts'
import { shownOf, type Crowd } from './crowd.ts'
import { ShardLink } from './shard-link.ts'
import type { Store } from './storage.ts'

/** What is kept of a shard; the rest it tells again. Times are the machine's. */
export type KeptShard = Pick<ShardState, 'number' | 'openedAt' | 'isClosing'>

interface Shard extends ShardState {
  link: ShardLink
  /** Of its last report. */
  life: string
  reports: number
}

export interface ShardsDeps {
  env: Env
  auction: AuctionId
  store: Store
  clock: ObjectClock
  crowd: Crowd
  standing(): Standing
}

/** The room's side of its audience: which shards there are, who is in them, and the way to them. Most rooms have none. */
export class Shards {
  private readonly deps: ShardsDeps
  private readonly shards = new Map<number, Shard>()
  private awake: ReturnType<typeof setTimeout> | null = null

  constructor(deps: ShardsDeps) {
    this.deps = deps
    for (const kept of deps.store.get('shards') ?? []) this.add(kept)
  }

  get size(): number {
    return this.shards.size
  }

  get viewers(): number {
    let viewers = 0
    for (const { count } of this.shards.values()) viewers += count
    return viewers
  }

  /** Where the next socket goes, when the room itself has so many. `full` is a shard that had no place after all. */
  place(room: number, full: number | null): Place {
    const sizes = liveLimits().audience
    const turnedAway = full === null ? undefined : this.shards.get(full)
    if (turnedAway) turnedAway.count = Math.max(turnedAway.count, sizes.shard)
    const place = placeNext({ room, shards: [...this.shards.values()] }, sizes)
    if (place.at === 'shard') this.open(place.shard).count += 1
    return place
  }

  /** A shard has come to life with somebody in it. One that was not known, or was given up, counts again. */
  attach(number: number): void {
    this.open(number)
  }

  private open(number: number): Shard {
    const known = this.shards.get(number)
    if (known) return known
    const shard = this.add({ number, openedAt: instant(machineTime(this.deps.clock)), isClosing: false })
    this.keep()
    return shard
  }

  private add(kept: KeptShard): Shard {
    const { env, auction, standing } = this.deps
    const link = new ShardLink({
      connect: () => audienceOf(env, auction, kept.number),
      standing,
      about: { auction, shard: kept.number },
    })
    const shard = { ...kept, count: 0, link, life: '', reports: 0 }
    this.shards.set(kept.number, shard)
    this.stayAwake()
    return shard
  }

  /** Who is in the shards stands in memory alone: a room that slept would be asked how many are there, and not know. */
  private stayAwake(): void {
    this.awake ??= setTimeout(() => {
      this.awake = null
      if (this.shards.size > 0) this.stayAwake()
    }, sockets.sweepMs)
  }

  private keep(): void {
    const kept = [...this.shards.values()].map(({ number, openedAt, isClosing }) => ({ number, openedAt, isClosing }))
    this.deps.store.put('shards', kept)
  }

  /** Somebody is in that shard, whatever it has reported so far. */
  meet(number: number, who: Participant): void {
    const { crowd } = this.deps
    if (crowd.placesOf(who.account).includes(this.open(number).number)) return
    crowd.come(number, who.account, { shown: shownOf(who), opened: [] })
  }

  /** False when it builds on what the room has not heard. */
  report(number: number, { life, number: place, isWhole, sockets, visitors, here, gone }: Report): boolean {
    if (sockets === 0) {
      this.forget(number)
      return true
    }
    const shard = this.open(number)
    const { crowd } = this.deps
    if (isWhole) crowd.clear(number)
    else if (life !== shard.life || place !== shard.reports + 1) return false
    Object.assign(shard, { life, reports: place, count: sockets })
    for (const { account, ...has } of here) crowd.come(number, account, has)
    for (const account of gone) crowd.go(number, account)
    crowd.setVisitors(number, visitors)
    return true
  }

  private forget(number: number): void {
    this.deps.crowd.clear(number)
    this.shards.get(number)?.link.dropTimers()
    if (!this.shards.delete(number)) return
    this.keep()
    if (this.shards.size === 0) this.dropTimers()
  }

  /** Empties a shard when few are left. */
  thinOut(room: number): void {
    const shards = [...this.shards.values()]
    const now = instant(machineTime(this.deps.clock))
    const number = shardToEmpty({ room, shards }, liveLimits().audience, now)
    const shard = number === null ? undefined : this.shards.get(number)
    if (!shard) return
    shard.isClosing = true
    this.keep()
    shard.link.send('empty', (it) => it.empty())
  }

  push({ first, last, from }: Bundle): void {
    if (this.shards.size === 0) return
    const batch = { first, last, text: from(first) }
    for (const { link } of this.shards.values()) link.push(batch)
  }

  say(presence: string): void {
    for (const { link } of this.shards.values()) link.send('say', (shard) => shard.say(presence))
  }

  tell(places: readonly number[], account: AccountId, frame: ServerFrame): void {
    for (const place of places) this.shards.get(place)?.link.send('tell', (shard) => shard.tell(account, frame))
  }

  closeOldest(place: number, account: AccountId, count: number): void {
    this.shards.get(place)?.link.send('close-oldest', (shard) => shard.closeOldest(account, count))
  }

  /** Done when every shard has done it; throws where one has not. */
  closeSockets(account: AccountId, login: LoginId | null, code: number): Promise<void> {
    return this.everywhere((shard) => shard.closeSockets(account, login, code))
  }

  related(account: AccountId, relation: SellerRelation): Promise<void> {
    return this.everywhere((shard) => shard.related(account, relation))
  }

  /** Everybody is sent away; only a local door does that. */
  empty(): Promise<void> {
    return this.everywhere((shard) => shard.empty())
  }

  private async everywhere(work: (shard: AuctionAudienceRpc) => Promise<void>): Promise<void> {
    await Promise.all([...this.shards.values()].map(({ link }) => link.insist(work)))
  }

  /** After the room has begun a new life, or its clock was moved: nobody knows what shards were told. */
  look(): void {
    for (const { link } of this.shards.values()) link.look()
  }

  /** Shards of whom nothing is known are asked again; one that died with its sockets says that it is empty. */
  sweep(): void {
    for (const { link, isClosing } of this.shards.values()) {
      link.forgive()
      link.look()
      if (isClosing) link.send('empty', (shard) => shard.empty())
    }
  }

  dropTimers(): void {
    if (this.awake !== null) clearTimeout(this.awake)
    this.awake = null
    for (const { link } of this.shards.values()) link.dropTimers()
  }
}
