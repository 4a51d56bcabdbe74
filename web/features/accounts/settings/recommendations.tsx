import { createSignal, For, Show } from 'solid-js'
import { answer } from '../../../api/call.ts'
import { asProblem, type ApiProblem } from '../../../api/problem.ts'
import { searchApi } from '../../../api/search.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/card/card.tsx'
import { Disclosure } from '../../../ui/disclosure/disclosure.tsx'
import { SwitchField } from '../../../ui/field/tick-field.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'

/** Whether recommendations are made for the reader, what that takes, and forgetting it all. */
export function Recommendations(props: { isOn: boolean; onChoose: (isOn: boolean) => void }) {
  const t = useTexts('settings').preferences
  const [isAsking, setAsking] = createSignal(false)
  return (
    <Card as="section">
      <h2 class="text-lead font-bold">{t.recommendations}</h2>
      <SwitchField
        class="mt-1"
        label={t.personalised}
        hint={t.personalisedHint}
        checked={props.isOn}
        onChecked={(isOn) => props.onChoose(isOn)}
      />
      <Disclosure title={t.collected}>
        <ul class="list-disc ps-5 text-ink-soft">
          <For each={t.collectedParts}>{(part) => <li class="mt-1">{part}</li>}</For>
        </ul>
        <p class="mt-2">
          <Link href="/privacy">{t.privacy}</Link>
        </p>
      </Disclosure>
      <div class="mt-3 flex flex-wrap items-center justify-between gap-3 pt-1">
        <p class="min-w-0 flex-1 basis-56 text-caption text-pretty text-ink-soft">{t.forgetHint}</p>
        <Button look="dangerQuiet" onClick={() => setAsking(true)}>
          {t.forget}
        </Button>
      </div>
      <Forget open={isAsking()} onClose={() => setAsking(false)} />
    </Card>
  )
}

function Forget(props: { open: boolean; onClose: () => void }) {
  const t = useTexts('settings').preferences
  const common = useTexts('common')
  const words = useProblemWords()
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)

  function close(): void {
    setProblem(null)
    props.onClose()
  }

  async function forget(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await answer(searchApi(session.call).recommendations.history.$delete())
      showToast({ text: t.forgotten, tone: 'leaf' })
      close()
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      open={props.open}
      onClose={close}
      title={t.forgetTitle}
      busy={isBusy()}
      footer={
        <div class="flex flex-wrap justify-end gap-2">
          <Button autofocus onClick={close}>
            {common.cancel}
          </Button>
          <Button look="danger" busy={isBusy()} onClick={() => void forget()}>
            {t.forget}
          </Button>
        </div>
      }
    >
      <p class="text-pretty">{t.forgetText}</p>
      <Show when={problem()}>{(problem) => <ProblemNote class="mt-4" {...words(problem())} />}</Show>
    </Sheet>
  )
}
