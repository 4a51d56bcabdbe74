import { createEffect } from 'solid-js'

const before = /^\(\d+\+?\) /

/** Puts a count before the title of the window, whoever sets that and whenever. Returns how to take it off. */
export function entitle(count: () => number): () => void {
  const set = (wanted: number) => {
    const bare = document.title.replace(before, '')
    const next = wanted > 0 ? `(${wanted > 99 ? '99+' : wanted}) ${bare}` : bare
    if (document.title !== next) document.title = next
  }
  createEffect(() => set(count()))
  // Every page sets its own title.
  const observer = new MutationObserver(() => set(count()))
  observer.observe(document.head, { childList: true, subtree: true, characterData: true })
  return () => {
    observer.disconnect()
    set(0)
  }
}
