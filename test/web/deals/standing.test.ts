import { describe, expect, test } from 'vitest'
import { dealSteps, dealStates, nextSteps } from '../../../worker/contract/deal-steps.ts'
import type { DealView } from '../../../worker/contract/deals.ts'
import { byWhom, courseOf, fromSeoul, nextWords, toSeoul, waysOf } from '../../../web/features/deals/standing.ts'
import { faultsOf, type Values } from '../../../web/features/deals/steps/values.ts'
import { deals as en } from '../../../web/i18n/en/deals.ts'
import { deals as ko } from '../../../web/i18n/ko/deals.ts'

const now = Date.parse('2026-11-26T09:00:00.000Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

describe('the ways on', () => {
  const may: DealView['may'] = [
    { step: 'propose-appointment', from: null, until: null },
    { step: 'accept-appointment', from: null, until: at(10) },
    { step: 'refuse', from: null, until: null },
    { step: 'report-no-show', from: at(30), until: at(60) },
  ]
  const next = { step: 'accept-appointment', whose: 'mine' } as const

  test('begin with the one thing to do', () => {
    expect(waysOf({ may, next }, now)).toEqual({
      main: 'accept-appointment',
      onward: ['propose-appointment'],
      other: [
        { step: 'refuse', from: null },
        { step: 'report-no-show', from: Date.parse(at(30)) },
      ],
    })
  })

  test('open and close with time', () => {
    const later = waysOf({ may, next }, now + 31 * 60_000)
    expect(later.main).toBeNull()
    expect(later.other).toContainEqual({ step: 'report-no-show', from: null })
    expect(waysOf({ may, next }, now + 61 * 60_000).other).toEqual([{ step: 'refuse', from: null }])
  })

  test('have no main button while it is the other side’s turn', () => {
    expect(waysOf({ may, next: { step: 'accept-appointment', whose: 'theirs' } }, now).main).toBeNull()
  })
})

describe('the course', () => {
  const deal = (over: Partial<DealView>) =>
    ({
      stage: 'open',
      appointment: { agreed: null, proposed: null },
      steps: [],
      ...over,
    }) as unknown as DealView
  const states = (over: Partial<DealView>) => courseOf(deal(over)).map(({ state }) => state)

  test('shows how far it has come', () => {
    expect(states({})).toEqual(['done', 'now', 'ahead', 'ahead'])
    expect(states({ stage: 'handed-over' })).toEqual(['done', 'done', 'done', 'now'])
    expect(states({ stage: 'completed' })).toEqual(['done', 'done', 'done', 'done'])
  })

  test('shows where it stopped', () => {
    expect(states({ stage: 'failed' })).toEqual(['done', 'broken', 'ahead', 'ahead'])
  })
})

describe.each([
  ['ko', ko],
  ['en', en],
] as const)('words in %s', (_language, t) => {
  test('are there for every next step', () => {
    const turns = ['mine', 'theirs', 'both', 'nobody'] as const
    for (const step of nextSteps)
      expect(
        turns.some((whose) =>
          nextWords(t, { next: { step, whose }, state: 'open', fault: null, role: 'seller' } as DealView),
        ),
        step,
      ).toBe(true)
  })

  test('are there for every step and state', () => {
    for (const step of dealSteps) expect(t.steps[step].do).not.toBe('')
    for (const state of dealStates) expect(t.states[state]).not.toBe('')
  })
})

test('who did it is said from the reader’s side', () => {
  const read = (role: 'seller' | null) => [byWhom('seller', role), byWhom('buyer', role), byWhom('time', role)].join()
  expect(read('seller')).toBe('mine,theirs,time')
  // A moderator is neither.
  expect(read(null)).toBe('seller,buyer,time')
})

test('a typed time is of Seoul', () => {
  expect(fromSeoul('2026-11-26T18:00')).toBe(now)
  expect(toSeoul(now)).toBe('2026-11-26T18:00')
  expect(fromSeoul('')).toBeNull()
})

describe('refuses to send', () => {
  const values: Values = {
    at: '2026-11-26T19:00',
    place: '시청 앞',
    method: 'meet',
    carrier: '',
    tracking: '',
    text: '',
    answer: '',
    type: '',
    remedy: '',
    amount: '',
  }
  const total = 50_000 as DealView['total']
  test.each([
    ['a meeting without a place', 'propose-appointment', { place: ' ' }, { place: 'required' }],
    ['a time that has passed', 'propose-appointment', { at: '2026-11-26T18:00' }, { at: 'past' }],
    ['a time too far ahead', 'propose-appointment', { at: '2026-12-26T18:00' }, { at: 'tooFar' }],
    ['a refusal without a reason', 'refuse', {}, { text: 'required' }],
    ['no answer', 'answer-no-show', {}, { answer: 'pick' }],
    ['more than was paid', 'propose-remedy', { remedy: 'part', amount: '50100' }, { amount: 'amountFault' }],
    ['odd change', 'propose-remedy', { remedy: 'part', amount: '1050' }, { amount: 'amountFault' }],
  ] as const)('%s', (_what, step, change, faults) => {
    expect(faultsOf(step, { ...values, ...change }, { total }, now)).toEqual(faults)
  })

  test('and lets a good proposal go', () => {
    expect(faultsOf('propose-appointment', values, { total }, now)).toEqual({})
  })
})
