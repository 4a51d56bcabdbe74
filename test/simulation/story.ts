import type { AudienceSizes } from '../../worker/kernel/live-limits.ts'
import { publishedAt, people } from '../model/histories.ts'
import { stepOf, type ReferenceTerms } from '../model/reference.ts'
import { chanceOf, type Chance } from './platform/chance.ts'

/**
 * A run as data: everything that people and the world around the room do, from a seed. Amounts and moments are said relative to how
 * things stand when their time comes. A step keeps its number when others are taken out, and with it its own chance.
 */
export interface Story {
  seed: number
  terms: ReferenceTerms
  publishedAt: number
  viewers: number
  /** Null where the room holds everybody. */
  audience: Crowding | null
  weather: Weather
  steps: Step[]
}

/** An audience that is too large for its room. */
export interface Crowding {
  sizes: Omit<AudienceSizes, 'turn'>
  /** Whose windows for bidding are open from the start. */
  bidders: string[]
  /** Further windows, which come and go: somebody's, or a visitor's. */
  windows: (string | null)[]
}

/** How the world is between the accidents: ranges of milliseconds, and probabilities. */
export interface Weather {
  delayMs: [least: number, most: number]
  /** A message that takes so much longer. */
  straggler: { probability: number; mostMs: number }
  diskMs: [least: number, most: number]
  databaseMs: [least: number, most: number]
  relayMs: [least: number, most: number]
  sleepAfterMs: number
  lateAlarm: { probability: number; mostMs: number }
  doubledAlarm: number
  /** A request is sent twice at once. */
  doubledRequest: number
  /** The answer to a request is lost on its way. */
  lostAnswer: number
  /** Calls between the room, its shards and the edge. */
  callMs: [least: number, most: number]
  lostCall: number
}

export interface Step {
  number: number
  when: { after: number } | { near: 'start' | 'end' | 'window'; off: number }
  what: What
}

export type Way = 'rest' | 'socket'

export type What =
  | {
      do: 'bid'
      who: string
      way: Way
      kind: 'exact' | 'max'
      base: 'minimum' | 'limit' | 'reserve' | 'start' | 'price' | 'far'
      steps: number
      hundreds: number
      stray: number
      confirm: boolean
      oldTerms: boolean
    }
  | { do: 'buy'; who: string; way: Way; off: number; oldTerms: boolean }
  /** An earlier key once more, with the same request or another. */
  | { do: 'again'; back: number; way: Way; isOther: boolean }
  | { do: 'burst'; who: string; count: number; way: Way }
  | { do: 'message'; who: string; way: Way }
  | { do: 'note' | 'cancel' | 'void' | 'look' }
  | Accident

export type Accident =
  | { do: 'death'; keeps: 'nothing' | 'some' | 'all'; downMs: number }
  | { do: 'sleep' }
  | { do: 'cut'; viewer: number; noticedAfterMs: number; heardAfterMs: number | null }
  | { do: 'stop reading'; viewer: number; ms: number }
  | { do: 'relay'; act: RelayAct; ms: number }
  | { do: 'database'; act: DatabaseAct; ms: number }
  | { do: 'slow disk' | 'slow network'; ms: number }
  | { do: 'clock'; stepMs: number }
  | OfAudience

/** Windows and shards are counted from 0; of shards there may be fewer. */
export type OfAudience =
  | { do: 'come' | 'go'; first: number; count: number }
  | { do: 'shard dies'; shard: number; keeps: 'nothing' | 'some' | 'all'; downMs: number }
  | { do: 'shard sleeps'; shard: number }
  | { do: 'shard is slow'; shard: number; ms: number }

export function isOfAudience(what: What): what is OfAudience {
  return what.do === 'come' || what.do === 'go' || what.do.startsWith('shard ')
}

export type RelayAct = 'is away' | 'is slow' | 'dies after storing'
export type DatabaseAct = 'fails' | 'loses answers' | 'is slow'

export const calm: Weather = {
  delayMs: [1, 5],
  straggler: { probability: 0, mostMs: 0 },
  diskMs: [0, 2],
  databaseMs: [1, 5],
  relayMs: [1, 5],
  sleepAfterMs: 10_000,
  lateAlarm: { probability: 0, mostMs: 0 },
  doubledAlarm: 0,
  doubledRequest: 0,
  lostAnswer: 0,
  callMs: [0, 2],
  lostCall: 0,
}

const traders = people.filter((one) => !one.isSeller && one.isTrader && one.isEligible).map(({ name }) => name)
const everyone = people.map(({ name }) => name)
const minute = 60_000

