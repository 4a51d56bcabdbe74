import { ApiProblem, asProblem, problemOf } from './problem.ts'

/**
 * How the API is reached: in browsers by `fetch` with the access token, on the edge in the same process and as nobody.
 * Features make their typed client from it (`client.ts`).
 */
export interface Call {
  /** Empty in browsers: the page's own. */
  origin: string
  fetch: typeof fetch
}

/** How long a request may take before it counts as failed. Uploads have their own time. */
export const callMs = 20_000

interface Answer {
  ok: boolean
  status: number
  json(): Promise<unknown>
  text(): Promise<string>
}

type BodyOf<R> = R extends { json(): Promise<infer T> } ? T : never

/** The body of a successful answer (undefined where there is none). Throws `ApiProblem` for everything else. */
export async function answer<R extends Answer>(pending: Promise<R>): Promise<BodyOf<R>> {
  let response: R
  try {
    response = await pending
  } catch (thrown) {
    throw asProblem(thrown)
  }
  if (!response.ok) throw await problemOf(response as unknown as Response)
  try {
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as BodyOf<R>
  } catch (thrown) {
    throw thrown instanceof SyntaxError
      ? new ApiProblem('unreadable-answer', { status: response.status })
      : asProblem(thrown)
  }
}

/** A fresh `Idempotency-Key`: the same for every try of one intention, a new one for the next. In browsers only. */
export function newKey(): string {
  return crypto.randomUUID()
}
