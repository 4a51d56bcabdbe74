import { createSignal, Match, Show, Switch } from 'solid-js'
import { moderation as limits } from '../../../worker/contract/limits.ts'
import type { DecisionView } from '../../../worker/contract/moderation.ts'
import { newKey } from '../../api/call.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextAreaField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { Note, ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { sendAppeal } from './queries.ts'
import type { EvidenceParts } from './routes.tsx'

interface AppealProps {
  decision: DecisionView
  evidence: EvidenceParts
  onAppealed: () => Promise<void>
}

/** Where the appeal against a decision stands: to be written, sent, answered, or too late. */
export function AppealPart(props: AppealProps) {
  const t = useTexts('decisions').appeal
  const format = useFormat()
  const appeal = () => props.decision.appeal
  const answered = () => {
    const { state } = appeal()
    return state === 'upheld' || state === 'overturned' || state === 'changed' ? state : null
  }
  return (
    <section aria-label={t.title} class="border-t border-line pt-4">
      <Switch fallback={<p class="text-caption text-ink-soft">{t.closed}</p>}>
        <Match when={appeal().state === 'open'}>
          <Writing {...props} />
        </Match>
        <Match when={appeal().state === 'sent'}>
          <Note tone="sky" title={t.sent(format.dateTime(appeal().until ?? ''))} />
          <Mine text={appeal().text} />
        </Match>
        <Match when={answered()}>
          {(state) => (
            <>
              <Note tone={state() === 'upheld' ? 'brick' : 'leaf'} title={t[state()]}>
                <span class="whitespace-pre-line">{appeal().answer}</span>
              </Note>
              <Mine text={appeal().text} />
            </>
          )}
        </Match>
      </Switch>
    </section>
  )
}

function Mine(props: { text: string | null }) {
  const t = useTexts('decisions').appeal
  return (
    <Show when={props.text}>
      <p class="mt-3 text-caption text-ink-faint">{t.mine}</p>
      <p class="whitespace-pre-line text-pretty">{props.text}</p>
    </Show>
  )
}

function Writing(props: AppealProps) {
  const t = useTexts('decisions').appeal
  const format = useFormat()
  const words = useProblemWords()
  const [isOpen, setOpen] = createSignal(false)
  /** One appeal, one effect. */
  let key = newKey()
  // oxlint-disable-next-line solid/reactivity -- the kind of evidence never changes
  const evidence = props.evidence.create()
  const form = createForm({
    initial: { text: '' },
    check: ({ text }) => {
      if (text.trim() === '') return { text: t.textNeeded }
      return [...text].length > limits.appeal ? { text: t.tooLong } : {}
    },
    async send({ text }) {
      try {
        await sendAppeal(props.decision.id, { text, media: evidence.media() }, key)
      } catch (thrown) {
        // The server has judged this one: what is sent next is another.
        if (thrown instanceof ApiProblem && thrown.isJudged) key = newKey()
        throw thrown
      }
      evidence.keep()
      showToast({ text: t.done, tone: 'leaf' })
      await props.onAppealed()
    },
  })
  return (
    <Show
      when={isOpen()}
      fallback={
        <div class="grid justify-items-start gap-3">
          <p class="text-pretty text-ink-soft">{t.until(format.dateTime(props.decision.appeal.until ?? ''))}</p>
          <Button onClick={() => setOpen(true)}>{t.open}</Button>
        </div>
      }
    >
      <form noValidate method="post" onSubmit={form.submit} class="grid gap-4">
        <TextAreaField
          name="text"
          label={t.text}
          hint={t.textHint}
          aside={`${[...form.values.text].length}/${limits.appeal}`}
          error={form.faultOf('text')}
          rows={5}
          required
          value={form.values.text}
          onValue={(text) => form.set('text', text)}
          onBlur={() => form.values.text && form.leave('text')}
        />
        <props.evidence.Field evidence={evidence} hint={t.picturesHint(limits.media)} />
        <Show when={form.problem()}>{(thrown) => <ProblemNote {...words(asProblem(thrown()))} />}</Show>
        <Button type="submit" look="main" busy={form.isBusy()} disabled={!evidence.isReady()}>
          {t.send}
        </Button>
      </form>
    </Show>
  )
}