export function storyOf(seed: number, mustBeCrowded = false): Story {
  const chance = chanceOf(`story ${seed}`)
  const count = chance.among([3, 5, 8, 8, 12, 12, 18])
  const story: Story = {
    seed,
    publishedAt,
    terms: termsBy(chance),
    viewers: chance.among([0, 1, 1, 2, 2, 3]),
    audience: null,
    weather: { ...calm, ...weatherBy(chance) },
    steps: Array.from({ length: count }, (_, number) => ({ number, when: whenBy(chance), what: whatBy(chance) })),
  }
  const ofAudience = chanceOf(`audience of story ${seed}`)
  return ofAudience.is(crowded) || mustBeCrowded ? crowd(story, ofAudience) : story
}

/** How many stories have more people than the room holds. */
const crowded = 0.2

/** The same story before so many that the room needs shards, and what happens to those. */
function crowd(story: Story, chance: Chance): Story {
  const windows = Array.from({ length: chance.between(2, 8) }, () => (chance.is(0.4) ? chance.among(traders) : null))
  const steps = story.steps.map(({ what, ...step }) =>
    'way' in what && chance.is(0.6) ? { ...step, what: { ...what, way: 'socket' as const } } : { ...step, what },
  )
  for (let more = chance.between(3, 9), number = steps.length; more > 0; more--, number++)
    steps.splice(chance.between(0, steps.length), 0, {
      number,
      when: { after: chance.among([0, 1, 40, 900, 4_000, 10_000, 30_000]) },
      what: ofAudienceBy(chance, windows.length),
    })
  const { terms, weather } = story
  return {
    ...story,
    // Long enough for a shard to stand until it may be emptied.
    terms: { ...terms, endsAt: Math.max(terms.endsAt, terms.startsAt + chance.among([1, 3, 3, 4]) * minute) },
    viewers: chance.between(1, 4),
    audience: {
      sizes: { room: chance.among([0, 1, 1, 2, 4]), shard: chance.among([1, 2, 2, 3, 6]), most: 60 },
      bidders: traders.filter(() => chance.is(0.5)),
      windows,
    },
    weather: {
      ...weather,
      callMs: chance.among([
        [0, 0],
        [0, 3],
        [2, 40],
        [20, 200],
      ]),
      lostCall: chance.among([0, 0, 0.01, 0.1]),
    },
    steps,
  }
}

function ofAudienceBy(chance: Chance, windows: number): OfAudience {
  const drawn = chance.next()
  const [first, count] = [chance.between(0, windows - 1), chance.between(1, windows)]
  if (drawn < 0.35) return { do: 'come', first, count }
  if (drawn < 0.6) return { do: 'go', first, count }
  const shard = chance.between(0, 3)
  if (drawn < 0.75)
    return {
      do: 'shard dies',
      shard,
      keeps: chance.among(['nothing', 'some', 'all']),
      downMs: chance.among([0, 0, 50, 2_000, 20_000]),
    }
  if (drawn < 0.87) return { do: 'shard sleeps', shard }
  return { do: 'shard is slow', shard, ms: chance.among([200, 3_000, 20_000]) }
}

function termsBy(chance: Chance): ReferenceTerms {
  // Around the ladder's edges, where the step of the wrong amount shows.
  const startPrice = chance.among([100, 800, 9_700, 9_900, 10_000, 48_900, 50_000, 98_500, 100_000, 495_000, 990_000])
  const reservePrice = chance.is(0.4) ? startPrice + chance.between(1, 60) * 100 : null
  const least = Math.max(startPrice + stepOf(startPrice) + 100, reservePrice ?? 0)
  const startsAt = publishedAt + chance.among([0, 0, 0, minute])
  return {
    startPrice,
    reservePrice,
    buyNowPrice: chance.is(0.3) ? least + chance.between(0, 59) * 100 : null,
    startsAt,
    endsAt: startsAt + minutesBy(chance) * minute,
    windowMs: chance.among([0, 10_000, 30_000, 30_000]),
    capMs: chance.among([1, 2]) * minute,
  }
}

/** Long ones are rare: most of their events are a room that looks whether somebody is there. */
function minutesBy(chance: Chance): number {
  if (chance.is(0.02)) return 90
  return chance.is(0.06) ? 20 : chance.among([1, 1, 1, 3])
}

