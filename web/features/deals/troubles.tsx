import { createEffect, createResource, createSignal, For, type JSX, on, Show } from 'solid-js'
import { asProblem } from '../../api/problem.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { DisputeEntry } from '../../../worker/contract/deals.ts'
import { Button } from '../../ui/button/button.tsx'
import { cardClass } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Note, ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { useDeal } from './deal.ts'
import { EvidenceList } from './evidence.tsx'
import { ModeratorWords } from './moderator-words.tsx'
import { loadEntries } from './queries.ts'
import { byWhom, waysOf } from './standing.ts'
import { StepSheet } from './steps/step-sheet.tsx'

/** What goes wrong: a wish to cancel, a no-show, a dispute, and what a moderator made of it. */
export function Troubles() {
  return (
    <>
      <Cancelling />
      <Report />
      <Dispute />
      <Ruling />
    </>
  )
}

function Cancelling() {
  const t = useTexts('deals').cancel
  const { view } = useDeal()
  const isOpen = () => view().endedAt === null
  return (
    <Show when={isOpen() && view().cancel}>
      {(cancel) => (
        <Note tone="sky" title={t.by[byWhom(cancel().by, view().role)]}>
          {t.reason(cancel().reason)}
        </Note>
      )}
    </Show>
  )
}

function Report() {
  const t = useTexts('deals').report
  const format = useFormat()
  const { view } = useDeal()
  /** Not once it is settled otherwise. */
  const isAwaited = () => view().deadlines.some(({ kind }) => kind === 'answer')
  return (
    <Show when={view().report}>
      {(report) => (
        <section aria-labelledby="report" class={cardClass}>
          <h2 id="report" class="text-lead font-bold">
            {t.title}
          </h2>
          <p class="mt-1">{t.by[byWhom(report().by, view().role)]}</p>
          <blockquote class="mt-2 border-s-3 border-line ps-3 whitespace-pre-line text-ink-soft">
            {report().note}
          </blockquote>
          <EvidenceList media={report().media} />
          <Show
            when={report().answer}
            fallback={
              <Show when={isAwaited()}>
                <p class="figures mt-3 font-medium text-brick">{t.answerBy(format.dateTime(report().answerBy))}</p>
              </Show>
            }
          >
            {(answered) => (
              <div class="mt-3 border-t border-line pt-3">
                <Chip tone={answered().answer === 'contest' ? 'sky' : 'brick'}>{t.answers[answered().answer]}</Chip>
                <Show when={answered().note}>
                  <p class="mt-2 whitespace-pre-line text-ink-soft">{answered().note}</p>
                </Show>
                <EvidenceList media={answered().media} />
              </div>
            )}
          </Show>
        </section>
      )}
    </Show>
  )
}

