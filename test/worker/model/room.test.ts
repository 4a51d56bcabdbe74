import { beforeAll, describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { actor, type Actor } from '../../support/worker/actors.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { people, Scenes, tell, withOtherSecrets } from '../../model/histories.ts'
import { predicates, secretsStaySecret } from '../../model/predicates.ts'
import { liveThrough, type Disturbance, type Disturbed, type House, type Way } from './disturbed.ts'

const actors = new Map<string, Actor>()

beforeAll(async () => {
  for (const { name, isTrader } of people)
    actors.set(name, await actor(`${name} herself`, { by: isTrader ? 'phone' : 'email' }))
})

const Disturbances = fc.array(
  fc.constantFrom<Disturbance>(
    'none',
    'none',
    'none',
    'sleep',
    'death',
    'alarm',
    'alarm twice',
    'cut',
    'relay away',
    'relay back',
  ),
  { minLength: 1, maxLength: 12 },
)
const Ways = fc.array(fc.constantFrom<Way>('call', 'socket', 'cut socket, then call', 'twice at once'), {
  minLength: 1,
  maxLength: 6,
})
const Stories: fc.Arbitrary<Disturbed> = fc
  .record({ told: Scenes.map((scene) => withoutOutages(tell(scene))), disturbances: Disturbances, ways: Ways })
  .map((story) => (story.disturbances.includes('death') ? { ...story, told: withoutSkew(story.told) } : story))

/** How long a room was gone cannot be said of one whose clock ran back meanwhile. */
function withoutSkew(told: Disturbed['told']): Disturbed['told'] {
  let latest = told.publishedAt
  const steps = told.steps.map((step) => ({ ...step, clock: (latest = Math.max(latest, step.clock)) }))
  return { ...told, steps }
}

/** In a real room an outage is what happens to it, not something that is said. */
function withoutOutages(told: Disturbed['told']): Disturbed['told'] {
  return { ...told, steps: told.steps.filter(({ action }) => action.do !== 'outage') }
}

/**
 * The reference bans whom it likes; a room only who has a number, and so another story would be told. So it would without an outage
 * that was told of: whoever came too late because of it comes in time.
 */
function withoutBansAndOutages(scene: Parameters<typeof tell>[0]): Parameters<typeof tell>[0] {
  const apart = ['ban', 'unban', 'outage']
  return { ...scene, steps: scene.steps.filter(({ what }) => !apart.includes(what.do)) }
}

describe('a room', { timeout: 240_000 }, () => {
  test('answers and writes as the reference does, whatever disturbs it', async () => {
    const house: House = { actors, relay: withRelay() }
    let lived = 0
    await fc.assert(
      fc.asyncProperty(Stories, async (story) => {
        lived += 1
        const { run, answers, expected, reference } = await liveThrough(house, story)
        expect(answers).toEqual(expected)
        expect(run.lines.map(({ entry }) => [entry.type, entry.at, entry.raises.length])).toEqual(
          reference.ledger().map(({ type, at, raises }) => [type, at, raises]),
        )
        for (const [name, predicate] of Object.entries(predicates)) expect([name, predicate(run)]).toEqual([name, []])
      }),
      { numRuns: 60, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: false },
    )
    // A slow computer tells fewer stories, but never none.
    expect(lived).toBeGreaterThan(10)
  })

  test('shows nothing of amounts that were never reached', async () => {
    const house: House = { actors, relay: withRelay() }
    let compared = 0
    await fc.assert(
      fc.asyncProperty(Scenes, async (scene) => {
        const told = tell(withoutBansAndOutages(scene))
        const other = withOtherSecrets(told)
        if (!other) return
        compared += 1
        const calm = { disturbances: ['none' as const], ways: ['call' as const], today: Date.now() }
        const one = await liveThrough(house, { told, ...calm })
        const two = await liveThrough(house, { told: other, ...calm })
        expect(secretsStaySecret(one.run, two.run)).toEqual([])
      }),
      { numRuns: 40, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: false },
    )
    expect(compared).toBeGreaterThan(5)
  })
})
