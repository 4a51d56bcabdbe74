import type { Signal } from '../../../worker/contract/search.ts'
import { signals as limits } from '../../../worker/contract/limits.ts'

/** Who reads, as far as signals go: only of `personal` readers more than views is told. */
export type Reader = 'visitor' | 'views-only' | 'personal'

/** How long signals are gathered into one request. */
export const gatherMs = 10_000

export interface OutgoingDeps {
  /** Null while it is not known yet who reads. */
  reader: () => Reader | null
  send: (signals: Signal[], reader: Reader) => void
}

/** Gathers signals into requests of up to 50. What could not be sent is forgotten: a signal is worth no second try. */
export function createOutgoing({ reader, send }: OutgoingDeps) {
  let waiting = new Map<string, Signal>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Sends what is waiting; while nobody knows who reads it goes on waiting. */
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const who = reader()
    if (waiting.size === 0) return
    if (who === null) return wait()
    const all = [...waiting.values()].filter((signal) => who === 'personal' || isView(signal))
    waiting = new Map()
    for (let from = 0; from < all.length; from += limits.perCall) send(all.slice(from, from + limits.perCall), who)
  }

  function wait(): void {
    timer ??= setTimeout(flush, gatherMs)
  }

  return {
    /** Of two stays with one thing the longer one counts. */
    add(signal: Signal): void {
      const name = `${signal.kind} ${signal.target}`
      const before = waiting.get(name)
      if (!before || before.ms < signal.ms) waiting.set(name, signal)
      if (waiting.size >= limits.perCall) flush()
      else wait()
    },
    flush,
    /** Somebody else reads: what was seen before is not theirs. */
    drop(): void {
      clearTimeout(timer)
      timer = undefined
      waiting = new Map()
    },
  }
}

function isView({ kind, ms }: Signal): boolean {
  return kind === 'open' || ms >= limits.strongMs
}
