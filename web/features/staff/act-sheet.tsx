import { createUniqueId, type JSX, Show } from 'solid-js'
import { newKey } from '../../api/call.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextAreaField } from '../../ui/field/text-field.tsx'
import { createForm } from '../../ui/form/create-form.ts'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'

interface ActProps {
  open: boolean
  onClose: () => void
  title: string
  lead?: string
  /** What the text is: the reason, or the facts that the person concerned reads. */
  label: string
  hint?: string
  /** Whether the fields above the text are filled in. */
  isReady?: boolean
  danger?: boolean
  /** The key is of one act: it changes once the server has judged it. */
  send: (text: string, key: string) => Promise<void>
  /** Shows what came of it. */
  onDone?: () => Promise<void>
  children?: JSX.Element
}

/** Whatever staff does needs words, so every act is a sheet with a text. */
export function ActSheet(props: ActProps) {
  return (
    <Show when={props.open}>
      <Acting {...props} />
    </Show>
  )
}

function Acting(props: ActProps) {
  const t = useTexts('staff').account
  const common = useTexts('common')
  const words = useProblemWords()
  const id = `act-${createUniqueId()}`
  let key = newKey()
  const form = createForm({
    initial: { text: '' },
    check: ({ text }) => (text.trim() === '' ? { text: t.needed } : {}),
    async send({ text }) {
      try {
        await props.send(text, key)
      } catch (thrown) {
        if (thrown instanceof ApiProblem && thrown.isJudged) key = newKey()
        throw thrown
      }
      // It is done, whether or not that can be shown at once.
      await props.onDone?.().catch(() => {})
      showToast({ text: t.done, tone: 'leaf' })
      props.onClose()
    },
  })
  return (
    <Sheet
      open
      onClose={() => props.onClose()}
      title={props.title}
      busy={form.isBusy()}
      footer={
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{common.cancel}</Button>
          <Button
            look={props.danger ? 'danger' : 'main'}
            busy={form.isBusy()}
            disabled={props.isReady === false}
            onClick={() => (document.querySelector(`#${id}`) as HTMLFormElement | null)?.requestSubmit()}
          >
            {t.send}
          </Button>
        </div>
      }
    >
      <form id={id} noValidate method="post" onSubmit={form.submit} class="grid gap-4">
        <Show when={props.lead}>
          <p class="text-pretty text-ink-soft">{props.lead}</p>
        </Show>
        {props.children}
        <TextAreaField
          name="text"
          label={props.label}
          hint={props.hint}
          error={form.faultOf('text')}
          rows={3}
          required
          value={form.values.text}
          onValue={(text) => form.set('text', text)}
        />
        <Show when={form.problem()}>{(thrown) => <ProblemNote {...words(asProblem(thrown()))} />}</Show>
      </form>
    </Sheet>
  )
}
