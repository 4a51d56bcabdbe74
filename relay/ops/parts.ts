import { reasonOf } from '../log.ts'

/** One part of the relay as whoever runs it sees it. Parts are handed in by `index.ts`. */
export interface Part {
  /** One word in lower case: `bus`. */
  name: string
  /** Without it the relay is of no use, so it is not ready; any other part that is down is only told. */
  isVital: boolean
  /** Answers at once or within two seconds; throwing or taking longer means down. */
  check(): Promise<PartState>
}

export interface PartState {
  ok: boolean
  /** Which of several it is: `embedded`, `smtp`. */
  kind?: string
  /** Why it is not well, in our words: no address, no name, no secret. */
  reason?: string
  /** What each consumer has not yet taken, by its name. */
  lag?: Record<string, number>
  /** Anything else that is counted, by snake_case names; each becomes a gauge of its own. */
  figures?: Record<string, number>
}

export interface Readiness {
  ok: boolean
  parts: Record<string, PartState>
}

const deadlineMs = 2_000

/** Asks all parts at once. */
export async function checkParts(parts: readonly Part[]): Promise<Readiness> {
  const states = await Promise.all(parts.map(async (part) => [part, await stateOf(part)] as const))
  return {
    ok: states.every(([{ isVital }, { ok }]) => ok || !isVital),
    parts: Object.fromEntries(states.map(([{ name }, state]) => [name, state])),
  }
}

async function stateOf(part: Part): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<PartState>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: `no answer within ${deadlineMs} ms` }), deadlineMs)
  })
  try {
    return await Promise.race([part.check(), late])
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}
