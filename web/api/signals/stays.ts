import { signals as limits } from '../../../worker/contract/limits.ts'

interface Stay {
  tell: (ms: number) => void
  since: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * How long things are looked at without a break. A stay from 1 s on is told when it ends; one that reaches 10 s is told then
 * and there, since it can say no more. `now` only runs forward, in milliseconds.
 */
export function createStays(now: () => number) {
  const stays = new Map<object, Stay>()
  let isPaused = false

  function start(stay: Stay): void {
    stay.since = now()
    stay.timer = setTimeout(() => {
      stay.timer = undefined
      stay.tell(Math.round(now() - stay.since))
    }, limits.strongMs)
  }

  function stop(stay: Stay): void {
    if (stay.timer === undefined) return
    clearTimeout(stay.timer)
    stay.timer = undefined
    const ms = Math.round(now() - stay.since)
    if (ms >= limits.dwellFromMs) stay.tell(ms)
  }

  return {
    /** `key` is the element or whatever else is looked at; a stay that goes on is not begun again. */
    begin(key: object, tell: (ms: number) => void): void {
      if (stays.has(key)) return
      const stay: Stay = { tell, since: 0, timer: undefined }
      stays.set(key, stay)
      if (!isPaused) start(stay)
    },
    end(key: object): void {
      const stay = stays.get(key)
      stays.delete(key)
      if (stay) stop(stay)
    },
    /** Nobody looks at the page: every stay is broken off. */
    pause(): void {
      isPaused = true
      for (const stay of stays.values()) stop(stay)
    },
    /** Somebody looks again: what is still in view begins anew. */
    resume(): void {
      if (!isPaused) return
      isPaused = false
      for (const stay of stays.values()) start(stay)
    },
  }
}

export type Stays = ReturnType<typeof createStays>
