import { Show } from 'solid-js'
import { moderation as limits } from '../../../../worker/contract/limits.ts'
import { asProblem } from '../../../api/problem.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { TextAreaField } from '../../../ui/field/text-field.tsx'
import { createForm } from '../../../ui/form/create-form.ts'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'

/** Staff takes away what somebody else wrote: for a reason, which is kept. */
export function RemoveSheet(props: { remove: (reason: string) => Promise<unknown>; onClose: () => void }) {
  const t = useTexts('staff')
  const chat = useTexts('chat')
  const words = useProblemWords()
  const form = createForm({
    initial: { text: '' },
    check: ({ text }) => (text.trim() === '' ? { text: t.account.needed } : {}),
    async send({ text }) {
      await props.remove(text)
      props.onClose()
    },
  })
  return (
    <Sheet open onClose={() => props.onClose()} title={chat.remove} busy={form.isBusy()}>
      <form noValidate method="post" onSubmit={form.submit} class="grid gap-4">
        <p class="text-pretty text-ink-soft">{t.lead}</p>
        <TextAreaField
          label={t.account.reason}
          error={form.faultOf('text')}
          maxlength={limits.reason}
          rows={3}
          required
          value={form.values.text}
          onValue={(text) => form.set('text', text)}
        />
        <Show when={form.problem()}>{(thrown) => <ProblemNote {...words(asProblem(thrown()))} />}</Show>
        <Button type="submit" look="danger" busy={form.isBusy()}>
          {chat.remove}
        </Button>
      </form>
    </Sheet>
  )
}
