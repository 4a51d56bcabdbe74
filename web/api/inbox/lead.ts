/** What tabs say to each other about who leads. */
export type LeadWord = { type: 'who-leads' } | { type: 'i-lead'; hiddenMs: number }

export interface LeadOptions {
  /** The same in all tabs of one account. */
  name: string
  locks: Pick<LockManager, 'request'> | null
  say: (word: LeadWord) => void
  isVisible: () => boolean
  onLead: () => void
  /** It leads no more: another tab took over, or this one goes to sleep. */
  onStepDown: () => void
  times: LeadTimes
}

export interface LeadTimes {
  /** A visible tab asks this often whether anybody still leads. */
  askEveryMs: number
  answerWithinMs: number
  /** Timers of tabs that are long out of sight hardly run: a leader hidden for this long gives way to a visible one. */
  hiddenMs: number
}

/**
 * One leading tab per account and browser. Whoever holds the lock leads; the lock passes on by itself when its tab closes. A tab
 * that froze keeps it without a word, so visible tabs ask, and take it from a leader that is silent or long out of sight.
 */
export function createLead(options: LeadOptions) {
  const { times } = options
  let isLeading = false
  let isClosed = false
  let letGo: () => void = () => {}
  let waiting: AbortController | null = null
  let hiddenSince: number | null = options.isVisible() ? null : Date.now()
  let asking: Timer
  let answer: Timer

  function queue(): void {
    if (isClosed) return
    if (options.locks === null) return lead()
    waiting = new AbortController()
    hold({ signal: waiting.signal })
  }

  function hold(how: LockOptions): void {
    const held = Promise.withResolvers<void>()
    const own = options.locks?.request(options.name, how, () => {
      if (isClosed) return undefined
      letGo = held.resolve
      lead()
      return held.promise
    })
    // Rejected where it was taken away, or where this tab gave up waiting.
    own?.catch(() => {
      if (letGo === held.resolve && isLeading) {
        stepDown()
        queue()
      }
    })
  }

  function lead(): void {
    waiting = null
    isLeading = true
    clearTimeout(answer)
    options.onLead()
  }

  function stepDown(): void {
    if (!isLeading) return
    isLeading = false
    options.onStepDown()
  }

  function takeOver(): void {
    if (isLeading || isClosed || options.locks === null) return
    waiting?.abort()
    hold({ steal: true })
  }

  /** Asks whether anybody leads; silence makes this tab take over. */
  function ask(): void {
    clearTimeout(answer)
    if (isLeading || isClosed || !options.isVisible()) return
    options.say({ type: 'who-leads' })
    answer = setTimeout(takeOver, times.answerWithinMs)
  }

  function askAgain(): void {
    clearTimeout(asking)
    asking = setTimeout(() => {
      ask()
      askAgain()
    }, times.askEveryMs)
  }

  function rest(): void {
    waiting?.abort()
    letGo()
    stepDown()
  }

  queue()
  askAgain()

  return {
    isLeading: () => isLeading,
    hear(word: LeadWord): void {
      if (word.type === 'who-leads') {
        if (isLeading) options.say({ type: 'i-lead', hiddenMs: hiddenSince === null ? 0 : Date.now() - hiddenSince })
        return
      }
      clearTimeout(answer)
      if (word.hiddenMs >= times.hiddenMs && options.isVisible()) takeOver()
    },
    /** Something depends on the leader now. */
    ask,
    visibilityChanged(): void {
      hiddenSince = options.isVisible() ? null : (hiddenSince ?? Date.now())
      ask()
    },
    /** The page is put away or frozen: somebody else leads meanwhile. */
    rest,
    /** The page is back. */
    wake(): void {
      if (!isLeading && (waiting === null || waiting.signal.aborted)) queue()
      ask()
    },
    close(): void {
      isClosed = true
      clearTimeout(asking)
      clearTimeout(answer)
      waiting?.abort()
      letGo()
      isLeading = false
    },
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined
