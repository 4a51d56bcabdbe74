import { For, type JSX, Show } from 'solid-js'
import { createGrowingList } from '../../api/growing-list.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list of people that grows at its end; `empty` where there is nobody. Those in `gone` are left out. */
export function PeopleList<Item extends { handle: string }>(props: {
  label: string
  first: Page<Item>
  next: (cursor: string) => Promise<Page<Item>>
  gone?: ReadonlySet<string>
  empty: JSX.Element
  children: (item: Item) => JSX.Element
}) {
  const common = useTexts('common')
  const words = useProblemWords()
  const list = createGrowingList<Item>({ first: () => props.first, next: (cursor) => props.next(cursor) })
  const shown = () => list.items().filter(({ handle }) => !props.gone?.has(handle))
  return (
    <>
      <Show when={shown().length > 0} fallback={list.nextCursor() === null ? props.empty : null}>
        <ul aria-label={props.label} class="overflow-hidden rounded-card border border-line bg-surface">
          <For each={shown()}>{(item) => props.children(item)}</For>
        </ul>
      </Show>
      <Show when={list.problem()}>{(failed) => <ProblemNote {...words(failed())} class="mt-4" />}</Show>
      <div ref={list.ref} />
      <Show when={list.nextCursor() !== null}>
        <Button class="mt-4" busy={list.isLoading()} onClick={() => void list.more()}>
          {common.more}
        </Button>
      </Show>
    </>
  )
}
