import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { liveLot, liveWithOtherSecrets, type Lot } from './campaign.ts'
import { bugs } from './bugs.ts'
import { kept } from './kept.ts'
import { shrink } from './shrink.ts'
import { storyOf } from './story.ts'

/** A campaign is `npm run simulate`. */
const lotsMost = 2_500
/** A busy computer lives fewer, but never next to none. */
const patienceMs = 60_000
const lotsLeast = 150

describe('a simulated room', () => {
  test('keeps every promise, whatever happens around it', async () => {
    const seen = { ...nothing, secrets: 0 }
    const late = performance.now() + patienceMs
    let lots = 0
    for (; lots < lotsMost && (lots < lotsLeast || performance.now() < late); lots++) {
      const seed = lots + 1
      const lot = await liveLot(storyOf(seed), { signs: seed % 50 === 0 })
      expect([seed, lot.faults]).toEqual([seed, []])
      const other = seed % 10 === 0 ? await liveWithOtherSecrets(lot) : null
      expect([seed, other?.faults ?? []]).toEqual([seed, []])
      seen.secrets += other ? 1 : 0
      count(lot, seen)
    }
    // A world in which nothing happens proves nothing.
    for (const often of Object.values(seen)) expect(often).toBeGreaterThan(lots / 100)
  })

  test.each(kept)('keeps them in the story that once failed by seed $seed', async (story) => {
    expect((await liveLot(story)).faults).toEqual([])
  })

  test.each([17, 22, 4_242])('is the same again from the same seed (%i)', async (seed) => {
    const [one, two] = [await liveLot(storyOf(seed)), await liveLot(storyOf(seed))]
    expect(fingerprint(one)).toBe(fingerprint(two))
    expect(fingerprint(one)).not.toBe(fingerprint(await liveLot(storyOf(seed + 1))))
  })
})

/** In how many lots there was what a world may have. */
const nothing = {
  deaths: 0,
  outages: 0,
  ended: 0,
  extended: 0,
  bidsFromShards: 0,
  deathsOfShards: 0,
  emptiedShards: 0,
}

function count({ lived }: Lot, seen: typeof nothing): void {
  const entries = lived?.run.lines.map(({ entry }) => entry) ?? []
  seen.deaths += lived && lived.deaths.length > 0 ? 1 : 0
  seen.outages += entries.some((entry) => entry.type === 'extended' && entry.cause === 'outage') ? 1 : 0
  seen.extended += entries.some((entry) => entry.type === 'extended' && entry.cause === 'soft-close') ? 1 : 0
  seen.ended += entries.at(-1)?.type === 'ended' ? 1 : 0
  seen.bidsFromShards += lived?.passages.some(({ way }) => way === 'shard') ? 1 : 0
  const { deaths = 0, goodbyes = 0 } = lived?.assembled?.shards ?? {}
  seen.deathsOfShards += deaths > 0 ? 1 : 0
  seen.emptiedShards += goodbyes > 0 ? 1 : 0
}

/** Everything that anybody heard, frames and times included. */
function fingerprint({ lived, faults }: Lot): string {
  return createHash('sha256').update(JSON.stringify({ lived, faults })).digest('hex')
}

/** A simulator that cannot tell a wrong room from a right one proves nothing. */
describe('the simulator finds that', () => {
  const lotsToFind = 600

  test.each(Object.entries(bugs))('%s', async (_, bug) => {
    let found: Lot | null = null
    for (let seed = 1; seed <= lotsToFind && !found; seed++) {
      const story = storyOf(seed)
      const lot = await liveLot(bug.among?.(story) ?? story, { bug })
      if (lot.faults.length > 0) found = lot
    }
    expect(found).not.toBeNull()
  })

  test('and tells the shortest story of it', async () => {
    const bug = bugs['of equal maxima the later one leads'] ?? {}
    const live = (story: Lot['story']) => liveLot(story, { bug })
    let failed = await live(storyOf(1))
    for (let seed = 2; failed.faults.length === 0; seed++) failed = await live(storyOf(seed))
    const { story, faults } = await shrink(failed, live)
    expect(faults).not.toEqual([])
    expect(story.steps.length).toBeLessThanOrEqual(3)
  })
})
