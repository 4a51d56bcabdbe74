import { type JSX, Show } from 'solid-js'
import { asProblem } from '../../api/problem.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'

/** The problem of a form, in words. Faults of fields stand at their fields, so a code that only points there is left out. */
export function ProblemOf(props: { thrown: unknown; action?: JSX.Element; class?: string }) {
  const words = useProblemWords()
  const problem = () => (props.thrown == null ? null : asProblem(props.thrown))
  return (
    <Show when={problem()}>
      {(problem) => (
        <ProblemNote
          title={words(problem()).title}
          text={words(problem()).text}
          code={words(problem()).code}
          action={props.action}
          class={props.class ?? ''}
        />
      )}
    </Show>
  )
}
