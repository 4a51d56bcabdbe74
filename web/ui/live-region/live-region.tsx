import { createSignal, onCleanup, untrack } from 'solid-js'

const [polite, setPolite] = createSignal('')
const [assertive, setAssertive] = createSignal('')

let waiting: string | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let spokenAt = 0

/** A screen reader speaks at most this often of what merely changes. */
export const politeEveryMs = 3_000

/**
 * Says it when the reader pauses, at most every 3 s and the latest only: for prices, counts and standing that move by
 * themselves. In browsers only.
 */
export function announce(text: string): void {
  waiting = text
  if (timer !== undefined) return
  const wait = Math.max(0, spokenAt + politeEveryMs - Date.now())
  timer = setTimeout(() => {
    timer = undefined
    spokenAt = Date.now()
    setPolite(waiting ?? '')
  }, wait)
}

/** Says it at once, over anything else: outbid, accepted, refused, won, ended. In browsers only. */
export function announceNow(text: string): void {
  // The same words twice in a row must be heard twice, so the region's text has to change.
  setAssertive((before) => (before === text ? `${text}\u00A0` : text))
}

/** The two live regions of the site, once, in the layout: they have to exist before anything is said. */
export function LiveRegions() {
  onCleanup(() => {
    clearTimeout(timer)
    timer = undefined
    spokenAt = 0
  })
  return <Regions polite={polite()} assertive={assertive()} />
}

/**
 * The same for a dialog: while it is open the rest of the page is inert, its live regions with it, and a bid made by somebody
 * else must be heard over a sheet, too. Says only what comes after it has opened.
 */
export function LiveRegionsOfDialog() {
  const before = untrack(() => ({ polite: polite(), assertive: assertive() }))
  return (
    <Regions
      polite={polite() === before.polite ? '' : polite()}
      assertive={assertive() === before.assertive ? '' : assertive()}
    />
  )
}

function Regions(props: { polite: string; assertive: string }) {
  return (
    <>
      <div aria-live="polite" aria-atomic="true" class="sr-only">
        {props.polite}
      </div>
      <div role="alert" aria-live="assertive" aria-atomic="true" class="sr-only">
        {props.assertive}
      </div>
    </>
  )
}
