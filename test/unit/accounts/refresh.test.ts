import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accounts } from '../../../worker/contract/limits.ts'
import { forgettable, judgeRefresh } from '../../../worker/accounts/rules/refresh.ts'

const { refreshGraceMs, refreshSlidingMs, refreshTotalMs } = accounts

/** A sign-in whose tokens were issued at these times, the first at 0. */
function generations(...issuedAt: number[]) {
  return { signedInAt: 0, issuedAt: new Map(issuedAt.map((at, index) => [index + 1, at])) }
}

describe('accepts', () => {
  it('the newest token, and makes the next', () => {
    expect(judgeRefresh(1, generations(0), 1_000)).toMatchObject({ kind: 'rotate', generation: 2 })
  })

  it('the one before for as long as its successor was not used, since that answer may be lost', () => {
    const late = refreshSlidingMs - 1
    expect(judgeRefresh(1, generations(0, 5_000), late)).toMatchObject({ kind: 'repeat', generation: 2 })
  })

  it('the one before that until 10 s after its successor was used', () => {
    const rotated = generations(0, 5_000, 60_000)
    expect(judgeRefresh(1, rotated, 60_000 + refreshGraceMs - 1)).toMatchObject({ kind: 'repeat', generation: 3 })
  })

  it('tabs that ask together, and gives them the same successor', () => {
    const asked = judgeRefresh(1, generations(0), 1_000)
    const askedToo = judgeRefresh(1, generations(0, 1_000), 1_004)
    expect(asked).toMatchObject({ generation: 2 })
    expect(askedToo).toMatchObject({ generation: 2 })
  })
})

describe('ends the sign-in', () => {
  it('for a token whose successor was used more than 10 s ago', () => {
    expect(judgeRefresh(1, generations(0, 5_000, 60_000), 60_000 + refreshGraceMs)).toEqual({ kind: 'reuse' })
  })

  it('for a token that is long forgotten', () => {
    const kept = {
      signedInAt: 0,
      issuedAt: new Map([
        [8, 100_000],
        [9, 200_000],
      ]),
    }
    expect(judgeRefresh(3, kept, 300_000)).toEqual({ kind: 'reuse' })
  })

  it('for a token that was never issued', () => {
    expect(judgeRefresh(7, generations(0, 1), 2)).toEqual({ kind: 'reuse' })
  })

  it('7 days after the last use, 90 days after signing in', () => {
    expect(judgeRefresh(1, generations(0), refreshSlidingMs - 1).kind).toBe('rotate')
    expect(judgeRefresh(1, generations(0), refreshSlidingMs)).toEqual({ kind: 'expired' })
    const old = { signedInAt: 0, issuedAt: new Map([[50, refreshTotalMs - 1_000]]) }
    expect(judgeRefresh(50, old, refreshTotalMs - 1)).toMatchObject({ kind: 'rotate', expiresAt: refreshTotalMs })
    expect(judgeRefresh(50, old, refreshTotalMs)).toEqual({ kind: 'expired' })
  })
})

describe('a browser', () => {
  /** Answers may be lost: then the browser keeps the token it had. */
  const steps = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 3 * 3_600_000 }), isLost: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  })

  it('that uses what it got last is never signed out, however many answers are lost', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const issuedAt = new Map([[1, 0]])
        let held = 1
        let at = 0
        for (const { afterMs, isLost } of list) {
          at += afterMs
          const verdict = judgeRefresh(held, { signedInAt: 0, issuedAt }, at)
          expect(['rotate', 'repeat']).toContain(verdict.kind)
          if (verdict.kind !== 'rotate' && verdict.kind !== 'repeat') return
          if (verdict.kind === 'rotate') {
            for (const generation of forgettable({ issuedAt }, at)) issuedAt.delete(generation)
            issuedAt.set(verdict.generation, at)
          }
          if (!isLost) held = verdict.generation
        }
      }),
    )
  })

  it('whose token was copied and used is noticed at the next use but one of either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: refreshGraceMs, max: 3_600_000 }), (pauseMs) => {
        const issuedAt = new Map([[1, 0]])
        const use = (generation: number, at: number) => {
          const verdict = judgeRefresh(generation, { signedInAt: 0, issuedAt }, at)
          if (verdict.kind === 'rotate') issuedAt.set(verdict.generation, at)
          return verdict
        }
        const thief = use(1, pauseMs)
        if (thief.kind !== 'rotate') throw new Error('the thief comes first')
        use(thief.generation, 2 * pauseMs)
        expect(use(1, 3 * pauseMs)).toEqual({ kind: 'reuse' })
      }),
    )
  })
})
