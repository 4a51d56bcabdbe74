import { describe, expect, test } from 'vitest'
import type { LiveAuction } from '../../../worker/contract/live.ts'
import { iso } from '../../../worker/contract/time.ts'
import { behindBy, phaseOf, standingOf } from '../../../web/features/auctions/room/standing.ts'

const start = Date.UTC(2026, 10, 21, 3)
const end = start + 60_000
const auction = {
  state: 'running',
  startsAt: iso(start),
  endsAt: iso(end),
  leader: 2,
  winner: null,
} as LiveAuction

describe('the phase', () => {
  test('is "closing" after the end until the room has spoken', () => {
    expect(phaseOf(auction, end - 1)).toBe('running')
    expect(phaseOf(auction, end)).toBe('closing')
    expect(phaseOf({ ...auction, state: 'unsold' }, end)).toBe('unsold')
  })

  test('is "opening" after the start until the room has spoken', () => {
    const scheduled = { ...auction, state: 'scheduled' as const }
    expect(phaseOf(scheduled, start - 1)).toBe('scheduled')
    expect(phaseOf(scheduled, start)).toBe('opening')
  })

  test('is the page’s own while nobody knows what time it is', () => {
    expect(phaseOf(auction, null)).toBe('running')
  })
})

describe('own standing', () => {
  test('follows the leader', () => {
    expect(standingOf(auction, 'running', { mask: 2, isSeller: false })).toBe('leading')
    expect(standingOf(auction, 'running', { mask: 3, isSeller: false })).toBe('outbid')
    expect(standingOf(auction, 'running', { mask: null, isSeller: false })).toBe('watching')
    expect(standingOf(auction, 'running', { mask: null, isSeller: true })).toBe('seller')
  })

  test('is won or lost only by the room’s word', () => {
    expect(standingOf(auction, 'closing', { mask: 2, isSeller: false })).toBe('leading')
    const sold = { ...auction, state: 'sold' as const, winner: 2 }
    expect(standingOf(sold, 'sold', { mask: 2, isSeller: false })).toBe('won')
    expect(standingOf(sold, 'sold', { mask: 3, isSeller: false })).toBe('lost')
    // A leader below the reserve has won nothing.
    const unsold = { ...auction, state: 'unsold' as const, winner: null }
    expect(standingOf(unsold, 'unsold', { mask: 2, isSeller: false })).toBe('lost')
    expect(standingOf(sold, 'sold', { mask: null, isSeller: false })).toBe('ended')
  })

  test('says by how much one is behind, where that is known', () => {
    expect(behindBy(125_000, 120_000)).toBe(5_000)
    expect(behindBy(125_000, 125_000)).toBe(0)
    expect(behindBy(125_000, null)).toBeNull()
  })
})
