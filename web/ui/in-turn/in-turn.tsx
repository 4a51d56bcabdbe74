import { createMemo, createSignal, type JSX, sharedConfig, untrack } from 'solid-js'
import { DelegatedEvents, isServer } from 'solid-js/web'

/** Of a frame, on a computer a few times as fast as a slow phone. */
const turnMs = 4

/** Parts that have not woken yet, in the order of the page. */
const asleep: (() => void)[] = []

/**
 * A part of a long page that wakes in a turn of its own, so that waking holds up neither scrolling nor painting. What it shows is what
 * the edge wrote until then. Effects of the whole page wait for the last turn, so nothing changes between the first and it.
 */
export function InTurn(props: { children: JSX.Element }): JSX.Element {
  const place = isServer || sharedConfig.done ? undefined : sharedConfig.context
  const [isAwake, setAwake] = createSignal(place === undefined)
  if (place) {
    sharedConfig.count = (sharedConfig.count ?? 0) + 1
    asleep.push(() => {
      sharedConfig.count = (sharedConfig.count ?? 0) - 1
      if (!sharedConfig.done) sharedConfig.context = place
      setAwake(true)
      delete sharedConfig.context
    })
  }
  return createMemo(() => isAwake() && untrack(() => props.children)) as unknown as JSX.Element
}

/**
 * The class of a part far down a long page: in a page from the edge it is laid out when it comes near. Not where the browser makes the
 * page itself: who goes back finds the place again, which needs true heights. What reaches over the edge of such a part is cut off.
 */
export function later(): string {
  return isServer || sharedConfig.context ? 'later' : ''
}

/**
 * Wakes those parts after the page, turn by turn. Whoever presses or types meanwhile wakes all of them first: Solid takes hydration
 * for done with the first event that it hands on, and what is still asleep would be made anew under the finger. `onWhole` is called
 * once nothing sleeps any more.
 */
export function wakeInTurns({ atOnce, onWhole }: { atOnce: boolean; onWhole: () => void }): void {
  const whole = new AbortController()
  whole.signal.addEventListener('abort', onWhole)
  const wake = (untilMs = Infinity) => {
    while (asleep.length > 0 && performance.now() < untilMs) asleep.shift()?.()
    if (asleep.length === 0) whole.abort()
  }
  const next = () => {
    wake(performance.now() + turnMs)
    if (asleep.length > 0) setTimeout(next)
  }
  if (asleep.length === 0 || document.hidden || atOnce) return wake()
  for (const kind of [...DelegatedEvents, 'submit', 'change'])
    addEventListener(kind, () => wake(), { capture: true, signal: whole.signal })
  setTimeout(next)
}
