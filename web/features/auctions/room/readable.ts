import { createSignal, onCleanup } from 'solid-js'

/** So long an amount must have stood there before a press can mean it. */
const readableMs = 400
const toldForMs = 3_000

/**
 * What is bid is the amount that was read: one that changed under the finger is shown first and not sent. `read`: what had been read
 * before it stands here.
 */
export function createReadable(next: () => number, read = 0) {
  const [isJustChanged, setJustChanged] = createSignal(false)
  let shown = { amount: read, since: -Infinity }
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  return {
    /** To be shown. Remembers since when the amount has stood there. */
    amount(): number {
      if (shown.amount !== next()) shown = { amount: next(), since: performance.now() }
      return next()
    },
    /** Whether a press came too soon to mean what stands there. */
    isJustChanged,
    press(mean: (amount: number) => void): void {
      clearTimeout(timer)
      const isTooSoon = performance.now() - shown.since < readableMs
      setJustChanged(isTooSoon)
      if (isTooSoon) timer = setTimeout(() => setJustChanged(false), toldForMs)
      else mean(shown.amount)
    },
  }
}
