import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { CaseRow, Ruling } from '../../../worker/contract/deals.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ListEnd } from '../../i18n/list-end.tsx'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { RadioField } from '../../ui/field/radio-field.tsx'
import { Link } from '../../ui/link/link.tsx'
import { ActSheet } from './act-sheet.tsx'
import { StaffFrame, StateChips } from './frame.tsx'
import { loadCases, rule, stateOf } from './queries.ts'

export interface CasesData {
  items: CaseRow[]
  nextCursor: string | null
}

/** Contested no-shows, and disputes without agreement. */
export function CasesPage(props: PageProps<CasesData>) {
  const t = useTexts('staff').cases
  const state = () => stateOf(props.at, 'closed')
  const list = createGrowingList<CaseRow>({
    first: () => props.data,
    next: (cursor) => loadCases(session.call, state(), cursor),
  })
  return (
    <StaffFrame part="cases" title={t.title}>
      <StateChips
        href="/staff/cases"
        current={state()}
        states={[
          ['open', t.states.open],
          ['closed', t.states.closed],
        ]}
      />
      <Show when={list.items().length > 0} fallback={<EmptyState icon={Gavel} title={t.none} />}>
        <ul class="grid gap-4">
          <For each={list.items()}>{(one) => <Case case={one} onRuled={() => props.reload()} />}</For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </StaffFrame>
  )
}

export function casesHead({ texts }: HeadContext<CasesData>): PageHead {
  const { cases, title } = texts('staff')
  return { title: `${cases.title} · ${title}`, isIndexed: false }
}

function Case(props: { case: CaseRow; onRuled: () => Promise<void> }) {
  const t = useTexts('staff').cases
  const format = useFormat()
  const [isRuling, setRuling] = createSignal(false)
  const one = () => props.case
  return (
    <Card as="li" class="grid gap-3">
      <p class="flex flex-wrap items-center gap-2">
        <Chip tone="brick">{t.kinds[one().kind]}</Chip>
        <span class="text-caption text-ink-soft">{format.dateTime(one().at)}</span>
      </p>
      <h2 class="text-lead font-bold">{one().title}</h2>
      <p>{t.parties(one().seller.name, one().buyer.name)}</p>
      <p class="text-ink-soft">{t.by[one().by]}</p>
      <Link href={`/deals/${one().deal}`} class="inline-flex min-h-11 items-center justify-self-start">
        {t.see}
      </Link>
      <Show
        when={one().ruling}
        fallback={
          <Show when={one().state === 'open'} fallback={<p class="font-semibold">{t.settled}</p>}>
            <Button look="main" onClick={() => setRuling(true)}>
              {t.rule}
            </Button>
          </Show>
        }
      >
        {(ruling) => (
          <>
            <p class="font-semibold">{t.ruled(t.faults[ruling().fault])}</p>
            <p class="whitespace-pre-line text-pretty">{ruling().reason}</p>
            <Show when={ruling().overturnedAt}>{(at) => <p>{t.overturned(format.dateTime(at()))}</p>}</Show>
          </>
        )}
      </Show>
      <RulingSheet case={one()} open={isRuling()} onClose={() => setRuling(false)} onRuled={props.onRuled} />
    </Card>
  )
}

function RulingSheet(props: { case: CaseRow; open: boolean; onClose: () => void; onRuled: () => Promise<void> }) {
  const t = useTexts('staff')
  const [fault, setFault] = createSignal<Ruling['fault'] | ''>('')

  async function send(reason: string, key: string): Promise<void> {
    const found = fault()
    if (found !== '') await rule(props.case.id, { fault: found, reason }, key)
  }

  return (
    <ActSheet
      open={props.open}
      onClose={props.onClose}
      title={t.cases.rule}
      label={t.account.reason}
      hint={t.account.factsHint}
      isReady={fault() !== ''}
      send={send}
      onDone={props.onRuled}
    >
      <RadioField
        label={t.cases.fault}
        hint={t.cases.noneHint}
        value={fault()}
        options={(['seller', 'buyer', 'none'] as const).map((value) => ({ value, label: t.cases.faults[value] }))}
        onValue={setFault}
      />
    </ActSheet>
  )
}
