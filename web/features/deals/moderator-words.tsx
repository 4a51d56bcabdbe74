import { createSignal, Show } from 'solid-js'
import { deals as limits } from '../../../worker/contract/limits.ts'
import { newKey } from '../../api/call.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextAreaField } from '../../ui/field/text-field.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { useDeal } from './deal.ts'
import { takeStep } from './queries.ts'

/** A moderator asks or says something in a dispute. Both sides read it among the entries. */
export function ModeratorWords() {
  const t = useTexts('deals').dispute.words
  const words = useProblemWords()
  const { view, reload } = useDeal()
  const [text, setText] = createSignal('')
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const said = () => text().trim()
  let key = newKey()

  async function say(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy() || said() === '') return
    setBusy(true)
    setProblem(null)
    try {
      await takeStep(view(), 'add-evidence', { body: { kind: 'evidence', text: said() }, key })
      key = newKey()
      setText('')
      await reload()
    } catch (thrown) {
      const failed = asProblem(thrown)
      setProblem(failed)
      // The server has judged this one: what is sent next is another.
      if (failed.isJudged) key = newKey()
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={say} class="mt-4 grid gap-2 border-t border-line pt-4">
      <TextAreaField
        name="text"
        label={t.label}
        hint={t.hint}
        aside={`${[...text()].length}/${limits.note}`}
        value={text()}
        maxlength={limits.note}
        rows={3}
        required
        onValue={setText}
      />
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
      <div>
        <Button type="submit" busy={isBusy()} disabled={said() === ''}>
          {t.send}
        </Button>
      </div>
    </form>
  )
}
