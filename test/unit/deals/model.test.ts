import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appointmentOf,
  dealStates,
  dueOf,
  isOpenDeal,
  otherSide,
  refusalOf,
  stepTable,
  type DealStep,
} from '../../../worker/contract/deal-steps.ts'
import { deals as limits } from '../../../worker/contract/limits.ts'
import { stepKinds } from '../../../worker/contract/deals.ts'
import { instant, type Instant } from '../../../worker/contract/time.ts'
import type { Step } from '../../../worker/deals/commands.ts'
import {
  decide,
  nextLook,
  open,
  standingOf,
  type Command,
  type DealRecord,
  type Decision,
  type Reminder,
} from '../../../worker/deals/rules.ts'
import { begin, DAY, openingOf, saidAt, stories, type Try } from './stories.ts'

const runs = { numRuns: 3_000 }

interface Lived {
  deal: DealRecord
  steps: Step[]
  reminders: Reminder[]
  tries: { before: DealRecord; command: Command; at: Instant; decision: Decision }[]
}

/** Lives a story. `looks` adds moments at which somebody only looks at the clock. */
function live(story: Try[], { looks = 0, handover = 'either' as 'meet' | 'parcel' | 'either' } = {}): Lived {
  const opened = open(openingOf(handover))
  const lived: Lived = { deal: opened.deal, steps: [...opened.steps], reminders: [], tries: [] }
  let at = begin
  const tell = (command: Command) => {
    const before = lived.deal
    const decision = decide(before, command, at)
    lived.deal = decision.deal
    lived.steps.push(...decision.steps)
    lived.reminders.push(...decision.reminders)
    lived.tries.push({ before, command, at, decision })
  }
  for (const { afterMs, command, twice } of story) {
    const last = at
    for (let look = 1; look <= looks; look += 1) {
      at = instant(last + Math.floor((afterMs * look) / (looks + 1)))
      tell({ type: 'look' })
    }
    at = instant(last + afterMs)
    const said = saidAt(command, at, decide(lived.deal, { type: 'look' }, at).deal)
    tell(said)
    if (twice) tell(said)
  }
  return lived
}

