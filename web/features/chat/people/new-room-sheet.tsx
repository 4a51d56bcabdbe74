import { createMemo, createSignal, Show } from 'solid-js'
import { chat as limits } from '../../../../worker/contract/limits.ts'
import type { PersonCard } from '../../../../worker/contract/profiles.ts'
import { answer, newKey } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { TextField } from '../../../ui/field/text-field.tsx'
import { useNavigate } from '../../../ui/navigation/navigation.ts'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { chatApi } from '../api.ts'
import { PersonPicker } from './person-picker.tsx'

/** Begins a conversation: with one the room of two, with more a group. */
export function NewRoomSheet(props: { onClose: () => void }) {
  const t = useTexts('messages')
  const words = useProblemWords()
  const navigate = useNavigate()
  const [chosen, setChosen] = createSignal<readonly PersonCard[]>([])
  const [name, setName] = createSignal('')
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const isGroup = () => chosen().length > 1
  const isTooMany = () => chosen().length >= limits.members
  /** The same wish once, however often it is sent; another choice of people is another wish. */
  const key = createMemo(() => [newKey(), chosen(), name()] as const)

  async function start(): Promise<void> {
    setBusy(true)
    setProblem(null)
    const handles = chosen().map(({ handle }) => handle)
    const called = isGroup() ? name().trim() : ''
    try {
      const room = await answer(
        chatApi(session.call).rooms.$post(
          { json: { handles, ...(called ? { name: called } : {}) } },
          { headers: { 'idempotency-key': key()[0] } },
        ),
      )
      props.onClose()
      navigate(`/messages/${room.id}`)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      open
      onClose={() => props.onClose()}
      title={t.create.title}
      busy={isBusy()}
      footer={
        <Button
          look="main"
          wide
          busy={isBusy()}
          disabled={chosen().length === 0 || isTooMany()}
          onClick={() => void start()}
        >
          {t.create.start}
        </Button>
      }
    >
      <div class="flex flex-col gap-4">
        <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} />}</Show>
        <PersonPicker chosen={chosen()} onChosen={setChosen} without={[]} />
        <Show when={isGroup()} fallback={<p class="text-caption text-ink-faint">{t.create.hint}</p>}>
          <TextField label={t.create.name} optional value={name()} maxlength={limits.name} onValue={setName} />
        </Show>
        <Show when={isTooMany()}>
          <p class="text-brick">{t.create.most(limits.members)}</p>
        </Show>
      </div>
    </Sheet>
  )
}
