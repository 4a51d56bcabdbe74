import { describe, expect, test } from 'vitest'
import type { Fault, Side } from '../../../worker/contract/deal-steps.ts'
import { instant } from '../../../worker/contract/time.ts'
import { decide, open, standingOf, type Command, type DealRecord } from '../../../worker/deals/rules.ts'
import { begin, DAY, HOUR, moderator, openingOf } from './stories.ts'
import { broken, by, taken } from './taking.ts'

function ruling(fault: Fault): Command {
  return { type: 'rule', number: 1, fault, reason: '사진을 보았어요', moderator }
}

/** With a moderator: after completion, or before it. */
function disputed({ completed }: { completed: boolean }): DealRecord {
  const sent = taken(open(openingOf()).deal, 0, by('seller', { type: 'hand-over', carrier: 'CJ', tracking: null }))
  const received = completed ? taken(sent, HOUR, by('buyer', { type: 'confirm' })) : sent
  return taken(taken(received, DAY, by('buyer', broken)), 8 * DAY, { type: 'look' })
}

describe('a ruling on a dispute', () => {
  test('leaves what was completed completed, with or without a fault', () => {
    for (const fault of ['seller', 'buyer', 'none'] as const) {
      const before = disputed({ completed: true })
      const after = standingOf(taken(before, 9 * DAY, ruling(fault)))
      expect(after).toMatchObject({ state: 'completed', stage: 'completed', fault, endedAt: before.endedAt })
    }
  })

  test('ends an open deal by a fault, and lets it go on without one', () => {
    const before = disputed({ completed: false })
    expect(standingOf(taken(before, 9 * DAY, ruling('seller')))).toMatchObject({ state: 'failed', fault: 'seller' })
    const after = taken(before, 9 * DAY, ruling('none'))
    expect(standingOf(after)).toMatchObject({ state: 'handed-over', fault: null })
    // Completion by itself had been due; both have a day again.
    expect(standingOf(taken(after, 9 * DAY + 23 * HOUR, { type: 'look' })).state).toBe('handed-over')
    expect(standingOf(taken(after, 10 * DAY, { type: 'look' })).state).toBe('completed')
  })
})

describe('what waits for a moderator', () => {
  test.each([true, false])('waits no more when the two call it off (completed before: %s)', (completed) => {
    const asked = taken(disputed({ completed }), 9 * DAY, by('buyer', { type: 'cancel', reason: '없던 일로 해요' }))
    expect(asked.cases).toMatchObject([{ closedAt: null }])
    const after = taken(asked, 9 * DAY + HOUR, by('seller', { type: 'cancel', reason: null }))
    expect(standingOf(after).state).toBe(completed ? 'completed' : 'cancelled')
    expect(after.cases).toMatchObject([{ closedAt: begin + 9 * DAY + HOUR, ruling: null }])
    expect(decide(after, ruling('seller'), instant(begin + 10 * DAY)).answer).toEqual({ ok: false, code: 'case-ruled' })
  })
})

describe('a ruling that is overturned', () => {
  const lift = (side: Side): Command => ({ type: 'lift-fault', side })

  test('takes its fault back and leaves the end, once', () => {
    const failed = taken(disputed({ completed: false }), 9 * DAY, ruling('seller'))
    const after = taken(failed, 10 * DAY, lift('seller'))
    expect(standingOf(after)).toMatchObject({ state: 'failed', fault: 'none', endedAt: failed.endedAt })
    expect(after.cases.map(({ ruling }) => ruling)).toEqual([
      { fault: 'seller', reason: '사진을 보았어요', moderator, at: begin + 9 * DAY, overturnedAt: begin + 10 * DAY },
    ])
    expect(taken(after, 11 * DAY, lift('seller')).place).toBe(after.place)
  })

  test('is not that of the other side, nor a fault that no ruling found', () => {
    const failed = taken(disputed({ completed: false }), 9 * DAY, ruling('seller'))
    expect(taken(failed, 10 * DAY, lift('buyer'))).toMatchObject({ fault: 'seller', place: failed.place })
    const refused = taken(open(openingOf()).deal, HOUR, by('buyer', { type: 'refuse', reason: '바빠요' }))
    expect(taken(refused, DAY, lift('buyer'))).toMatchObject({ fault: 'buyer', place: refused.place })
  })
})
