import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { play, rules } from './desk.ts'
import type { Played, Rules } from './desk.ts'
import { Scenes, tell } from './histories.ts'
import type { Scene } from './histories.ts'
import { mutants } from './mutants.ts'

/** A model that cannot tell wrong rules from right ones proves nothing. */
describe('the model finds that', () => {
  test.each(Object.entries(mutants))('%s', (_, mutant) => {
    expect(search(mutant)).toBe(true)
  })

  test('the rules as they are have nothing wrong with them', () => {
    expect(search(rules)).toBe(false)
  })
})

/** Whether any of these histories goes otherwise than the reference says. */
function search(by: Rules): boolean {
  return fc.check(
    fc.property(Scenes, (scene) => isFaithful(scene, by)),
    { numRuns: 4_000, seed: 20_261_121, endOnFailure: true },
  ).failed
}

function isFaithful(scene: Scene, by: Rules): boolean {
  const told = tell(scene)
  let played: Played
  try {
    played = play(told, by)
  } catch {
    // A ledger that names nobody, or two: as good as a wrong one.
    return false
  }
  return (
    isDeepStrictEqual(
      played.answers,
      told.steps.map(({ answer }) => answer),
    ) &&
    isDeepStrictEqual(played.ledger, told.ledger) &&
    isDeepStrictEqual(played.standing, told.standing)
  )
}
