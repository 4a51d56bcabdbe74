import Scale from 'lucide/dist/esm/icons/scale.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { AnswerAppeal, AppealView } from '../../../worker/contract/moderation.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ListEnd } from '../../i18n/list-end.tsx'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { RadioField } from '../../ui/field/radio-field.tsx'
import { Link } from '../../ui/link/link.tsx'
import { ActSheet } from './act-sheet.tsx'
import { StaffFrame, StateChips } from './frame.tsx'
import { MomentField, momentOf } from './moment-field.tsx'
import { answerAppeal, loadAppeals, stateOf } from './queries.ts'
import type { Pictures } from './routes.tsx'

export interface AppealsData {
  items: AppealView[]
  nextCursor: string | null
}

/** Appeals, the most urgent first. */
export function AppealsPage(props: PageProps<AppealsData> & { pictures: Pictures }) {
  const t = useTexts('staff').appeals
  const state = () => stateOf(props.at, 'answered')
  const list = createGrowingList<AppealView>({
    first: () => props.data,
    next: (cursor) => loadAppeals(session.call, state(), cursor),
  })
  return (
    <StaffFrame part="appeals" title={t.title}>
      <StateChips
        href="/staff/appeals"
        current={state()}
        states={[
          ['open', t.states.open],
          ['answered', t.states.answered],
        ]}
      />
      <Show when={list.items().length > 0} fallback={<EmptyState icon={Scale} title={t.none} />}>
        <ul class="grid gap-4">
          <For each={list.items()}>
            {(appeal) => <Appeal appeal={appeal} pictures={props.pictures} onAnswered={() => props.reload()} />}
          </For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </StaffFrame>
  )
}

export function appealsHead({ texts }: HeadContext<AppealsData>): PageHead {
  const { appeals, title } = texts('staff')
  return { title: `${appeals.title} · ${title}`, isIndexed: false }
}

function Appeal(props: { appeal: AppealView; pictures: Pictures; onAnswered: () => Promise<void> }) {
  const t = useTexts('staff').appeals
  const words = useTexts('decisions')
  const format = useFormat()
  const [isAnswering, setAnswering] = createSignal(false)
  const decision = () => props.appeal.decision
  return (
    <Card as="li" class="grid gap-3">
      <h2 class="text-lead font-bold">
        {words.actions[decision().action]} · {words.rules[decision().rule]}
      </h2>
      <Show when={props.appeal.about}>
        {(about) => (
          <Link href={`/users/${about().handle}`} class="inline-flex min-h-11 items-center">
            {about().name} @{about().handle}
          </Link>
        )}
      </Show>
      <p class="text-caption text-ink-soft">
        {decision().automatic ? words.automatic : words.byPerson} {format.dateTime(decision().from)}
        <Show when={decision().until}>{(until) => <> – {format.dateTime(until())}</>}</Show>
      </p>
      <Show when={decision().facts}>
        <p class="whitespace-pre-line text-pretty">{decision().facts}</p>
      </Show>
      <div class="rounded-control bg-sunken p-3">
        <p class="text-caption font-semibold text-ink-soft">{t.theirs}</p>
        <p class="whitespace-pre-line text-pretty">{props.appeal.text}</p>
        <props.pictures media={props.appeal.media} />
      </div>
      <Show
        when={props.appeal.answeredAt === null}
        fallback={
          <p class="text-pretty text-ink-soft">
            {words.appeal.answer}: {decision().appeal.answer}
          </p>
        }
      >
        <p class="text-caption text-ink-soft">{t.due(format.dateTime(props.appeal.dueAt))}</p>
        <Show when={!props.appeal.isMine} fallback={<p class="text-ink-soft">{t.notYours}</p>}>
          <Button look="main" onClick={() => setAnswering(true)}>
            {t.answer}
          </Button>
        </Show>
      </Show>
      <Answering
        appeal={props.appeal}
        open={isAnswering()}
        onClose={() => setAnswering(false)}
        onAnswered={props.onAnswered}
      />
    </Card>
  )
}

type Outcome = AnswerAppeal['outcome']

function Answering(props: { appeal: AppealView; open: boolean; onClose: () => void; onAnswered: () => Promise<void> }) {
  const t = useTexts('staff')
  const [outcome, setOutcome] = createSignal<Outcome | ''>('')
  const [until, setUntil] = createSignal('')
  /** Only what lasts can end sooner. */
  const outcomes = (): Outcome[] =>
    props.appeal.decision.until === null ? ['uphold', 'overturn'] : ['uphold', 'overturn', 'change']

  async function send(reason: string, key: string): Promise<void> {
    const chosen = outcome()
    if (chosen === '') return
    const wish = { outcome: chosen, reason, ...(chosen === 'change' ? { until: momentOf(until()) } : {}) }
    await answerAppeal(props.appeal.decision.id, wish, key)
  }

  return (
    <ActSheet
      open={props.open}
      onClose={props.onClose}
      title={t.appeals.answer}
      label={t.account.reason}
      hint={t.account.factsHint}
      isReady={outcome() !== '' && (outcome() !== 'change' || until() !== '')}
      send={send}
      onDone={props.onAnswered}
    >
      <RadioField
        label={t.appeals.outcome}
        value={outcome()}
        options={outcomes().map((value) => ({
          value,
          label: t.appeals.outcomes[value],
          hint: t.appeals.outcomeHints[value],
        }))}
        onValue={setOutcome}
      />
      <Show when={outcome() === 'change'}>
        <MomentField label={t.account.until} value={until()} onValue={setUntil} />
      </Show>
    </ActSheet>
  )
}
