import * as fc from 'fast-check'

/** People of a story by their place: 0 owns the room. */
export type Place = 0 | 1 | 2 | 3

/** One thing that somebody does, or that goes wrong. */
export type Step =
  | { do: 'send'; who: Place }
  | { do: 'burst'; meanwhile: Disturbance }
  | { do: 'edit' | 'delete'; who: Place; nth: number }
  | { do: 'read'; who: Place; seq: number }
  | { do: 'archive'; who: Place }
  | { do: 'take out' | 'bring in'; who: 1 | 2 | 3 }
  | { do: 'leave'; who: 1 | 2 | 3 }
  | { do: 'disturb'; how: Disturbance }

export type Disturbance =
  | { what: 'room sleeps' | 'room dies' | 'room forgets' | 'room rings' }
  | { what: 'inbox sleeps' | 'inbox dies' | 'line breaks' | 'line is back'; who: Place }

const anyone = fc.constantFrom<Place>(0, 1, 2, 3)
const member = fc.constantFrom<1 | 2 | 3>(1, 2, 3)

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.record({ what: fc.constantFrom('room sleeps', 'room dies', 'room forgets', 'room rings') }),
  fc.record({ what: fc.constantFrom('inbox sleeps', 'inbox dies', 'line breaks', 'line is back'), who: anyone }),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send'), who: anyone }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('burst'), meanwhile: disturbance }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('edit', 'delete'), who: anyone, nth: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read'), who: anyone, seq: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('archive'), who: anyone }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('take out', 'bring in'), who: member }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave'), who: member }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('disturb'), how: disturbance }) },
) as fc.Arbitrary<Step>

export const story = fc.array(step, { minLength: 8, maxLength: 24 })
