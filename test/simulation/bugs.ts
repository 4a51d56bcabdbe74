import { AuctionAudience } from '../../worker/auctions/audience.ts'
import type { PushedBatch, Report } from '../../worker/auctions/audience/commands.ts'
import { LiveShard } from '../../worker/auctions/audience/live-shard.ts'
import { ShardSeats } from '../../worker/auctions/audience/shard-seats.ts'
import { Batch } from '../../worker/auctions/room/batch.ts'
import { BidTable } from '../../worker/auctions/room/bid-table.ts'
import type { Arrival } from '../../worker/auctions/room/bids.ts'
import { Crowd } from '../../worker/auctions/room/crowd.ts'
import { LiveRoom } from '../../worker/auctions/room/live-room.ts'
import { Recent } from '../../worker/auctions/room/recent.ts'
import { Session } from '../../worker/auctions/room/session.ts'
import { ShardLink } from '../../worker/auctions/room/shard-link.ts'
import { Shards } from '../../worker/auctions/room/shards.ts'
import { Store } from '../../worker/auctions/room/storage.ts'
import { decide } from '../../worker/auctions/rules.ts'
import { end } from '../../worker/auctions/rules/closing.ts'
import type { Presence } from '../../worker/contract/auctions.ts'
import type { AccountId } from '../../worker/contract/ids.ts'
import type { ServerFrame } from '../../worker/contract/live.ts'
import type { Instant } from '../../worker/contract/time.ts'
import { Alarms } from '../../worker/kernel/alarms.ts'
import { now } from '../../worker/kernel/clock.ts'
import type { Bundle } from '../../worker/kernel/listeners.ts'
import { mutants } from '../model/mutants.ts'
import { storyOf, type Story } from './story.ts'
import type { Bug } from './world.ts'

/** What only the shard itself may touch. */
interface OpenShard {
  deps: { shard: number }
  recent: OpenRecent | null
  last: number
  isSweepSet: boolean
  take(batch: PushedBatch): void
  sweepLater(): void
}

interface OpenRecent {
  lastSeq: number
}

interface OpenCrowd {
  people: Map<AccountId, Map<number, unknown>>
  visitors: Map<number, number>
}

/**
 * Rooms that are wrong on purpose, each in one way that a programmer could have got wrong. The product's code stays as it is: for the
 * length of a run a bug takes the place of a method, of the rules, or of a promise of the platform.
 */
