import { array, assert, constant, nat, oneof, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeNext, shardToEmpty, type ShardState } from '../../../worker/auctions/rules/placement.ts'
import { audience } from '../../../worker/contract/limits.ts'
import { instant } from '../../../worker/contract/time.ts'

const sizes = { room: 10, shard: 20, most: 70 }
const opened = instant(0)
const later = instant(audience.standsMs)

function shards(...counts: number[]): ShardState[] {
  return counts.map((count, index) => ({ number: index + 1, count, openedAt: opened, isClosing: false }))
}

describe('a newcomer', () => {
  test('sits in the room while it has places', () => {
    expect(placeNext({ room: 9, shards: shards(3) }, sizes)).toEqual({ at: 'room' })
  })

  test('goes to the first shard that is not nearly full, and to a new one when all are', () => {
    expect(placeNext({ room: 10, shards: [] }, sizes)).toEqual({ at: 'shard', shard: 1 })
    expect(placeNext({ room: 10, shards: shards(18, 17) }, sizes)).toEqual({ at: 'shard', shard: 2 })
    expect(placeNext({ room: 10, shards: shards(18, 18) }, sizes)).toEqual({ at: 'shard', shard: 3 })
  })

  test('takes a last place when no shard may be added, and is turned away when there is none', () => {
    expect(placeNext({ room: 10, shards: shards(18, 20, 19) }, sizes)).toEqual({ at: 'shard', shard: 1 })
    expect(placeNext({ room: 10, shards: shards(20, 20, 20) }, sizes)).toEqual({ at: 'nowhere' })
  })

  test('goes to no shard that is being emptied', () => {
    const [first, second] = shards(3, 18) as [ShardState, ShardState]
    const closing = { ...first, isClosing: true }
    expect(placeNext({ room: 10, shards: [closing, second] }, sizes)).toEqual({ at: 'shard', shard: 3 })
  })
})

describe('a shard is emptied', () => {
  test('when the room would be half empty with all of them', () => {
    expect(shardToEmpty({ room: 3, shards: shards(2) }, sizes, later)).toBe(1)
    expect(shardToEmpty({ room: 3, shards: shards(3) }, sizes, later)).toBeNull()
  })

  test('when the others would be half empty: the one with the fewest', () => {
    expect(shardToEmpty({ room: 10, shards: shards(8, 2, 9) }, sizes, later)).toBe(2)
    expect(shardToEmpty({ room: 10, shards: shards(10, 11) }, sizes, later)).toBeNull()
  })

  test('neither soon after it opened nor while another one is', () => {
    expect(shardToEmpty({ room: 1, shards: shards(1) }, sizes, instant(later - 1))).toBeNull()
    const [first, second] = shards(1, 1) as [ShardState, ShardState]
    expect(shardToEmpty({ room: 1, shards: [{ ...first, isClosing: true }, second] }, sizes, later)).toBeNull()
  })
})

/** A crowd that comes and goes, as the room sees it. */
const crowd = array(oneof(constant('comes' as const), nat({ max: 80 }), constant('thins out' as const)), {
  maxLength: 400,
})

test('whoever comes and goes, no place holds more than it should, and who is sent away has a place', () => {
  assert(
    property(crowd, (story) => {
      let room = 0
      let known: ShardState[] = []
      for (const step of story) {
        const all = [room, ...known.map(({ count }) => count)]
        if (step === 'comes') {
          const place = placeNext({ room, shards: known }, sizes)
          if (place.at === 'room') room += 1
          else if (place.at === 'shard') {
            const there = known.find(({ number }) => number === place.shard)
            if (there) there.count += 1
            else known.push({ number: place.shard, count: 1, openedAt: opened, isClosing: false })
          } else expect(all.reduce((sum, count) => sum + count)).toBe(sizes.most)
        } else if (step === 'thins out') {
          const number = shardToEmpty({ room, shards: known }, sizes, later)
          const leaving = known.find((shard) => shard.number === number)
          if (!leaving) continue
          leaving.isClosing = true
          const free =
            sizes.room -
            room +
            known.filter((shard) => shard !== leaving).reduce((sum, { count }) => sum + sizes.shard - count, 0)
          expect(free).toBeGreaterThanOrEqual(leaving.count)
          known = known.filter((shard) => shard !== leaving)
        } else {
          const place = step % all.length
          if (place === 0) room = Math.max(0, room - 1)
          else (known[place - 1] as ShardState).count = Math.max(0, (known[place - 1] as ShardState).count - 1)
        }
        expect(room).toBeLessThanOrEqual(sizes.room)
        for (const { count } of known) expect(count).toBeLessThanOrEqual(sizes.shard)
        expect(new Set(known.map(({ number }) => number)).size).toBe(known.length)
      }
    }),
  )
})
