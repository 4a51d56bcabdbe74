import { describe, expect, test } from 'vitest'
import type { Fault, Side } from '../../../worker/contract/deal-steps.ts'
import { instant } from '../../../worker/contract/time.ts'
import type { PartyCommand } from '../../../worker/deals/commands.ts'
import { decide, open, standingOf, type Command, type DealRecord } from '../../../worker/deals/rules.ts'
import { begin, DAY, HOUR, moderator, openingOf } from './stories.ts'

const broken: PartyCommand = { type: 'open-dispute', dispute: 'damaged', text: '깨졌어요', media: [] }

function then(deal: DealRecord, afterMs: number, command: Command): DealRecord {
  const decision = decide(deal, command, instant(begin + afterMs))
  expect(decision.answer).toEqual({ ok: true })
  return decision.deal
}

function by(side: Side, step: PartyCommand): Command {
  return { type: 'step', by: side, step, version: null }
}

function ruling(fault: Fault): Command {
  return { type: 'rule', number: 1, fault, reason: '사진을 보았어요', moderator }
}

/** With a moderator: after completion, or before it. */
function disputed({ completed }: { completed: boolean }): DealRecord {
  const sent = then(open(openingOf()).deal, 0, by('seller', { type: 'hand-over', carrier: 'CJ', tracking: null }))
  const received = completed ? then(sent, HOUR, by('buyer', { type: 'confirm' })) : sent
  return then(then(received, DAY, by('buyer', broken)), 8 * DAY, { type: 'look' })
}

describe('a ruling on a dispute', () => {
  test('leaves what was completed completed, with or without a fault', () => {
    for (const fault of ['seller', 'buyer', 'none'] as const) {
      const before = disputed({ completed: true })
      const after = standingOf(then(before, 9 * DAY, ruling(fault)))
      expect(after).toMatchObject({ state: 'completed', stage: 'completed', fault, endedAt: before.endedAt })
    }
  })

  test('ends an open deal by a fault, and lets it go on without one', () => {
    const before = disputed({ completed: false })
    expect(standingOf(then(before, 9 * DAY, ruling('seller')))).toMatchObject({ state: 'failed', fault: 'seller' })
    const after = then(before, 9 * DAY, ruling('none'))
    expect(standingOf(after)).toMatchObject({ state: 'handed-over', fault: null })
    // Completion by itself had been due; both have a day again.
    expect(standingOf(then(after, 9 * DAY + 23 * HOUR, { type: 'look' })).state).toBe('handed-over')
    expect(standingOf(then(after, 10 * DAY, { type: 'look' })).state).toBe('completed')
  })
})

describe('what waits for a moderator', () => {
  test.each([true, false])('waits no more when the two call it off (completed before: %s)', (completed) => {
    const asked = then(disputed({ completed }), 9 * DAY, by('buyer', { type: 'cancel', reason: '없던 일로 해요' }))
    expect(asked.cases).toMatchObject([{ closedAt: null }])
    const after = then(asked, 9 * DAY + HOUR, by('seller', { type: 'cancel', reason: null }))
    expect(standingOf(after).state).toBe(completed ? 'completed' : 'cancelled')
    expect(after.cases).toMatchObject([{ closedAt: begin + 9 * DAY + HOUR, ruling: null }])
    expect(decide(after, ruling('seller'), instant(begin + 10 * DAY)).answer).toEqual({ ok: false, code: 'case-ruled' })
  })
})

describe('a ruling that is overturned', () => {
  const lift = (side: Side): Command => ({ type: 'lift-fault', side })

  test('takes its fault back and leaves the end, once', () => {
    const failed = then(disputed({ completed: false }), 9 * DAY, ruling('seller'))
    const after = then(failed, 10 * DAY, lift('seller'))
    expect(standingOf(after)).toMatchObject({ state: 'failed', fault: 'none', endedAt: failed.endedAt })
    expect(after.cases.map(({ ruling }) => ruling)).toEqual([
      { fault: 'seller', reason: '사진을 보았어요', moderator, at: begin + 9 * DAY, overturnedAt: begin + 10 * DAY },
    ])
    expect(then(after, 11 * DAY, lift('seller')).place).toBe(after.place)
  })

  test('is not that of the other side, nor a fault that no ruling found', () => {
    const failed = then(disputed({ completed: false }), 9 * DAY, ruling('seller'))
    expect(then(failed, 10 * DAY, lift('buyer'))).toMatchObject({ fault: 'seller', place: failed.place })
    const refused = then(open(openingOf()).deal, HOUR, by('buyer', { type: 'refuse', reason: '바빠요' }))
    expect(then(refused, DAY, lift('buyer'))).toMatchObject({ fault: 'buyer', place: refused.place })
  })
})
