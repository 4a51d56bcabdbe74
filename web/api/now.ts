import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'
import { serverNow } from './server-clock.ts'

const [now, setNow] = createSignal<number | null>(null)
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** How often clocks on the screen look at the time: often enough that no second is skipped. */
const everyMs = 250

/**
 * The server's time, moving: null while rendering and until the page runs, since edge and browser would not agree on it. All
 * clocks of a page share one timer.
 */
export function createNow(): Accessor<number | null> {
  let isMounted = false
  onMount(() => {
    isMounted = true
    users += 1
    if (users === 1) timer = setInterval(() => setNow(serverNow()), everyMs)
    setNow(serverNow())
  })
  onCleanup(() => {
    if (!isMounted) return
    users -= 1
    if (users === 0) clearInterval(timer)
  })
  return now
}
