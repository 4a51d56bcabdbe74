import { onCleanup, onMount } from 'solid-js'

/**
 * Runs what comes after the page (a lazy module's work) from when it is here until its owner goes; when it cannot come, the
 * owner does without. `begin` returns how to stop, or nothing where there is nothing to do.
 */
export function whileHere<Late>(load: () => Promise<Late>, begin: (late: Late) => (() => void) | undefined): void {
  let stop: (() => void) | null | undefined
  onMount(async () => {
    try {
      const late = await load()
      // Meanwhile the owner may have gone.
      if (stop !== null) stop = begin(late)
    } catch {
      // Not here: what it would have added is missing, and nothing else.
    }
  })
  onCleanup(() => {
    stop?.()
    stop = null
  })
}
