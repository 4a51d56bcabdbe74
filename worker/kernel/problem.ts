import { HTTPException } from 'hono/http-exception'
import { problems, type ProblemCode } from '../contract/problem.ts'

export interface FieldError {
  /** JSON pointer into the body, or the name of a query parameter after a slash. */
  pointer: string
  code: string
}

export interface ProblemExtra extends Record<string, unknown> {
  errors?: FieldError[]
  /** Milliseconds; also sent as `Retry-After` in whole seconds. */
  retryAfterMs?: number
  /** For developers, in English. */
  detail?: string
}

/** A refusal on its way to the caller. Throw it at a feature's edge; `app.onError` alone turns it into a response. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly extra: ProblemExtra

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return problems[this.code].status
  }
}

/** Problem of one field, 422. */
export function invalidField(pointer: string, code: string): Problem {
  return new Problem('invalid-fields', { errors: [{ pointer, code }] })
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const { status, title } = problems[problem.code]
  const { retryAfterMs } = problem.extra
  const body = {
    ...problem.extra,
    type: `/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    instance: requestId,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
    },
  })
}

const ofStatus: Record<number, ProblemCode> = {
  400: 'malformed-body',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-type',
  429: 'too-many-requests',
  503: 'unavailable',
}

/** Whatever was thrown, as a Problem: ours as it is, Hono's own by status, all else `internal` without a word about why. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof HTTPException) return new Problem(ofStatus[thrown.status] ?? 'internal')
  return new Problem('internal')
}