export const bugs: Record<string, Bug> = {
  'an acknowledgement leaves before its bid is on disk': { hasNoGate: true },

  'a row of the outbox is taken for confirmed with the one before it': inPlaceOf<Store, [number]>(
    Store,
    'confirmEvents',
    (store, confirm, upTo) => confirm.call(store, upTo + 1),
  ),

  'the alarm decides, not the stored end': {
    ...byRules('the alarm decides, not the stored end'),
    among: lateAndUnwatched,
  },

  'the alarm closes without looking whether it is closed': inPlaceOf<LiveRoom, []>(LiveRoom, 'ring', (room, ring) => {
    const { book } = room
    const isOver = book.lot.state === 'sold' || book.lot.state === 'unsold'
    if (isOver) book.atomically(() => book.record(end({ lot: book.lot, entries: [] }, book.lot.endsAt, 'time')))
    return ring.call(room)
  }),

  'a resume begins with the last fact that the viewer has': inPlaceOf<Recent, [number, unknown]>(
    Recent,
    'framesAfter',
    (recent, frames, after, checkpoint) => frames.call(recent, Math.max(recent.first - 1, after - 1), checkpoint),
  ),

  'a socket that slept is taken to have one fact more': inPlaceOf<Session, [number]>(
    Session,
    'resume',
    (session, resume, flushed) => resume.call(session, flushed + 1),
  ),

  'of equal maxima the later one leads': byRules('of equal maxima the later one leads'),

  'extensions ignore the cap': byRules('extensions ignore the cap'),

  'keys are forgotten with the memory': {
    patch: () => {
      const answers = new WeakMap<Store, Map<string, ReturnType<Store['answer']>>>()
      const of = (store: Store) => answers.get(store) ?? answers.set(store, new Map()).get(store)
      return allOf([
        exchange<Store, [AccountId, string]>(
          Store,
          'answer',
          (store, _, account, key) => of(store)?.get(`${account} ${key}`) ?? null,
        ),
        exchange<Store, [AccountId, string, string, unknown]>(
          Store,
          'addAnswer',
          (store, _, account, key, asked, value) => of(store)?.set(`${account} ${key}`, { asked, value }),
        ),
      ])
    },
  },

  'raises wait in memory alone': inPlaceOf<Store, [string, unknown]>(Store, 'put', (store, put, name, value) => {
    if (name !== 'course') return put.call(store, name, value)
    const course = value as { lot: object }
    return put.call(store, name, { ...course, lot: { ...course.lot, raises: [] } })
  }),

  'nobody is listened to any more after a sleep': inPlaceOf<LiveRoom, []>(LiveRoom, 'wake', (room, wake) => {
    wake.call(room)
    for (const { socket } of room.audience.all()) room.audience.remove(socket)
  }),

  'a sleep is taken for an outage': inPlaceOf<LiveRoom, [Instant]>(LiveRoom, 'makeUpForOutage', (room, _, now) => {
    const { book } = room
    const since = book.store.get('beat') ?? book.lot.lastAt
    book.atomically(() => book.record(decide(book.lot, { type: 'outage', since }, now)))
  }),

  'the platform forgets a room in spite of its timers': {
    timersKeepMs: 70_000,
    among: lateAndUnwatched,
  },

  'an outage gives nothing back': byRules('an outage gives nothing back'),

  'the alarm is not set again after it rang': inPlaceOf<Alarms<string>, []>(Alarms, 'ring', (alarms, ring, ...rest) => {
    const arm = alarms.arm.bind(alarms)
    alarms.arm = () => {}
    return Promise.resolve(ring.call(alarms, ...rest)).finally(() => {
      alarms.arm = arm
    })
  }),

  'bids that wait are judged after the look at the clock': inPlaceOf<LiveRoom, []>(LiveRoom, 'look', (room, look) => {
    const giveBack = exchange<Batch<unknown, unknown>, []>(Batch, 'flush', () => undefined)
    try {
      return look.call(room)
    } finally {
      giveBack()
    }
  }),

  'the limit counts what the memory has': {
    patch: () => {
      const before = new WeakMap<BidTable, Map<AccountId, number>>()
      return exchange<BidTable, [AccountId, number]>(BidTable, 'judgedAt', (table, judgedAt, account, limit) => {
        const all = judgedAt.call(table, account, 1_000) as Instant[]
        const known = before.get(table) ?? new Map<AccountId, number>()
        before.set(table, known)
        if (!known.has(account)) known.set(account, all.length)
        return all.slice(0, all.length - (known.get(account) ?? 0)).slice(0, limit)
      })
    },
  },

  'the relay takes along what nobody has followed yet': inPlaceOf<Store, [number]>(
    Store,
    'confirmEvents',
    (store, confirm, upTo) => {
      store.confirmFollowed(upTo)
      return confirm.call(store, upTo)
    },
  ),

  'what follows is taken for done with the one before it': inPlaceOf<Store, [number]>(
    Store,
    'confirmFollowed',
    (store, confirm, upTo) => confirm.call(store, upTo + 1),
  ),

  'D1 is told of an entry before it has the one before': inPlaceOf<Store, [string, unknown]>(
    Store,
    'put',
    (store, put, name, value) => put.call(store, name, name === 'projected' ? Number(value) + 1 : value),
  ),

  'who resumes in a shard is given what follows the next fact': {
    ...inPlaceOf<LiveShard, [number]>(LiveShard, 'framesAfter', (shard, framesAfter, seq) =>
      framesAfter.call(shard, Math.min(seq + 1, shard.last)),
    ),
    among: crowdedOnly,
  },

  'a shard takes a batch that it has for the next one': {
    ...inPlaceOf<ShardSeats, [Bundle]>(ShardSeats, 'deliver', (seats, deliver, bundle) => {
      deliver.call(seats, bundle)
      for (const session of seats.all()) session.sent = Math.min(session.sent, bundle.first - 1)
      deliver.call(seats, bundle)
    }),
    among: crowdedOnly,
  },

  'a shard hands on the next batch over a gap': {
    ...inPlaceOf<OpenShard, [PushedBatch]>(LiveShard, 'push', (shard, push, batch) => {
      if (shard.last > 0) shard.take(batch)
      else push.call(shard, batch)
    }),
    among: crowdedOnly,
  },

  'people are counted in each place where they are': {
    ...inPlaceOf<OpenCrowd, []>(Crowd, 'present', (crowd, present) => {
      const { named } = present.call(crowd) as Presence
      const { people, visitors } = crowd
      const places = [...people.values()].map(({ size }) => size)
      return { count: [...places, ...visitors.values()].reduce((sum, one) => sum + one, 0), named }
    }),
    among: crowdedOnly,
  },

  'who was in a shard that died stays counted': {
    ...inPlaceOf<Shards, [number, Report]>(
      Shards,
      'report',
      (shards, report, number, told) => told.sockets === 0 || report.call(shards, number, told),
    ),
    among: crowdedOnly,
  },

  'an answer goes to the socket of a shard that came last': {
    ...inPlaceOf<ShardSeats, [Session, ServerFrame]>(ShardSeats, 'send', (seats, send, session, frame) => {
      const last = seats.all().findLast(({ isListening }) => isListening)
      send.call(seats, frame.type.startsWith('bid-') && last ? last : session, frame)
    }),
    among: crowdedOnly,
  },

  'a shard that died goes on with the facts of its life before': {
    patch: () => {
      const known = new Map<number, OpenRecent>()
      return exchange<OpenShard, [number]>(LiveShard, 'begin', (shard, begin, seq) => {
        const { shard: number } = shard.deps
        const before = known.get(number)
        if (before && !shard.recent) {
          before.lastSeq = seq
          shard.recent = before
        }
        const recent = begin.call(shard, seq) as OpenRecent
        known.set(number, recent)
        return recent
      })
    },
    among: crowdedOnly,
  },

  'a bid arrives when its shard hears it': {
    patch: () => {
      const heard = new Map<string, Instant>()
      return allOf([
        exchange<AuctionAudience, [WebSocket, string]>(
          AuctionAudience,
          'webSocketMessage',
          (audience, hear, socket, message) => {
            const { key } = JSON.parse(message) as { key?: string }
            if (key !== undefined && !heard.has(key)) heard.set(key, now())
            return hear.call(audience, socket, message)
          },
        ),
        exchange<LiveRoom, [Arrival]>(LiveRoom, 'place', (room, place, arrival) =>
          place.call(room, { ...arrival, at: heard.get(arrival.key) ?? arrival.at }),
        ),
      ])
    },
    among: crowdedOnly,
  },

  'a bid is answered when all shards have heard of it': {
    patch: () => {
      const pushing = new Set<Promise<unknown>>()
      return allOf([
        exchange<ShardLink, [PushedBatch]>(ShardLink, 'pushNow', async (link, pushNow, batch) => {
          const pushed = Promise.resolve(pushNow.call(link, batch))
          pushing.add(pushed)
          await pushed
          pushing.delete(pushed)
        }),
        exchange<LiveRoom, [Arrival]>(LiveRoom, 'place', async (room, place, arrival) => {
          const outcome = await place.call(room, arrival)
          await Promise.all(pushing)
          return outcome
        }),
      ])
    },
    among: crowdedOnly,
  },

  'a shard sets its sweep anew whenever it wakes': {
    ...inPlaceOf<OpenShard, []>(LiveShard, 'wake', (shard, wake) => {
      wake.call(shard)
      shard.isSweepSet = false
      shard.sweepLater()
    }),
    among: crowdedOnly,
  },
}