function weatherBy(chance: Chance): Omit<Weather, 'callMs' | 'lostCall'> {
  const isRough = chance.is(0.6)
  return {
    delayMs: chance.among([
      [0, 0],
      [0, 3],
      [5, 60],
      [20, 200],
    ]),
    straggler: { probability: isRough ? 0.08 : 0, mostMs: chance.among([300, 3_000, 15_000]) },
    diskMs: chance.among([
      [0, 0],
      [0, 3],
      [5, 40],
      [20, 300],
    ]),
    databaseMs: chance.among([
      [1, 20],
      [20, 300],
    ]),
    relayMs: chance.among([
      [1, 20],
      [50, 900],
    ]),
    sleepAfterMs: chance.among([50, 1_000, 10_000]),
    lateAlarm: { probability: isRough ? 0.2 : 0, mostMs: chance.among([500, 20_000, 60_000]) },
    doubledAlarm: isRough ? 0.1 : 0,
    doubledRequest: chance.among([0, 0.1, 0.4]),
    lostAnswer: isRough ? chance.among([0, 0.1, 0.3]) : 0,
  }
}

function whenBy(chance: Chance): Step['when'] {
  const drawn = chance.next()
  if (drawn < 0.62) return { after: chance.among([0, 0, 1, 2, 40, 400, 900, 4_000]) }
  if (drawn < 0.7) return { after: chance.among([9_999, 10_000, 25_000]) }
  if (drawn < 0.82)
    return { near: chance.among(['start', 'end', 'window']), off: chance.among([-5_000, -700, -20, -1]) }
  if (drawn < 0.9) return { near: 'end', off: chance.among([-2, -1]) }
  if (drawn < 0.93) return { near: chance.among(['start', 'window']), off: chance.among([0, 1]) }
  return { near: 'end', off: chance.among([0, 0, 1, 300]) }
}

function whatBy(chance: Chance): What {
  const way = chance.among<Way>(['rest', 'rest', 'rest', 'socket'])
  const who = chance.is(0.92) ? chance.among(traders) : chance.among(everyone)
  const drawn = chance.next()
  if (drawn < 0.58)
    return {
      do: 'bid',
      who,
      way,
      kind: chance.among(['exact', 'max']),
      base: chance.among(['minimum', 'minimum', 'minimum', 'limit', 'limit', 'reserve', 'start', 'price', 'far']),
      steps: chance.among([0, 0, 0, 1, 2, 5]),
      hundreds: chance.among([-1, 0, 0, 0, 1, 3]),
      stray: chance.is(0.04) ? chance.among([1, 50, 0.5, -1e9, 2e9]) : 0,
      confirm: chance.is(0.6),
      oldTerms: chance.is(0.03),
    }
  if (drawn < 0.61) return { do: 'buy', who, way, off: chance.among([0, 0, 100]), oldTerms: chance.is(0.05) }
  if (drawn < 0.66) return { do: 'again', back: chance.between(0, 5), way, isOther: chance.is(0.15) }
  if (drawn < 0.68) return { do: 'burst', who, count: chance.among([3, 10, 11, 12]), way }
  if (drawn < 0.72) return { do: 'message', who, way }
  if (drawn < 0.74) return { do: 'note' }
  if (drawn < 0.76) return { do: 'look' }
  if (drawn < 0.767) return { do: chance.among(['cancel', 'void']) }
  return accidentBy(chance)
}

function accidentBy(chance: Chance): Exclude<Accident, OfAudience> {
  const drawn = chance.next()
  if (drawn < 0.34)
    return {
      do: 'death',
      keeps: chance.among(['nothing', 'some', 'all']),
      downMs: chance.among([0, 0, 50, 2_000, 9_900, 11_000, 45_000]),
    }
  if (drawn < 0.44) return { do: 'sleep' }
  if (drawn < 0.6)
    return {
      do: 'cut',
      viewer: chance.between(0, 2),
      noticedAfterMs: chance.among([0, 20, 3_000, 20_000]),
      heardAfterMs: chance.is(0.3) ? null : chance.among([0, 30, 5_000]),
    }
  if (drawn < 0.65)
    return { do: 'stop reading', viewer: chance.between(0, 2), ms: chance.among([5_000, 15_000, 40_000]) }
  const ms = chance.among([200, 3_000, 20_000, 90_000])
  if (drawn < 0.78) return { do: 'relay', act: chance.among(['is away', 'is slow', 'dies after storing']), ms }
  if (drawn < 0.9) return { do: 'database', act: chance.among(['fails', 'loses answers', 'is slow']), ms }
  if (drawn < 0.98) return { do: chance.among(['slow disk', 'slow network']), ms: Math.min(ms, 20_000) }
  return { do: 'clock', stepMs: chance.among([-3_000, -40, 40, 3_000]) }
}
