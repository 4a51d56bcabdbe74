import { type Component, createComponent, createMemo, createSignal, type JSX, untrack } from 'solid-js'
import { asProblem } from '../api/problem.ts'
import { showToast } from '../ui/toast/toast.tsx'
import { type Area, loadTexts, textsOf } from './dictionaries.ts'
import { languageOf } from './language.ts'

/**
 * A part of a page that comes when it is first shown, together with its words: forms, sheets, the verifier. Until then its
 * place is empty; when it cannot come, a toast says why and the next showing tries again. In browsers only. `preload()`
 * begins early, as when a thumb comes near.
 */
export function lazyPart<P extends object>(load: () => Promise<Component<P>>, areas: readonly Area[]) {
  const [part, setPart] = createSignal<Component<P> | null>(null)
  let coming: Promise<void> | null = null

  function preload(): Promise<void> {
    coming ??= bring().catch((thrown: unknown) => {
      coming = null
      throw thrown
    })
    return coming
  }

  async function bring(): Promise<void> {
    const [come] = await Promise.all([load(), loadTexts(languageOf(location.pathname), areas)])
    setPart(() => come)
  }

  function Part(props: P): JSX.Element {
    preload().catch((thrown: unknown) => {
      const { code } = asProblem(thrown)
      const { notLoaded } = textsOf(languageOf(location.pathname), 'common')
      showToast({ text: notLoaded[code === 'offline' ? 'offline' : 'other'], tone: 'brick' })
    })
    return createMemo(() => {
      const come = part()
      return come && untrack(() => createComponent(come, props))
    }) as unknown as JSX.Element
  }

  return Object.assign(Part, { preload })
}
