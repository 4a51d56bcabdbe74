import {
  type Component,
  createComponent,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  on,
  untrack,
} from 'solid-js'
import { asProblem } from '../api/problem.ts'
import { showToast } from '../ui/toast/toast.tsx'
import { type Area, loadTexts, textsOf } from './dictionaries.ts'
import { languageOf } from './language.ts'

/**
 * A part of a page that comes when it is first shown, together with its words: forms, sheets, the verifier. Until then its
 * place is empty; when it cannot come, a toast says why, what has an `onClose` is closed, and the next showing tries again.
 * What stays in the page unseen is not shown anew: whoever opens it says `want()` with each wish. `preload()` begins early,
 * as when a thumb comes near, and says nothing. Both tell whether it is here. In browsers only.
 */
export function lazyPart<P extends object>(load: () => Promise<Component<P>>, areas: readonly Area[]) {
  const [part, setPart] = createSignal<Component<P> | null>(null)
  const [failures, setFailures] = createSignal(0)
  let coming: Promise<boolean> | null = null
  let isWanted = false

  function preload(): Promise<boolean> {
    coming ??= bring().catch((thrown: unknown) => {
      coming = null
      if (isWanted) {
        isWanted = false
        tell(thrown)
        setFailures((before) => before + 1)
      }
      return false
    })
    return coming
  }

  function want(): Promise<boolean> {
    isWanted = true
    return preload()
  }

  async function bring(): Promise<boolean> {
    const [come] = await Promise.all([load(), loadTexts(languageOf(location.pathname), areas)])
    setPart(() => come)
    return true
  }

  function Part(props: P): JSX.Element {
    void want()
    // Whoever takes it for open would not open it again.
    createEffect(on(failures, () => (props as { onClose?: () => void }).onClose?.(), { defer: true }))
    return createMemo(() => {
      const come = part()
      return come && untrack(() => createComponent(come, props))
    }) as unknown as JSX.Element
  }

  return Object.assign(Part, { preload, want })
}

/** Takes back what was said of the part before: one toast of this kind is enough. */
let takeBack = () => {}

function tell(thrown: unknown): void {
  const { notLoaded, reload } = textsOf(languageOf(location.pathname), 'common')
  const texts: Readonly<Record<string, string>> = notLoaded
  const { code } = asProblem(thrown)
  takeBack()
  takeBack = showToast({
    text: texts[code] ?? notLoaded.other,
    tone: 'brick',
    // A part of an older build is gone for good.
    ...(code === 'update-needed' && { action: { label: reload, run: () => location.reload() } }),
  })
}
