import * as fc from 'fast-check'
import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPlayer } from '../../../web/features/auctions/replay/player.ts'
import {
  curveOf,
  momentBeside,
  type Recording,
  recordingOf,
  sceneAt,
} from '../../../web/features/auctions/replay/recording.ts'
import type { ChatMessage } from '../../../worker/contract/auctions.ts'
import { instant, iso } from '../../../worker/contract/time.ts'
import { Scenes, tell } from '../../model/histories.ts'
import { play } from './played.ts'

const Stories = Scenes.map((scene) => play(tell(scene)))

function said(id: string, at: number): ChatMessage {
  return { id, author: { handle: 'gyul', name: '귤' }, badges: [], text: id, removedBy: null, at: iso(instant(at)) }
}

describe('a recording', () => {
  test('ends as the room ended, and never shows what had not happened yet', () => {
    fc.assert(
      fc.property(Stories, fc.double({ min: 0, max: 1, noNaN: true }), ({ evidence, lot }, share) => {
        const recording = recordingOf(evidence.lines, new Map(), [])
        const isOver = lot.endedAt !== null
        const started = evidence.lines.some(({ entry }) => entry.type === 'started')
        expect(recording !== null).toBe(isOver && started)
        if (!recording) return
        expect(sceneAt(recording, recording.to)).toMatchObject({
          price: lot.price,
          leader: lot.leader?.number ?? null,
          isOver: true,
        })
        expect(sceneAt(recording, recording.to).bids).toHaveLength(lot.bidCount)

        const at = recording.from + share * (recording.to - recording.from)
        const before = evidence.lines.filter(({ entry }) => entry.at <= at).map(({ entry }) => entry)
        const bids = before.filter((entry) => entry.type === 'bid')
        const scene = sceneAt(recording, at)
        expect(scene.bids.map(({ entry }) => entry)).toEqual(bids.toReversed())
        expect(scene.price).toBe(bids.at(-1)?.price ?? lot.terms.startPrice)
        const moved = before.findLast((entry) => entry.type === 'extended')
        expect(scene.endsAt).toBe(moved?.endsAt ?? lot.terms.endsAt)
      }),
      { numRuns: 300 },
    )
  })

  test('draws a price that only rises, from the left edge to the right', () => {
    fc.assert(
      fc.property(Stories, ({ evidence }) => {
        const recording = recordingOf(evidence.lines, new Map(), [])
        fc.pre(recording !== null)
        const { points, extensions } = curveOf(recording!)
        expect(points[0]).toEqual([0, 0])
        expect(points.at(-1)?.[0]).toBe(1)
        for (const [index, [x, y]] of points.entries()) {
          const [beforeX, beforeY] = points[index - 1] ?? [0, 0]
          expect(x).toBeGreaterThanOrEqual(beforeX)
          expect(y).toBeGreaterThanOrEqual(beforeY)
          expect(y).toBeLessThanOrEqual(1)
        }
        for (const x of extensions) expect(x).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 100 },
    )
  })

  test('brings chat in step, and leaves out what was said after the end', () => {
    const recording = sold([said('before', -5_000), said('during', 3_000), said('after', 70_000)])
    const texts = (at: number) => sceneAt(recording, recording.from + at).messages.map(({ text }) => text)
    expect(texts(0)).toEqual(['before'])
    expect(texts(3_000)).toEqual(['before', 'during'])
    expect(texts(60_000)).toEqual(['before', 'during'])
  })

  test('goes from event to event and stops at both ends', () => {
    const recording = sold([said('during', 3_000)])
    const visited = [recording.from]
    while (visited.at(-1)! < recording.to) visited.push(momentBeside(recording, visited.at(-1)!, 1))
    expect(visited).toEqual(recording.moments)
    expect(visited).toContain(recording.from + 3_000)
    expect(momentBeside(recording, recording.to, 1)).toBe(recording.to)
    expect(momentBeside(recording, recording.from, -1)).toBe(recording.from)
    expect(momentBeside(recording, recording.from + 1, -1)).toBe(recording.from)
  })
})

describe('a player', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function playing(span: number) {
    return createRoot((dispose) => ({ player: createPlayer({ from: 1_000, to: 1_000 + span }), dispose }))
  }

  test('runs at its speed, also when that changes on the way', () => {
    const { player, dispose } = playing(600_000)
    player.setSpeed(1)
    player.play()
    vi.advanceTimersByTime(1_600)
    expect(player.at() - 1_000).toBeCloseTo(1_600, -2)
    const before = player.at()
    player.setSpeed(60)
    vi.advanceTimersByTime(1_600)
    expect(player.at() - before).toBeCloseTo(96_000, -4)
    dispose()
  })

  test('stops at the end and begins anew when played from there', () => {
    const { player, dispose } = playing(2_000)
    player.play()
    vi.advanceTimersByTime(1_000)
    expect(player.at()).toBe(3_000)
    expect(player.isPlaying()).toBe(false)
    player.play()
    expect(player.at()).toBe(1_000)
    expect(player.isPlaying()).toBe(true)
    dispose()
  })

  test('stands still while paused, and goes on from where it was put', () => {
    const { player, dispose } = playing(60_000)
    player.play()
    vi.advanceTimersByTime(160)
    player.pause()
    player.seek(20_000)
    vi.advanceTimersByTime(1_000)
    expect(player.at()).toBe(20_000)
    player.seek(-5)
    expect(player.at()).toBe(1_000)
    player.play()
    vi.advanceTimersByTime(160)
    expect(player.at()).toBeGreaterThan(1_000)
    dispose()
  })

  test('counts no time that nobody watched', () => {
    let frame: FrameRequestCallback = () => {}
    vi.stubGlobal('requestAnimationFrame', (next: FrameRequestCallback) => {
      frame = next
      return 1
    })
    const { player, dispose } = playing(3_600_000)
    player.setSpeed(1)
    player.play()
    const begun = performance.now()
    frame(begun + 16)
    // A tab that is not looked at gets no frames for a minute.
    frame(begun + 60_016)
    expect(player.at() - 1_000).toBeLessThan(1_000)
    vi.unstubAllGlobals()
    dispose()
  })
})

/** A minute that ended with a buyer; times of `messages` count from its start. */
function sold(messages: ChatMessage[]): Recording {
  const { evidence } = fc.sample(Stories, { numRuns: 300, seed: 7 }).find(({ lot }) => lot.state === 'sold')!
  const lines = evidence.lines
  const from = lines.find(({ entry }) => entry.type === 'started')!.entry.at
  const placed = messages.map((message) => ({
    ...message,
    at: iso(instant(from + Date.parse(message.at))),
  }))
  return recordingOf(lines, new Map(), placed)!
}
