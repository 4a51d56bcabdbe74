import { beforeEach, describe, expect, test } from 'vitest'
import { type AskingOptions, createAsking } from '../../../web/api/live/asking.ts'
import { ApiProblem } from '../../../web/api/problem.ts'

/** A question whose answer was lost with the line: every post fails until the network is back. */
function doubtful(differs: Partial<AskingOptions> = {}) {
  const posted: (string | null)[] = []
  const doubts: (string | undefined)[] = []
  let isReachable = false
  const asking = createAsking({
    send: () => true,
    who: () => reader,
    answerWithinMs: 1,
    repeatMs: { min: 1, max: 4 },
    ...differs,
  })
  const asked = asking.ask<string>({
    frame: (ref) => ({ type: 'send-message', ref, key: 'the-key', text: '귤' }),
    post: () => {
      posted.push(reader)
      return isReachable ? Promise.resolve('known') : Promise.reject(new ApiProblem('offline'))
    },
    read: () => null,
    onDoubt: (problem) => doubts.push(problem?.code),
  })
  const settled = asked.catch((thrown: ApiProblem) => thrown.code)
  return { settled, posted, doubts, reach: () => (isReachable = true) }
}

let reader: string | null
beforeEach(() => {
  reader = 'bom'
})

describe('a question in doubt', () => {
  test('ends unanswered once somebody else is signed in', async () => {
    const { settled, posted, reach } = doubtful()
    await expect.poll(() => posted.length).toBeGreaterThan(1)
    reader = 'minji'
    reach()
    expect(await settled).toBe('sign-in-over')
    expect(new Set(posted)).toEqual(new Set(['bom']))
  })

  test('waits while nobody is signed in, and goes on when its asker is back', async () => {
    const { settled, posted, doubts, reach } = doubtful()
    await expect.poll(() => posted.length).toBeGreaterThan(0)
    reader = null
    await expect.poll(() => doubts).toContain('not-signed-in')
    reach()
    reader = 'bom'
    expect(await settled).toBe('known')
    expect(new Set(posted)).toEqual(new Set(['bom']))
  })

  test('does not wait for its asker for ever', async () => {
    const { settled, posted } = doubtful({ goneMs: 20 })
    await expect.poll(() => posted.length).toBeGreaterThan(0)
    reader = null
    expect(await settled).toBe('sign-in-over')
  })
})

test('a question that was not sent yet is not sent without its asker', async () => {
  let turns = 0
  const posted: string[] = []
  const asking = createAsking({ send: () => false, who: () => (turns++ === 0 ? 'bom' : null) })
  const asked = asking.ask({
    frame: (ref) => ({ type: 'send-message', ref, key: 'the-key', text: '귤' }),
    post: () => Promise.resolve(posted.push('known')),
    read: () => null,
  })
  await expect(asked).rejects.toMatchObject({ code: 'not-signed-in' })
  expect(posted).toEqual([])
})
