import { createSignal } from 'solid-js'
import { loadTexts } from './i18n/dictionaries.ts'
import type * as lateFile from './features/layout/late-parts.tsx'
import type { Language } from './i18n/language.ts'

type LateParts = typeof lateFile

const [parts, setParts] = createSignal<LateParts | null>(null)
let coming: Promise<LateParts> | null = null

/** Reactive: what no first look at a page needs (problems, gates, toasts, the account's menu), once it is here. */
export { parts as lateParts }

/** Fetches those parts with the words of problems; again after a failure. Rejects when the network does. */
export function loadLateParts(language: Language): Promise<LateParts> {
  coming ??= bring(language).catch((thrown: unknown) => {
    coming = null
    throw thrown
  })
  return coming
}

async function bring(language: Language): Promise<LateParts> {
  const [come] = await Promise.all([
    import('./features/layout/late-parts.tsx'),
    loadTexts(language, ['problems', 'search']),
  ])
  setParts(() => come)
  return come
}
