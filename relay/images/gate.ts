/** Lets a few pieces of work run at once and a few more wait; whoever comes then is turned away. */
export interface Gate {
  /** Runs the work when a place is free; null when too many wait. */
  run<T>(work: () => Promise<T>): Promise<T | null>
  counts(): { running: number; waiting: number }
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>
}

export function createGate(mostRunning: number, mostWaiting: number): Gate {
  const queue: (() => void)[] = []
  let running = 0
  let idlers: (() => void)[] = []

  /** The place goes straight to whoever waits longest: nobody who comes in between can take it too. */
  function next() {
    const waiting = queue.shift()
    if (waiting) return waiting()
    running -= 1
    if (running > 0) return
    for (const resolve of idlers) resolve()
    idlers = []
  }

  return {
    async run(work) {
      if (running >= mostRunning) {
        if (queue.length >= mostWaiting) return null
        await new Promise<void>((resolve) => queue.push(resolve))
      } else running += 1
      try {
        return await work()
      } finally {
        next()
      }
    },
    counts: () => ({ running, waiting: queue.length }),
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  }
}

/** Runs one piece of work when a place is free. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/**
 * A few places for pieces of work. Each call draws a number for one whole; its pieces go before those of any later number,
 * so that what was begun first also ends first, and the others take the places that it leaves.
 */
export function createTurns(places: number): () => Turns {
  const waiting: { number: number; go: () => void }[] = []
  let running = 0
  let drawn = 0

  function wait(number: number): Promise<void> {
    return new Promise((go) => {
      const later = waiting.findIndex((other) => other.number > number)
      waiting.splice(later === -1 ? waiting.length : later, 0, { number, go })
    })
  }

  return () => {
    const number = (drawn += 1)
    return async (work) => {
      if (running < places) running += 1
      else await wait(number)
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next.go()
        else running -= 1
      }
    }
  }
}
