import type { Problem as ProblemBody, ProblemCode } from '../../worker/contract/problem.ts'

/** Problems that only a browser can have. */
export type LocalProblemCode = 'offline' | 'timeout' | 'unreadable-answer' | 'update-needed'

export interface FieldError {
  /** JSON pointer into what was sent: `/password`. */
  pointer: string
  code: string
}

/**
 * A request that did not succeed, as a value that can be shown: the API's problem (RFC 9457), or what kept us from getting
 * one. `extra` holds the problem's own members, such as `minimumBid` or `receipt`.
 */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly code: ProblemCode | LocalProblemCode
  /** 0 when there was no answer. */
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly retryAfterMs: number | undefined
  /** The request's id, for those who ask for help. */
  readonly request: string | undefined
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ProblemCode | LocalProblemCode,
    about: {
      status?: number
      errors?: readonly FieldError[]
      retryAfterMs?: number | undefined
      request?: string | undefined
      extra?: Readonly<Record<string, unknown>>
    } = {},
  ) {
    super(code)
    this.code = code
    this.status = about.status ?? 0
    this.errors = about.errors ?? []
    this.retryAfterMs = about.retryAfterMs
    this.request = about.request
    this.extra = about.extra ?? {}
  }

  /** Whether the server has judged what was asked: under the same Idempotency-Key it says the same again. */
  get isJudged(): boolean {
    return this.status >= 400 && this.status < 500
  }

  /** Code of the fault of one field, by its name in the body. */
  faultOf(field: string): string | undefined {
    return this.errors.find((error) => error.pointer === `/${field}` || error.pointer.startsWith(`/${field}/`))?.code
  }
}

/** Reads the problem of an answer that is not ok. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after'))
  const retryAfterMs = retryAfter > 0 ? retryAfter * 1_000 : undefined
  try {
    const body = (await response.json()) as Partial<ProblemBody>
    if (!body.code) throw new TypeError('not a problem')
    const { code, status, errors, instance, type: _type, title: _title, detail: _detail, ...extra } = body
    return new ApiProblem(code, {
      status: status ?? response.status,
      errors: errors ?? [],
      retryAfterMs,
      request: instance,
      extra,
    })
  } catch {
    // A proxy, a captive portal or a crash answered, not our API.
    const code =
      response.status === 429 ? 'too-many-requests' : response.status >= 500 ? 'unavailable' : 'unreadable-answer'
    return new ApiProblem(code, { status: response.status, retryAfterMs })
  }
}

/** Whatever was thrown, as a problem: no network, a timeout, a chunk of an older build that is gone, or a defect of ours. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  if (thrown instanceof DOMException && (thrown.name === 'TimeoutError' || thrown.name === 'AbortError'))
    return new ApiProblem('timeout')
  const message = thrown instanceof Error ? thrown.message : ''
  if (/dynamically imported module|module script|Importing a module/i.test(message))
    return new ApiProblem(isOffline() ? 'offline' : 'update-needed')
  if (thrown instanceof TypeError && /fetch|network|load failed/i.test(message))
    return new ApiProblem(isOffline() ? 'offline' : 'unavailable')
  return new ApiProblem('internal')
}

function isOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false
}
