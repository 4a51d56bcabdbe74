import { createSignal } from 'solid-js'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const [theme, setTheme] = createSignal<Theme>('system')

/** Reactive; `system` until `readTheme` has run. */
export { theme }

/** Takes over what the page's first script has already applied. Once, in the browser. */
export function readTheme(): void {
  const chosen = document.documentElement.dataset.theme
  if (chosen !== 'light' && chosen !== 'dark') return
  setTheme(chosen)
  paintChrome()
}

/** Applies it at once and keeps it for this browser. */
export function chooseTheme(next: Theme): void {
  setTheme(next)
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  paintChrome()
  try {
    if (next === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', next)
  } catch {
    // Storage is shut: it holds for this page.
  }
}

/** The browser's own bars take the colour of the page, which the chosen theme decides from now on. */
function paintChrome(): void {
  const { backgroundColor } = getComputedStyle(document.documentElement)
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute('content', backgroundColor)
}
