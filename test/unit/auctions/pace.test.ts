import { describe, expect, it } from 'vitest'
import { Pace } from '../../../worker/auctions/room/pace.ts'

describe('the pace of a way out of the room', () => {
  it('lets the first run begin at once', () => {
    expect(new Pace(1_000).wait(5_000)).toBe(0)
  })

  it('rests as long as was asked where the other side is quick', () => {
    const pace = new Pace(1_000)
    pace.ran(5_000, 5_020)
    expect(pace.wait(5_020)).toBe(1_000)
    expect(pace.wait(5_520)).toBe(500)
    expect(pace.wait(6_020)).toBe(0)
  })

  it('rests ten times as long as the run took where it is slow', () => {
    const pace = new Pace(1_000)
    pace.ran(5_000, 5_300)
    expect(pace.wait(5_300)).toBe(3_000)
  })

  it('never rests for more than five seconds', () => {
    const pace = new Pace(1_000)
    pace.ran(5_000, 25_000)
    expect(pace.wait(25_000)).toBe(5_000)
  })

  it('goes on at once when it is woken', () => {
    const pace = new Pace(1_000)
    pace.ran(5_000, 5_300)
    pace.wake()
    expect(pace.wait(5_300)).toBe(0)
  })

  it('does not wait for a clock that was set back', () => {
    const pace = new Pace(1_000)
    pace.ran(5_000, 5_020)
    expect(pace.wait(1_000)).toBe(0)
  })
})
