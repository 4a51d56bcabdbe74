import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js'
import { asProblem, type ApiProblem } from './problem.ts'

interface Page<Item> {
  items: readonly Item[]
  nextCursor: string | null
}

/** How far lists had been unrolled, kept with the page each began from (so it holds the same items): going back finds it as it was left. */
const unrolled = new WeakMap<object, Page<unknown>>()

/**
 * A list that grows at its end: `first` is what the page brought, `next` asks for what follows a cursor. The element behind
 * `ref` stands at its end, and coming near it is enough. Where scripts do not run, the page's own link to `nextCursor` serves.
 */
export function createGrowingList<Item>(options: {
  first: () => Page<Item>
  next: (cursor: string) => Promise<Page<Item>>
}) {
  const [grown, setGrown] = createSignal<Page<Item> | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const page = () => grown() ?? options.first()
  let end: HTMLElement | undefined

  createEffect(
    on(options.first, (first) => {
      setProblem(null)
      setGrown((unrolled.get(first) as Page<Item> | undefined) ?? null)
    }),
  )

  async function more(): Promise<void> {
    const { items, nextCursor } = page()
    const first = options.first()
    if (nextCursor === null || isLoading()) return
    setLoading(true)
    setProblem(null)
    try {
      const next = await options.next(nextCursor)
      if (first !== options.first()) return
      const whole = { items: [...items, ...next.items], nextCursor: next.nextCursor }
      unrolled.set(first, whole)
      setGrown(whole)
    } catch (thrown) {
      if (first === options.first()) setProblem(asProblem(thrown))
    } finally {
      setLoading(false)
    }
  }

  onMount(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !problem()) void more()
      },
      { rootMargin: '600px' },
    )
    // The end may stay in view when a page was short: whoever has just loaded looks again.
    createEffect(
      on(page, () => {
        observer.disconnect()
        if (end?.isConnected) observer.observe(end)
      }),
    )
    onCleanup(() => observer.disconnect())
  })

  return {
    items: () => page().items,
    nextCursor: () => page().nextCursor,
    isLoading,
    problem,
    more,
    ref: (element: HTMLElement) => (end = element),
  }
}

export type GrowingList<Item> = ReturnType<typeof createGrowingList<Item>>
