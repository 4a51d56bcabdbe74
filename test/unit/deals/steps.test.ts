import { describe, expect, test } from 'vitest'
import { deadlinesOf, type Method } from '../../../worker/contract/deal-steps.ts'
import { instant } from '../../../worker/contract/time.ts'
import type { PartyCommand } from '../../../worker/deals/commands.ts'
import { decide, open, standingOf, type DealRecord } from '../../../worker/deals/rules.ts'
import { begin, DAY, HOUR, MINUTE, openingOf } from './stories.ts'
import { broken, by, refusalAt, taken } from './taking.ts'

const confirm: PartyCommand = { type: 'confirm' }
const handOver: PartyCommand = { type: 'hand-over', carrier: null, tracking: null }
const noShow: PartyCommand = { type: 'report-no-show', note: '안 오셨어요', media: [] }

/** With an appointment so long after the beginning. */
function arranged(aheadMs: number, method: Method = 'meet'): DealRecord {
  const at = instant(begin + aheadMs)
  const proposed = taken(
    open(openingOf()).deal,
    0,
    by('seller', { type: 'propose-appointment', at, place: '시청', method }),
  )
  return taken(proposed, 0, by('buyer', { type: 'accept-appointment' }))
}

function stateAt(deal: DealRecord, afterMs: number): string {
  return standingOf(taken(deal, afterMs, { type: 'look' })).state
}

describe('a hand-over that is said before the meeting', () => {
  const early = () => taken(arranged(11 * DAY), HOUR, by('seller', handOver))

  test('completes nothing before three days after the meeting', () => {
    expect(stateAt(early(), 14 * DAY - 1)).toBe('handed-over')
    expect(stateAt(early(), 14 * DAY)).toBe('completed')
  })

  test('leaves the buyer the time to object that the meeting gives', () => {
    expect(refusalAt(early(), 13 * DAY, by('buyer', broken))).toBeNull()
    expect(refusalAt(early(), 21 * DAY - 1, by('buyer', broken))).toBeNull()
    expect(refusalAt(early(), 21 * DAY, by('buyer', broken))).toBe('too-late')
  })

  test('takes the appointment from nobody’s list, nor its reminders', () => {
    const known = deadlinesOf(standingOf(early()), begin + HOUR, false)
    expect(known).toEqual([
      { kind: 'meet', at: begin + 11 * DAY },
      { kind: 'complete', at: begin + 14 * DAY },
    ])
    const { reminders } = decide(early(), { type: 'look' }, instant(begin + 14 * DAY))
    expect(reminders.map(({ about, at }) => [about, at - begin])).toEqual([
      ['meet', 10 * DAY],
      ['meet', 11 * DAY - 2 * HOUR],
      ['complete', 13 * DAY],
    ])
  })

  test('lets the buyer report that nobody came, and the seller answer', () => {
    expect(refusalAt(early(), 11 * DAY + 29 * MINUTE, by('buyer', noShow))).toBe('too-early')
    const reported = taken(early(), 11 * DAY + 31 * MINUTE, by('buyer', noShow))
    expect(stateAt(reported, 13 * DAY)).toBe('handed-over')
    expect(refusalAt(reported, 12 * DAY, by('buyer', confirm))).toBeNull()
    const contested: PartyCommand = { type: 'answer-no-show', answer: 'contest', note: '만났어요', media: [] }
    expect(taken(reported, 12 * DAY, by('seller', contested)).cases).toMatchObject([{ kind: 'no-show', by: 'buyer' }])
    expect(standingOf(taken(reported, 14 * DAY, { type: 'look' }))).toMatchObject({ state: 'failed', fault: 'seller' })
  })

  test('lets the seller report nobody', () => {
    expect(refusalAt(early(), 11 * DAY + HOUR, by('seller', noShow))).toBe('deal-step-not-now')
  })
})

