import { batch, createSignal } from 'solid-js'
import type { Suggestion } from '../../../worker/contract/search.ts'
import { search as limits } from '../../../worker/contract/limits.ts'

/** How long typing has to rest before anybody is asked. */
export const restMs = 180

const mostKept = 30

/** What may be meant by what is being typed. `ask` may reject: then nothing is suggested. */
export function createSuggesting(ask: (words: string) => Promise<readonly Suggestion[]>) {
  const [items, setItems] = createSignal<readonly Suggestion[]>([])
  const [words, setWords] = createSignal('')
  const kept = new Map<string, readonly Suggestion[]>()
  let latest = ''
  /** For each reader another: an answer to one is none to the next. */
  let reader = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(of: string, found: readonly Suggestion[]): void {
    batch(() => {
      setWords(of)
      setItems(found)
    })
  }

  function keep(of: string, found: readonly Suggestion[]): void {
    kept.set(of, found)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }

  async function find(wanted: string): Promise<void> {
    const asker = reader
    // Without any typing goes on, and the search itself says what is wrong.
    const found = await ask(wanted).catch(() => null)
    if (asker !== reader) return
    if (found) keep(wanted, found)
    // Meanwhile other words may have been typed.
    if (wanted === latest) show(wanted, found ?? [])
  }

  return {
    /** Reactive. */
    items,
    /** Reactive: the words that `items` belong to. */
    words,
    type(text: string): void {
      const wanted = text.trim().slice(0, limits.text)
      if (wanted === latest) return
      latest = wanted
      clearTimeout(timer)
      const known = wanted === '' ? [] : kept.get(wanted)
      if (known) show(wanted, known)
      else timer = setTimeout(() => void find(wanted), restMs)
    },
    /**
     * Somebody else types, or it has become known who: what they may see can be other things. What stands in the field is asked for
     * anew, for nobody types it once more.
     */
    readerChanged(): void {
      clearTimeout(timer)
      kept.clear()
      reader += 1
      show('', [])
      if (latest !== '') void find(latest)
    },
  }
}