function Dispute() {
  const t = useTexts('deals')
  const format = useFormat()
  const { view, now } = useDeal()
  const [agreeing, setAgreeing] = createSignal<number | null>(null)
  const words = useProblemWords()
  const common = useTexts('common')
  /** What came last; one that cannot be loaded again takes nothing away. */
  const [entries, setEntries] = createSignal<readonly DisputeEntry[]>([])
  const [loaded, { refetch }] = createResource(
    () => (view().dispute ? view().id : null),
    async (id) => setEntries(await loadEntries(id)),
  )
  createEffect(
    on(
      () => view().version,
      () => void refetch(),
      { defer: true },
    ),
  )
  const canAgree = () => {
    const { main, onward } = waysOf(view(), now())
    return main === 'agree-remedy' || onward.includes('agree-remedy')
  }
  /** The last proposal is the one that can be agreed to. */
  const latest = () => entries().findLast(({ kind }) => kind === 'proposal')
  const outcome = (what: string) => {
    const remedy = (t.remedies as Record<string, [string, string]>)[what]
    return remedy ? remedy[0] : (t.dispute.outcomes as Record<string, string>)[what]
  }
  return (
    <Show when={view().dispute}>
      {(dispute) => (
        <section aria-labelledby="dispute" class={cardClass}>
          <div class="flex flex-wrap items-center justify-between gap-2">
            <h2 id="dispute" class="text-lead font-bold">
              {t.dispute.title}
            </h2>
            <Chip tone="brick">{t.disputeTypes[dispute().type]}</Chip>
          </div>
          <p class="mt-1 text-ink-soft">{t.dispute.by[byWhom(dispute().by, view().role)]}</p>
          <blockquote class="mt-2 border-s-3 border-line ps-3 whitespace-pre-line">{dispute().text}</blockquote>
          <EvidenceList media={dispute().media} />
          <Show
            when={dispute().outcome}
            fallback={
              <p class="figures mt-3 text-caption text-ink-soft">
                {dispute().withModerator
                  ? t.dispute.withModerator
                  : t.dispute.viewFrom(format.dateTime(dispute().viewFrom))}
              </p>
            }
          >
            {(what) => <p class="mt-3 font-semibold">{t.dispute.outcome(outcome(what()) ?? '')}</p>}
          </Show>
          <Show when={entries().length > 0}>
            <h3 class="mt-4 text-caption font-semibold text-ink-soft">{t.dispute.entries}</h3>
            <ol class="mt-1 grid gap-2">
              <For each={entries()}>
                {(entry) => (
                  <Entry of={entry}>
                    <Show when={entry.number === latest()?.number && canAgree()}>
                      <Button look="main" size="small" onClick={() => setAgreeing(entry.number)}>
                        {t.steps['agree-remedy'].do}
                      </Button>
                    </Show>
                  </Entry>
                )}
              </For>
            </ol>
          </Show>
          <Show when={loaded.error}>
            {(thrown) => (
              <ProblemNote
                {...words(asProblem(thrown()))}
                class="mt-3"
                action={<Button onClick={() => void refetch()}>{common.retry}</Button>}
              />
            )}
          </Show>
          <Show when={view().role === null && view().state === 'disputed'}>
            <ModeratorWords />
          </Show>
          <Show when={agreeing()} keyed>
            {(number) => <StepSheet step="agree-remedy" proposal={number} onClose={() => setAgreeing(null)} />}
          </Show>
        </section>
      )}
    </Show>
  )
}

function Entry(props: { of: DisputeEntry; children: JSX.Element }) {
  const t = useTexts('deals')
  const format = useFormat()
  const { view } = useDeal()
  /** On the one side what the reader said, to a moderator the seller. */
  const isOwn = () => props.of.by === (view().role ?? 'seller')
  return (
    <li class={`rounded-control p-3 ${isOwn() ? 'ms-8 bg-tangerine-tint' : 'me-8 bg-sunken'}`}>
      <p class="figures text-caption text-ink-soft">
        {t.history.by[byWhom(props.of.by, view().role)]} · {t.dispute.entry[props.of.kind]} ·{' '}
        {format.shortDateTime(props.of.at)}
      </p>
      <Show when={props.of.remedy}>
        {(remedy) => (
          <p class="font-semibold">
            {t.remedies[remedy()][0]}
            <Show when={props.of.amount}>{(amount) => <> · {format.won(amount())}</>}</Show>
          </p>
        )}
      </Show>
      <Show when={props.of.text}>
        <p class="whitespace-pre-line">{props.of.text}</p>
      </Show>
      <EvidenceList media={props.of.media} />
      <div class="mt-2 empty:hidden">{props.children}</div>
    </li>
  )
}

function Ruling() {
  const t = useTexts('deals').ruling
  const { view } = useDeal()
  const fault = (by: 'seller' | 'buyer' | 'none') => (by === 'none' ? t.fault.none : t.fault[byWhom(by, view().role)])
  return (
    <Show when={view().ruling}>
      {(ruling) => (
        <Note tone="sky" title={ruling().overturnedAt ? t.overturned : `${t.title}: ${fault(ruling().fault)}`}>
          <p class="whitespace-pre-line">{ruling().reason}</p>
        </Note>
      )}
    </Show>
  )
}