describe('what was handed over otherwise', () => {
  test('after the meeting counts from then', () => {
    const late = taken(arranged(DAY), 2 * DAY, by('seller', handOver))
    expect(stateAt(late, 5 * DAY - 1)).toBe('handed-over')
    expect(stateAt(late, 5 * DAY)).toBe('completed')
  })

  test('by parcel counts from the sending, and nobody waits at the place', () => {
    const sent = taken(arranged(11 * DAY), HOUR, by('seller', { ...handOver, carrier: 'CJ' } as PartyCommand))
    expect(stateAt(sent, 7 * DAY + HOUR)).toBe('completed')
    const later = taken(arranged(DAY), HOUR, by('seller', { ...handOver, carrier: 'CJ' } as PartyCommand))
    expect(refusalAt(later, DAY + HOUR, by('buyer', noShow))).toBe('deal-step-not-now')
  })

  test('without an appointment is no missed meeting, however long the seller is silent', () => {
    const given = taken(open(openingOf('meet')).deal, HOUR, by('seller', handOver))
    expect(refusalAt(given, 2 * DAY + 2 * HOUR, by('buyer', noShow))).toBe('deal-step-not-now')
  })
})

describe('a seller who had reported the buyer and then hands over', () => {
  const reported = () => taken(arranged(HOUR), 2 * HOUR, by('seller', noShow))

  test('has settled the report: silence admits nothing, and the buyer may confirm', () => {
    const given = taken(reported(), 3 * HOUR, by('seller', handOver))
    expect(refusalAt(given, 4 * HOUR, by('buyer', confirm))).toBeNull()
    expect(standingOf(taken(given, 4 * DAY, { type: 'look' }))).toMatchObject({ state: 'completed', fault: null })
  })

  test('leaves a moderator nothing to rule on', () => {
    const contest: PartyCommand = { type: 'answer-no-show', answer: 'contest', note: '', media: [] }
    const given = taken(taken(reported(), 3 * HOUR, by('buyer', contest)), 4 * HOUR, by('seller', handOver))
    expect(given.cases).toMatchObject([{ closedAt: begin + 4 * HOUR, ruling: null }])
  })
})

describe('a buyer who confirms in a dispute', () => {
  const sent = () => taken(open(openingOf()).deal, 0, by('seller', { ...handOver, carrier: 'CJ' } as PartyCommand))

  test('of their own ends it as kept, with all that was pending', () => {
    const disputed = taken(sent(), HOUR, by('buyer', broken))
    const offered = taken(
      disputed,
      2 * HOUR,
      by('seller', { type: 'propose-remedy', remedy: 'return', amount: null, text: '' }),
    )
    const asked = taken(offered, 3 * HOUR, by('seller', { type: 'cancel', reason: '없던 일로 해요' }))
    const kept = taken(asked, 4 * HOUR, by('buyer', confirm))
    expect(kept).toMatchObject({ dispute: { outcome: 'keep' }, remedy: null, cancel: null })
    expect(standingOf(kept)).toMatchObject({ state: 'completed', fault: null, endedAt: begin + 4 * HOUR })
  })

  test('that waits for a moderator leaves nothing to rule on', () => {
    const waiting = taken(taken(sent(), HOUR, by('buyer', broken)), 8 * DAY, { type: 'look' })
    expect(waiting.cases).toMatchObject([{ closedAt: null }])
    expect(taken(waiting, 9 * DAY, by('buyer', confirm)).cases).toMatchObject([
      { closedAt: begin + 9 * DAY, ruling: null },
    ])
  })

  test('opened after completion takes it back, and the end stays where it was', () => {
    const completed = taken(sent(), HOUR, by('buyer', confirm))
    const kept = taken(taken(completed, DAY, by('buyer', broken)), 2 * DAY, by('buyer', confirm))
    expect(standingOf(kept)).toMatchObject({ state: 'completed', endedAt: begin + HOUR })
    expect(refusalAt(kept, 3 * DAY, by('buyer', broken))).toBe('deal-step-not-now')
  })

  test('of the seller’s is refused', () => {
    const disputed = taken(sent(), HOUR, by('seller', broken))
    expect(refusalAt(disputed, 2 * HOUR, by('buyer', confirm))).toBe('deal-step-not-now')
  })
})
