import { expect } from 'vitest'
import { problems, type ProblemCode } from '../../../worker/contract/problem.ts'
import type { Answer } from './app.ts'

/** Checks that an answer is that problem, whole and well-formed, and gives its body. */
export function expectProblem(answer: Answer, code: ProblemCode): Answer['body'] {
  const { status, title } = problems[code]
  expect(answer.body).toMatchObject({ code, status, title, type: `/problems/${code}`, instance: expect.any(String) })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  return answer.body
}

/** The faults of an `invalid-fields` or `unknown-field` problem as `pointer: code`. */
export function faultsOf(answer: Answer): string[] {
  const errors = (answer.body?.errors ?? []) as { pointer: string; code: string }[]
  return errors.map(({ pointer, code }) => `${pointer}: ${code}`)
}