/** What only a late alarm shows, when nobody who watches keeps the room punctual. */
function lateAndUnwatched(story: Story): Story {
  return {
    ...story,
    viewers: 0,
    audience: null,
    weather: { ...story.weather, lateAlarm: { probability: 0.8, mostMs: 60_000 } },
  }
}

/** Rooms that hold everybody have no shards to be wrong about. */
function crowdedOnly(story: Story): Story {
  return story.audience ? story : storyOf(story.seed, true)
}

function byRules(name: string): Bug {
  const rules = mutants[name]
  if (!rules) throw new Error(`no rules are wrong in this way: ${name}`)
  return { rules }
}

type Method<Self, Args extends unknown[]> = (this: Self, ...args: Args) => unknown
type Instead<Self, Args extends unknown[]> = (self: Self, original: Method<Self, Args>, ...args: Args) => unknown

function inPlaceOf<Self, Args extends unknown[]>(
  owner: { prototype: unknown },
  name: string,
  instead: Instead<Self, Args>,
): Bug {
  return { patch: () => exchange(owner, name, instead) }
}

/** Puts something in the place of a method, private ones too; gives back what undoes it. */
function exchange<Self, Args extends unknown[]>(
  owner: { prototype: unknown },
  name: string,
  instead: Instead<Self, Args>,
): () => void {
  const methods = owner.prototype as Record<string, Method<Self, Args>>
  const original = methods[name]
  if (!original) throw new Error(`there is no ${name} to be wrong`)
  methods[name] = function wrong(...args: Args) {
    return instead(this, original, ...args)
  }
  return () => {
    methods[name] = original
  }
}

function allOf(undo: (() => void)[]): () => void {
  return () => {
    for (const one of undo) one()
  }
}
