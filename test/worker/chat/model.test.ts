import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { Life, type Cast } from './model/life.ts'
import { story } from './model/story.ts'

const runs = Number(process.env['MODEL_RUNS'] ?? 8)

let cast: Cast

beforeAll(async () => {
  cast = [await actor('owner'), await actor('first'), await actor('second'), await actor('third')]
})

describe('a group through sleep, death, broken lines and repetition', () => {
  it('is the same gapless story to each member, and unread is what the definition says', async () => {
    let lived = 0
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        await new Life(cast).live(steps)
        lived += 1
      }),
      { numRuns: runs, endOnFailure: true },
    )
    expect(lived).toBeGreaterThanOrEqual(runs)
  }, 600_000)
})
