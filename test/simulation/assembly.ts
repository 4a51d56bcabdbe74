import type { Presence } from '../../worker/contract/auctions.ts'
import type { ServerFrame, Snapshot } from '../../worker/contract/live.ts'
import type { Stream } from '../model/predicates.ts'
import { windowOf, type Bidders } from './bidders.ts'
import type { Client } from './client.ts'
import type { Crowding, OfAudience } from './story.ts'
import type { World } from './world.ts'

/** What became of an audience that its room did not hold alone. */
export interface Assembled {
  /** Of windows that hear what is theirs alone: until everybody was there, and how the room stood then. */
  streams: Stream[]
  snapshot: Snapshot
  /** Who was there in the end, who was by the room's count, and by what each window was told. */
  present: {
    true: number
    room: number
    named: string[]
    trulyNamed: string[]
    heard: [name: string, count: number | null][]
  }
  /** Windows with answers that are not theirs, and with questions that got none. */
  strays: [name: string, frame: ServerFrame][]
  unanswered: [name: string, ref: string][]
  /** How many shards there were, how often one died, and how often somebody was sent away to come back. */
  shards: { opened: number; deaths: number; goodbyes: number }
  /** What is left of it when everybody has gone. */
  left: string[]
}

const patience = { countMs: 240_000, dispersalMs: 240_000, lookMs: 2_000 } as const

interface Window {
  client: Client
  /** Null for a visitor. */
  who: string | null
}

/** The people of a story with shards: who they are, how they come and go, and what they say in the end. */
export class Assembly {
  private readonly world: World
  private readonly story: Crowding
  private readonly bidders: Bidders
  private readonly viewers: Client[]
  private readonly windows: Window[]

  constructor(world: World, story: Crowding, bidders: Bidders, viewers: Client[]) {
    this.world = world
    this.story = story
    this.bidders = bidders
    this.viewers = viewers
    this.windows = story.windows.map((who, at) => {
      const name = `window ${at}`
      return { who, client: who === null ? world.client(name, null) : windowOf(world, name, who) }
    })
  }

  begin(): void {
    for (const who of this.story.bidders) this.bidders.windowOf(who)
  }

  move({ do: what, first, count }: OfAudience & { do: 'come' | 'go' }): void {
    for (const { client } of this.windows.slice(first, first + count)) {
      if (what === 'go') client.leave()
      else if (client.isAway) client.come()
    }
  }

  /** All windows but those of the viewers. */
  get others(): Client[] {
    return [...this.bidders.windows.values(), ...this.windows.map(({ client }) => client)]
  }

  /** Everybody comes who is away. */
  gather(): void {
    for (const { client } of this.windows) if (client.isAway) client.come()
  }

  private everybody(): Window[] {
    return [
      ...this.viewers.map((client) => ({ client, who: null })),
      ...[...this.bidders.windows].map(([who, client]) => ({ client, who })),
      ...this.windows,
    ]
  }

  /** Waits until everybody is counted and answered, and takes down what there is to be seen. */
  async look(snapshot: Snapshot): Promise<Omit<Assembled, 'left'>> {
    const { world } = this
    const everybody = this.everybody()
    const people = new Set(everybody.flatMap(({ who }) => who ?? []))
    const count = people.size + everybody.filter(({ who }) => who === null).length
    let room: Presence
    const late = world.timeline.now + patience.countMs
    for (;;) {
      room = await world.insist<Presence>('reader', (one) => one.presence())
      const isCounted = room.count === count && room.named.length === people.size
      const isTold = everybody.every(
        ({ client }) => client.isLive && client.present === count && client.unanswered.length === 0,
      )
      if ((isCounted && isTold) || world.timeline.now > late) break
      await world.sleep(patience.lookMs)
    }
    return {
      snapshot,
      streams: this.others.map(({ stream: { name, parts } }) => ({ name, parts: parts.map((part) => [...part]) })),
      present: {
        true: count,
        room: room.count,
        named: room.named.map(({ handle }) => handle).toSorted(),
        trulyNamed: [...people].toSorted(),
        heard: everybody.map(({ client }) => [client.name, client.present]),
      },
      strays: everybody.flatMap(({ client }) =>
        client.strays.map((frame) => [client.name, frame] as [string, ServerFrame]),
      ),
      unanswered: everybody.flatMap(({ client }) =>
        client.unanswered.map((ref) => [client.name, ref] as [string, string]),
      ),
      shards: {
        opened: world.shards.size,
        deaths: [...world.shards.values()].reduce((sum, { host }) => sum + host.deaths.length, 0),
        goodbyes: everybody.flatMap(({ client }) => client.stream.parts.flat()).filter(({ type }) => type === 'goodbye')
          .length,
      },
    }
  }

  /** Everybody goes, and the platform has time to tell. */
  async disperse(): Promise<void> {
    for (const { client } of this.everybody()) client.leave()
    const late = this.world.timeline.now + patience.dispersalMs
    while (this.left().length > 0 && this.world.timeline.now <= late) await this.world.sleep(patience.lookMs)
  }

  left(): string[] {
    const { disk, shards } = this.world
    const { shards: kept } = disk.saved() as { shards?: { number: number }[] }
    return [
      ...(kept ?? []).map(({ number }) => `the room still has shard ${number}`),
      ...[...shards].flatMap(([number, { shelf }]) => {
        const names = Object.keys(shelf.saved())
        return [
          ...(names.length > 0 ? [`shard ${number} still keeps ${names.join()}`] : []),
          ...(shelf.alarm === null ? [] : [`shard ${number} still has an alarm`]),
        ]
      }),
    ]
  }
}
