import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import CircleMinus from 'lucide/dist/esm/icons/circle-minus.mjs'
import CircleX from 'lucide/dist/esm/icons/circle-x.mjs'
import Download from 'lucide/dist/esm/icons/download.mjs'
import { createSignal, For, onMount, Show } from 'solid-js'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Disclosure } from '../../../ui/disclosure/disclosure.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { announceNow } from '../../../ui/live-region/live-region.tsx'
import { Note, ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { receiptsOf } from '../room/kept.ts'
import type { Evidence } from '../verifier/evidence.ts'
import { gather } from '../verifier/gather.ts'
import type { Fault, Report, Step } from '../verifier/report.ts'
import { verify } from '../verifier/verify.ts'

const icons = { passed: CircleCheck, failed: CircleX, skipped: CircleMinus }
const tones = { passed: 'text-leaf', failed: 'text-brick', skipped: 'text-ink-faint' }

/** Runs the verification here, in this browser, and shows each step as it is done. */
export function Verification(props: { auction: string }) {
  const t = useTexts('ledger')
  const words = useProblemWords()
  const [evidence, setEvidence] = createSignal<Evidence | null>(null)
  const [steps, setSteps] = createSignal<Step[]>([])
  const [report, setReport] = createSignal<Report | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)

  async function run(): Promise<void> {
    setSteps([])
    setReport(null)
    setProblem(null)
    try {
      await session.settled
      const isBidder = session.state() === 'signed-in'
      const get = async (path: string) => answer(session.call.fetch(path))
      const gathered = await gather(get, props.auction, { isBidder, kept: receiptsOf(props.auction) })
      setEvidence(gathered)
      const done = await verify(gathered, (step) => setSteps((before) => [...before, step]))
      setReport(done)
      announceNow(done.isSound ? t.verify.sound : t.verify.unsound)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  onMount(() => void run())

  return (
    <div class="grid gap-4" aria-busy={report() === null && problem() === null}>
      <Show when={problem()}>
        {(failed) => (
          <ProblemNote
            {...words(failed())}
            title={t.verify.failed}
            action={<Button onClick={() => void run()}>{t.verify.again}</Button>}
          />
        )}
      </Show>
      <Show when={evidence() === null && problem() === null}>
        <p class="text-ink-soft">{t.verify.gathering}</p>
      </Show>
      <ol class="grid gap-1">
        <For each={steps()}>{(step) => <StepLine step={step} />}</For>
      </ol>
      <Show when={report()}>
        {(done) => (
          <>
            <Note tone={done().isSound ? 'leaf' : 'brick'} title={done().isSound ? t.verify.sound : t.verify.unsound}>
              <Outcome report={done()} />
            </Note>
            <Show when={session.state() !== 'signed-in'}>
              <p class="text-caption text-ink-soft">{t.verify.receiptsVisitor}</p>
            </Show>
            <div class="flex flex-wrap gap-2">
              <Button onClick={() => void run()}>{t.verify.again}</Button>
              <Button icon={Download} onClick={() => save(evidence())}>
                {t.verify.download}
              </Button>
            </div>
            <Disclosure title={t.verify.outside}>
              <p>{t.verify.outsideText}</p>
              <pre class="mt-2 overflow-x-auto rounded-control bg-sunken p-3 font-mono text-caption">
                npm run verify -- {location.origin}/auctions/{props.auction}/ledger
              </pre>
            </Disclosure>
          </>
        )}
      </Show>
    </div>
  )
}

function StepLine(props: { step: Step }) {
  const t = useTexts('ledger')
  return (
    <li class="enter-up grid grid-cols-[auto_1fr] items-start gap-x-2.5 py-1">
      <span class={`mt-0.5 ${tones[props.step.verdict]}`}>
        <Icon of={icons[props.step.verdict]} label={t.verify.verdicts[props.step.verdict]} />
      </span>
      <div>
        <p class="flex flex-wrap items-baseline gap-x-2">
          <span class="font-medium">{t.steps[props.step.step]}</span>
          <span class="figures text-caption text-ink-faint">
            {props.step.verdict === 'passed' ? t.checked(props.step.checked) : ''}
            {props.step.verdict === 'skipped' ? t.skips[props.step.reason] : ''}
          </span>
        </p>
        <Show when={props.step.verdict === 'failed' && props.step.faults}>
          {(faults) => (
            <ul class="mt-1 grid gap-1">
              <For each={faults().slice(0, 5)}>{(fault) => <FaultLine fault={fault} />}</For>
            </ul>
          )}
        </Show>
      </div>
    </li>
  )
}

function FaultLine(props: { fault: Fault }) {
  const t = useTexts('ledger')
  const values = () =>
    [
      props.fault.expected === undefined ? null : t.expected(String(props.fault.expected)),
      props.fault.found === undefined ? null : t.found(String(props.fault.found)),
    ].filter((text) => text !== null)
  return (
    <li class="text-caption text-brick">
      <Show when={props.fault.entry}>
        {(place) => (
          <a href={`#entry-${place()}`} class="figures font-semibold underline underline-offset-2">
            {t.at(place())}
          </a>
        )}
      </Show>{' '}
      {t.faults[props.fault.code]}
      <Show when={values().length > 0}>
        <span class="figures break-all"> ({values().join(', ')})</span>
      </Show>
    </li>
  )
}

function Outcome(props: { report: Report }) {
  const t = useTexts('ledger')
  const format = useFormat()
  const text = () => {
    const outcome = props.report.outcome
    if (!outcome) return null
    const { outcomes } = t.verify
    if (outcome.state === 'sold') return outcomes.sold(format.won(outcome.price), t.bidder(outcome.winner ?? 0))
    if (outcome.state !== 'running') return outcomes[outcome.state]
    return outcome.leader === null
      ? outcomes.runningNone(format.won(outcome.price))
      : outcomes.running(format.won(outcome.price), t.bidder(outcome.leader))
  }
  return (
    <Show when={text()}>
      {(sentence) => (
        <span class="figures">
          {t.verify.outcome}: {sentence()}
        </span>
      )}
    </Show>
  )
}

/** The evidence as a file, in the form that `npm run verify` reads. */
function save(evidence: Evidence | null): void {
  if (!evidence) return
  const url = URL.createObjectURL(new Blob([JSON.stringify(evidence, null, 1)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${evidence.auction}.json`
  link.click()
  URL.revokeObjectURL(url)
}