describe('whatever the two of a deal do, and however time passes', () => {
  test('steps have places without gap and times that never run back', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { steps } = live(story)
        steps.forEach((step, index) => {
          expect(step.place).toBe(index + 1)
          expect(step.at).toBeGreaterThanOrEqual(steps[index - 1]?.at ?? 0)
        })
      }),
      runs,
    )
  })

  test('a party does exactly what the table says, at the deadlines as they stand at that moment', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { before, command, at, decision } of live(story).tries) {
          if (command.type !== 'step' || command.step.type === 'pass-on') continue
          const met = decide(before, { type: 'look' }, at).deal
          const step = stepOf(met, command)
          const refusal = refusalOf(standingOf(met), step, command.by, Math.max(at, met.seenAt))
          if (refusal) expect(decision.answer).toMatchObject({ ok: false, code: refusal.code })
          else if (!decision.answer.ok)
            // What is left to refuse is in the words themselves.
            expect(['invalid-fields', 'deal-step-not-now']).toContain(decision.answer.code)
          expect(decision.deal.place - met.place).toBe(decision.answer.ok ? 1 : 0)
        }
      }),
      runs,
    )
  })

  test('an end stays: only a dispute about what was completed is heard after it, and an appeal; they move nothing but the fault', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { steps } = live(story)
        const end = steps.find(({ standing }) => standing.endedAt !== null)
        for (const step of steps.filter(({ place }) => end && place > end.place)) {
          expect(step.standing.stage).toBe(end?.standing.stage)
          expect(step.standing.endedAt).toBe(end?.standing.endedAt)
          if (step.kind !== 'fault-lifted') expect(step.standing.stage).toBe('completed')
        }
      }),
      runs,
    )
  })

  test('a fault has a cause, and both sides bear the same for the same', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { steps } = live(story)
        for (const [index, { kind, by, standing }] of steps.entries()) {
          const before = steps[index - 1]?.standing
          if (standing.fault === (before?.fault ?? null)) continue
          if (kind === 'refused') expect(standing.fault).toBe(by)
          else if (kind === 'no-show-admitted') expect(standing.fault).toBe(otherSide(before?.report?.by ?? 'buyer'))
          else if (kind === 'passed-on' || kind === 'fault-lifted') expect(standing.fault).toBe('none')
          else expect(kind).toBe('ruled')
        }
      }),
      runs,
    )
  })

  test('mirrored sides give a mirrored deal, but for the steps that are one side’s alone', () => {
    const onlyOne = Object.entries(stepTable).filter(([, rule]) => rule.by !== 'party')
    expect(onlyOne.map(([step]) => step).toSorted()).toEqual(['confirm', 'hand-over'])
    fc.assert(
      fc.property(stories, (story) => {
        const shared = story.filter(
          ({ command }) =>
            command.type !== 'rule' &&
            (command.type !== 'step' || !['confirm', 'hand-over', 'pass-on'].includes(command.step.type)),
        )
        const mirrored = shared.map((one) =>
          one.command.type === 'step' ? { ...one, command: { ...one.command, by: otherSide(one.command.by) } } : one,
        )
        const [one, other] = [live(shared), live(mirrored)]
        expect(other.steps.map(({ kind, at }) => [kind, at])).toEqual(one.steps.map(({ kind, at }) => [kind, at]))
        const fault = one.deal.fault
        expect(other.deal.fault).toBe(fault === 'seller' || fault === 'buyer' ? otherSide(fault) : fault)
      }),
      runs,
    )
  })

  test('looking more often changes nothing: what time brings, it brings at its own moment', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 3 }), (story, looks) => {
        const [seldom, often] = [live(story), live(story, { looks })]
        expect(often.steps).toEqual(seldom.steps)
        expect(often.reminders).toEqual(seldom.reminders)
      }),
      runs,
    )
  })

  test('nothing is reminded of twice, nor after it was due', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { reminders } = live(story)
        const names = reminders.map(({ about, at }) => `${about} ${at}`)
        expect(new Set(names).size).toBe(names.length)
        for (const { due, at } of reminders) expect(at).toBeLessThan(due ?? Infinity)
      }),
      runs,
    )
  })

  test('who has agreed on a meeting, or on none, is reminded at the hours that were promised', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { steps, reminders, tries } = live(story)
        const missed = steps.flatMap((step, index) => {
          const { state, report, idleSince } = step.standing
          const appointment = appointmentOf(step.standing)
          const until = steps[index + 1]?.at ?? tries.at(-1)?.at ?? step.at
          const promised = [
            ...(state === 'open' && !report ? limits.quietMs.map((ms) => ['quiet', idleSince + ms] as const) : []),
            ...(appointment && !report ? limits.remindMs.map((ms) => ['meet', appointment.at - ms] as const) : []),
          ].filter(([, at]) => at > step.at && at < until)
          return promised.filter(([about, at]) => !reminders.some((told) => told.about === about && told.at === at))
        })
        expect(missed).toEqual([])
      }),
      runs,
    )
  })

  test('what happens by itself was told a day before, unless it came to be later than that', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { steps, reminders } = live(story)
        const untold = steps.filter((step, index) => {
          const before = steps[index - 1]
          const [due] = before && step.by === 'time' ? dueOf(before.standing) : []
          if (!before || !due || due.at - DAY <= before.at) return false
          return !reminders.some(({ due: told }) => told === due.at)
        })
        expect(untold).toEqual([])
      }),
      runs,
    )
  })

  test('every deal ends by itself if everybody but moderators goes away', () => {
    fc.assert(
      fc.property(stories, (story) => {
        let { deal } = live(story)
        for (let look = nextLook(deal); look !== null; look = nextLook(deal)) {
          expect(look).toBeGreaterThanOrEqual(0)
          deal = decide(deal, { type: 'look' }, look).deal
        }
        const waits = deal.cases.some(({ closedAt }) => closedAt === null)
        expect(isOpenDeal(standingOf(deal))).toBe(waits)
      }),
      runs,
    )
  })

  test('the stories reach everything there is', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(stories, (story) => {
        for (const { kind, standing } of live(story).steps) seen.add(kind).add(standing.state)
      }),
      { numRuns: 4_000, seed: 5 },
    )
    expect([...stepKinds, ...dealStates].filter((one) => !seen.has(one))).toEqual([])
  })
})

function stepOf({ cancel }: DealRecord, { by, step }: Extract<Command, { type: 'step' }>): DealStep {
  if (step.type === 'cancel') return cancel && cancel.by !== by ? 'agree-cancel' : 'propose-cancel'
  return step.type as DealStep
}
