import { describe, expect, test } from 'vitest'
import { dealSteps, dealStates, nextSteps } from '../../../worker/contract/deal-steps.ts'
import type { DealView } from '../../../worker/contract/deals.ts'
import { byWhom, courseOf, mayOffer, mayRelist, nextWords, waysOf } from '../../../web/features/deals/standing.ts'
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

describe('the next bidder', () => {
  const suspended = { suspended: true }
  const passedOn = [{ kind: 'passed-on' }]
  const over = { endedAt: at(-60) }
  const deal = (change: object) =>
    ({
      role: 'seller',
      state: 'open',
      fault: null,
      endedAt: null,
      steps: [],
      report: null,
      buyer: { suspended: false },
      ...change,
      stage: 'stage' in change ? change.stage : 'state' in change ? change.state : 'open',
    }) as unknown as DealView

  test.each([
    ['whom the buyer let down', { state: 'failed', fault: 'buyer', ...over }],
    ['whose buyer is suspended', { buyer: suspended }],
    ['who has an appointment with a suspended buyer', { state: 'arranged', buyer: suspended }],
    ['who reported a suspended buyer', { state: 'arranged', buyer: suspended, report: { by: 'seller' } }],
    ['who went on before, also when that buyer is back', { state: 'failed', fault: 'none', steps: passedOn, ...over }],
    ['whose deal with a suspended buyer was cancelled', { state: 'cancelled', buyer: suspended, ...over }],
  ])('can be asked by a seller %s', (_who, change) => {
    expect(mayOffer(deal(change), now)).toBe(true)
    expect(mayOffer(deal({ ...change, role: 'buyer' }), now)).toBe(false)
    expect(mayOffer(deal({ ...change, role: null }), now)).toBe(false)
  })

  test.each([
    ['a deal goes on', {}],
    ['it was handed over', { state: 'handed-over', buyer: suspended }],
    ['there is a dispute', { state: 'disputed', stage: 'arranged', buyer: suspended }],
    ['the buyer has reported the seller', { state: 'arranged', buyer: suspended, report: { by: 'buyer' } }],
    ['it was bought', { state: 'completed', buyer: suspended, ...over }],
    ['the seller let it fail', { state: 'failed', fault: 'seller', ...over }],
    ['the two cancelled it', { state: 'cancelled', ...over }],
    ['a week has passed', { state: 'failed', fault: 'buyer', endedAt: at(-7 * 24 * 60) }],
  ])('cannot be asked where %s', (_what, change) => {
    expect(mayOffer(deal(change), now)).toBe(false)
  })

  test('or a new auction is the seller’s choice where no deal came of it', () => {
    const relistable = dealStates.filter((stage) => mayRelist(deal({ stage })))
    expect(relistable).toEqual(['cancelled', 'failed', 'lapsed'])
    expect(mayRelist(deal({ stage: 'failed', role: 'buyer' }))).toBe(false)
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
  const price = 50_000 as DealView['price']
  test.each([
    ['a meeting without a place', 'propose-appointment', { place: ' ' }, { place: 'required' }],
    ['a time that has passed', 'propose-appointment', { at: '2026-11-26T18:00' }, { at: 'past' }],
    ['a time too far ahead', 'propose-appointment', { at: '2026-12-26T18:00' }, { at: 'tooFar' }],
    ['a refusal without a reason', 'refuse', {}, { text: 'required' }],
    ['no answer', 'answer-no-show', {}, { answer: 'pick' }],
    [
      'more than the price, which the postage is no part of',
      'propose-remedy',
      { remedy: 'part', amount: '50100' },
      { amount: 'amountFault' },
    ],
    ['odd change', 'propose-remedy', { remedy: 'part', amount: '1050' }, { amount: 'amountFault' }],
  ] as const)('%s', (_what, step, change, faults) => {
    const deal = { price, total: 53_000 as DealView['total'] }
    expect(faultsOf(step, { ...values, ...change }, deal, now)).toEqual(faults)
  })

  test('and lets a good proposal go', () => {
    expect(faultsOf('propose-appointment', values, { price }, now)).toEqual({})
  })
})
