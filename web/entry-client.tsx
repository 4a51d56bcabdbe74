import { hydrate } from 'solid-js/web'
import { App } from './app.tsx'
import type { BootData } from './boot.ts'
import { doEarly, takeEarly } from './early.ts'
import { everywhere, loadTexts } from './i18n/dictionaries.ts'
import { languageOf } from './i18n/language.ts'
import { loadLateParts } from './late.ts'
import { type Opened, preparePage } from './open-page.ts'
import { findPage } from './site.ts'
import { wakeInTurns } from './ui/in-turn/in-turn.tsx'
import './styles/app.css'

/** Code and words first, so that the first render finds everything the edge had and takes over its nodes. */
async function wakeUp(root: HTMLElement): Promise<void> {
  const { data, problem, operator } = JSON.parse(
    document.getElementById('page-data')?.textContent ?? 'null',
  ) as BootData
  const language = languageOf(location.pathname)
  const match = await findPage(new URL(location.href))
  const isPlain = !problem && !match?.route.access
  await Promise.all([loadTexts(language, everywhere), isPlain ? null : loadLateParts(language)])
  let opened: Opened | null = null
  if (problem) opened = { problem }
  else if (match) {
    const module = await preparePage(match.route, match.at)
    opened = match.route.access ? null : { module, data }
  }
  const boot = { origin: location.origin, operator, opened, frame: null }
  const early = takeEarly()
  hydrate(() => <App boot={boot} language={language} url={location.href} />, root)
  const isWanted = early.form !== undefined || early.buttons.length > 0
  wakeInTurns({ atOnce: isWanted, onWhole: () => doEarly(early) })
}

// A page that cannot wake up still reads and links; the next load tries again, at once where a form waits.
const root = document.getElementById('app')
if (root)
  wakeUp(root).catch((thrown: unknown) => {
    reportError(thrown)
    takeEarly().form?.submit()
  })
