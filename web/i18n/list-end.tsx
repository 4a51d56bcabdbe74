import { Show } from 'solid-js'
import type { GrowingList } from '../api/growing-list.ts'
import { useTexts } from './i18n.ts'
import { useProblemWords } from './problem-words.ts'
import { Button } from '../ui/button/button.tsx'
import { ProblemNote } from '../ui/problem-note/problem-note.tsx'

/** Where a list grows, and says why it does not. */
export function ListEnd<Item>(props: { list: GrowingList<Item> }) {
  const common = useTexts('common')
  const words = useProblemWords()
  return (
    <div ref={(element) => props.list.ref(element)} class="mt-6 flex flex-col items-center gap-3">
      <Show when={props.list.problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
      <Show when={props.list.nextCursor()}>
        <Button busy={props.list.isLoading()} onClick={() => void props.list.more()}>
          {props.list.problem() ? common.retry : common.more}
        </Button>
      </Show>
    </div>
  )
}
