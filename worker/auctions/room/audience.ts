import type { Presence } from '../../contract/auctions.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { Checkpoint } from '../../contract/ledger.ts'
import { sockets as limits } from '../../contract/limits.ts'
import type { Fact, ServerFrame } from '../../contract/live.ts'
import { machineTime } from '../../kernel/alarms.ts'
import type { Bundle, ListenerDeps } from '../../kernel/listeners.ts'
import { sendQuietly } from '../../kernel/sockets.ts'
import type { Crowd } from './crowd.ts'
import { batchOf } from './recent.ts'
import { Seats } from './seats.ts'
import type { Shards } from './shards.ts'

export interface AudienceDeps extends Omit<ListenerDeps<Fact>, 'writer'> {
  checkpoint(): Checkpoint
  presenceChanged(count: number): void
  crowd: Crowd
  shards: Shards
}

/** The room's own place among those where people are. Shards have numbers from 1. */
const ownPlace = 0

/** Who is here, in the room and in the shards, and what they are told of each other. */
export class Audience extends Seats {
  private readonly deps: AudienceDeps
  private presenceTimer: ReturnType<typeof setTimeout> | null = null
  private presentAt = 0
  /** What everybody was told last of who is here. */
  told = ''

  constructor(deps: AudienceDeps) {
    super({
      ...deps,
      writer(facts) {
        const checkpoint = facts.some(({ type }) => ledgerFacts.has(type)) ? deps.checkpoint() : null
        return (part) => JSON.stringify(batchOf(part, checkpoint))
      },
    })
    this.deps = deps
  }

  /** Whether anybody watches, here or in a shard. */
  get isWatched(): boolean {
    return this.size > 0 || this.deps.shards.size > 0
  }

  protected override get reach(): number {
    return this.size + this.deps.shards.viewers
  }

  protected override deliver(bundle: Bundle): void {
    super.deliver(bundle)
    this.deps.shards.push(bundle)
  }

  protected override headsChanged(account: AccountId | null): void {
    const { crowd } = this.deps
    if (account === null) return crowd.setVisitors(ownPlace, this.visitors)
    const here = this.personHere(account)
    if (here) crowd.come(ownPlace, account, here)
    else crowd.go(ownPlace, account)
    this.limit(account)
  }

  /** Whoever has too many sockets over the room and its shards loses the oldest. */
  limit(account: AccountId): void {
    const { crowd, shards } = this.deps
    if (shards.size === 0) return
    for (const { place, count } of crowd.beyond(account, limits.perAccount))
      if (place === ownPlace) this.closeOldest(account, count)
      else shards.closeOldest(place, account, count)
  }

  protected override left(): void {
    this.presence()
  }

  tell(account: AccountId, frame: ServerFrame): void {
    for (const session of this.of(account)) if (session.isListening) this.send(session, frame)
    this.deps.shards.tell(this.deps.crowd.placesOf(account), account, frame)
  }

  override dropTimers(): void {
    super.dropTimers()
    if (this.presenceTimer !== null) clearTimeout(this.presenceTimer)
    this.presenceTimer = null
  }

  /** People once, whatever their tabs; visitors by socket. Named are those who let rooms name them. */
  present(): Presence {
    return this.deps.crowd.present()
  }

  /** Tells who is here when that changed, at most once a second and the latest only. */
  presence(): void {
    if (this.presenceTimer !== null) return
    const wait = this.presentAt + limits.presenceEveryMs - machineTime(this.deps.clock)
    if (wait <= 0 || wait > limits.presenceEveryMs) this.tellPresence()
    else this.presenceTimer = setTimeout(() => this.tellPresence(), wait)
  }

  private tellPresence(): void {
    this.presenceTimer = null
    const presence = this.present()
    const text = JSON.stringify({ type: 'presence', ...presence } satisfies ServerFrame)
    if (text === this.told) return
    this.told = text
    this.presentAt = machineTime(this.deps.clock)
    this.deps.presenceChanged(presence.count)
    for (const { socket, isListening } of this.all()) if (isListening) sendQuietly(socket, text)
    this.deps.shards.say(text)
  }
}

const ledgerFacts = new Set<Fact['type']>([
  'auction-started',
  'bid-placed',
  'auction-extended',
  'auction-ended',
  'auction-cancelled',
  'note-added',
])
