import { createUniqueId, Show } from 'solid-js'
import type { DealStep } from '../../../../worker/contract/deal-steps.ts'
import { newKey } from '../../../api/call.ts'
import { ApiProblem, asProblem } from '../../../api/problem.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { createForm } from '../../../ui/form/create-form.ts'
import { Note, ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import { useDeal } from '../deal.ts'
import { createEvidence, EvidenceField } from '../evidence.tsx'
import { takeStep } from '../queries.ts'
import { isParcel } from '../standing.ts'
import { StepFields } from './fields.tsx'
import { bodyOf, type Fault, faultsOf, type Values, valuesFor, withPictures } from './values.ts'

interface StepSheetProps {
  step: DealStep
  /** The proposal that is agreed to, in a dispute. */
  proposal?: number | null
  onClose: () => void
  onDone?: (() => void) | undefined
}

/** Codes after which the deal stands elsewhere than it was seen. */
const moved: ReadonlySet<string> = new Set([
  'stale-version',
  'deal-step-not-now',
  'too-early',
  'too-late',
  'not-that-party',
])

/** One step of a deal: what it means, what it asks for, and the button that takes it. */
export function StepSheet(props: StepSheetProps) {
  const t = useTexts('deals')
  const common = useTexts('common')
  const words = useProblemWords()
  const { view, now, reload } = useDeal()
  const id = createUniqueId()
  const evidence = createEvidence()
  // oxlint-disable-next-line solid/reactivity -- a sheet is of one step for life
  const { step, proposal = null } = props
  /** One intention, one effect. */
  let key = newKey()

  const form = createForm<Values>({
    initial: valuesFor(view(), now()),
    check: (values) => faultsOf(step, values, view(), now()),
    async send(values) {
      const body = bodyOf(step, values, { media: evidence.media(), proposal })
      try {
        await takeStep(view(), step, { body, key })
      } catch (thrown) {
        if (thrown instanceof ApiProblem && moved.has(thrown.code)) await reload()
        // The server has judged this one: what is sent next is another.
        if (thrown instanceof ApiProblem && thrown.isJudged) key = newKey()
        throw thrown
      }
      evidence.keep()
      showToast({ text: t.steps[step].done, tone: 'leaf' })
      await reload()
      props.onDone?.()
      props.onClose()
    },
  })

  const sent = () => step === 'hand-over' && isParcel(view())
  const title = () => (sent() ? t.steps['hand-over'].titleParcel : t.steps[step].title)
  const text = () => {
    if (sent()) return t.steps['hand-over'].textParcel
    if (step === 'confirm' && view().state === 'disputed') return t.steps.confirm.textDisputed
    const said = t.steps[step]
    return 'text' in said ? said.text : ''
  }
  const problem = () => {
    const thrown = form.problem()
    return thrown ? asProblem(thrown) : null
  }
  const isGrave = step === 'refuse' || step === 'agree-cancel'

  return (
    <Sheet
      open
      title={title()}
      busy={form.isBusy()}
      onClose={() => props.onClose()}
      footer={
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{common.cancel}</Button>
          <SendButton form={`form-${id}`} grave={isGrave} busy={form.isBusy()} disabled={!evidence.isReady()}>
            {t.steps[step].send}
          </SendButton>
        </div>
      }
    >
      <form id={`form-${id}`} noValidate onSubmit={form.submit} class="grid gap-4">
        <Show when={step === 'agree-cancel' && view().cancel}>
          {(cancel) => (
            <Note tone="sky" title={t.cancel.by.theirs}>
              {t.cancel.reason(cancel().reason)}
            </Note>
          )}
        </Show>
        <Show when={text()}>{(text) => <p class="text-pretty text-ink-soft">{text()}</p>}</Show>
        <Show when={step === 'refuse'}>
          <Note tone="tangerine" title={t.steps.refuse.hint} />
        </Show>
        <StepFields
          step={step}
          values={form.values}
          set={form.set}
          faultOf={(field) => form.faultOf(field) as Fault | undefined}
        />
        <Show when={withPictures.has(step)}>
          <EvidenceField evidence={evidence} />
        </Show>
        <Show when={problem()}>{(problem) => <ProblemNote {...words(problem())} />}</Show>
      </form>
    </Sheet>
  )
}

/** Stands in the sheet's foot, outside of its form. */
function SendButton(props: { form: string; grave: boolean; busy: boolean; disabled: boolean; children: string }) {
  return (
    <Button
      look={props.grave ? 'danger' : 'main'}
      busy={props.busy}
      disabled={props.disabled}
      onClick={() => (document.getElementById(props.form) as HTMLFormElement | null)?.requestSubmit()}
    >
      {props.children}
    </Button>
  )
}
