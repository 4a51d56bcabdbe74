import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { batchesPerSecond, fanOut, mostViewersFlat, shapeOf } from './trees.ts'

const readme = readFileSync(new URL('../../../worker/auctions/README.md', import.meta.url), 'utf8')
const branches = 32

describe('a tree of shards', () => {
  test('has no shard for those whom the room holds, and levels as few as its branches allow', () => {
    expect(shapeOf({ viewers: 1_500, branches })).toEqual({ leaves: 0, levels: [] })
    expect(shapeOf({ viewers: 5_000, branches })).toEqual({ leaves: 2, levels: [2] })
    expect(shapeOf({ viewers: 100_000, branches })).toEqual({ leaves: 50, levels: [2, 50] })
    expect(shapeOf({ viewers: 1_000_000, branches })).toEqual({ leaves: 500, levels: [16, 500] })
  })

  test('costs the room no more however many watch, once it has a level in between', () => {
    const few = fanOut({ viewers: 100_000, branches }, 2_000)
    const many = fanOut({ viewers: 1_000_000, branches }, 2_000)
    expect(many.roomBusyMs - few.roomBusyMs).toBeLessThan(2)
    expect(many.calls).toBe(516)
  })

  test('a deeper one is later by what a level costs, and calls less from one place', () => {
    const flat = fanOut({ viewers: 1_000_000, branches: 500 }, 2_000)
    const deep = fanOut({ viewers: 1_000_000, branches }, 2_000)
    expect(deep.lastMs.near).toBeLessThan(flat.lastMs.near)
    expect(flat.roomBusyMs).toBeGreaterThan(2 * deep.roomBusyMs)
  })

  test('is told by shards that have long done with a batch when the next one comes', () => {
    for (const viewers of [5_000, 50_000, 1_000_000])
      expect(fanOut({ viewers, branches }, 2_000).shardBusyMs * batchesPerSecond(viewers)).toBeLessThan(1_000 / 4)
  })
})

const bidsPerSecond = 200
const bytesPerBid = 46

function row(viewers: number, of: number): string {
  const perSecond = batchesPerSecond(viewers)
  const bytes = 300 + (bidsPerSecond / perSecond) * bytesPerBid
  const { levels, calls, roomBusyMs, shardBusyMs, lastMs, bytes: all } = fanOut({ viewers, branches: of }, bytes)
  const share = (ms: number) => `${Math.round(ms * perSecond) / 10} %`
  const cells = [
    viewers.toLocaleString('en'),
    levels.join(' → ') || '–',
    `${Math.round(calls * perSecond).toLocaleString('en')}`,
    `${Math.round(viewers * perSecond).toLocaleString('en')}`,
    `${Math.round((all * perSecond) / 1e6).toLocaleString('en')} MB`,
    share(roomBusyMs),
    levels.length === 0 ? '–' : share(shardBusyMs),
    `${Math.round(lastMs.near)} ms`,
    levels.length === 0 ? '–' : `${Math.round(lastMs.far)} ms`,
  ]
  return `| ${cells.join(' | ')} |`
}

test.each([
  [1_500, 500],
  [5_000, 500],
  [50_000, 500],
  [100_000, 500],
  [100_000, branches],
  [1_000_000, 500],
  [1_000_000, branches],
])('the README says what %i viewers cost with at most %i shards under an object', (viewers, of) => {
  expect(readme).toContain(row(viewers, of))
})

test('the README says how far a flat audience goes', () => {
  expect(readme).toContain(`${mostViewersFlat(0.25).toLocaleString('en')} viewers`)
  expect(mostViewersFlat(0.5)).toBeGreaterThan(1_000_000)
})
