import Scale from 'lucide/dist/esm/icons/scale.mjs'
import { For, type JSX, Show } from 'solid-js'
import type { DecisionView } from '../../../worker/contract/moderation.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { ListEnd } from '../../i18n/list-end.tsx'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Card } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Link } from '../../ui/link/link.tsx'
import { SubPage } from '../../ui/sub-page/sub-page.tsx'
import { AppealPart } from './appeal.tsx'
import { type DecisionsData, loadDecisions } from './queries.ts'
import type { EvidenceParts } from './routes.tsx'

/** Statements of reasons, the latest first, each with its appeal. */
export function DecisionsPage(props: PageProps<DecisionsData> & { evidence: EvidenceParts }) {
  const t = useTexts('decisions')
  const list = createGrowingList<DecisionView>({
    first: () => props.data,
    next: (cursor) => loadDecisions(session.call, cursor),
  })
  return (
    <SubPage back={{ href: '/settings', label: t.back }} title={t.title} lead={t.lead}>
      <Show when={list.items().length > 0} fallback={<EmptyState icon={Scale} title={t.none} text={t.noneText} />}>
        <ul class="grid gap-4">
          <For each={list.items()}>
            {(decision) => <Decision decision={decision} evidence={props.evidence} onAppealed={() => props.reload()} />}
          </For>
        </ul>
      </Show>
      <ListEnd list={list} />
    </SubPage>
  )
}

export function decisionsHead({ texts }: HeadContext<DecisionsData>): PageHead {
  return { title: texts('decisions').title, isIndexed: false }
}

function Decision(props: { decision: DecisionView; evidence: EvidenceParts; onAppealed: () => Promise<void> }) {
  const t = useTexts('decisions')
  const format = useFormat()
  const one = () => props.decision
  const isOfManner = () => one().rule === 'bad-in-a-row' || one().rule === 'below-zero' || one().rule === 'deal-fault'
  return (
    <Card as="li" class="grid gap-4">
      <div class="flex flex-wrap items-center gap-2">
        <h2 class="text-lead font-bold">{t.actions[one().action]}</h2>
        <Chip tone={one().state === 'standing' ? 'brick' : 'plain'}>{t.states[one().state]}</Chip>
      </div>
      <dl class="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        <Fact name={t.rule}>{t.rules[one().rule]}</Fact>
        <Show when={one().facts}>
          {(facts) => (
            <Fact name={t.facts}>
              <span class="whitespace-pre-line">{facts()}</span>
            </Fact>
          )}
        </Show>
        <Fact name={t.how}>{one().automatic ? t.automatic : t.byPerson}</Fact>
        <Fact name={t.from}>{format.dateTime(one().from)}</Fact>
        <Show when={one().until}>{(until) => <Fact name={t.until}>{format.dateTime(until())}</Fact>}</Show>
      </dl>
      <div class="flex flex-wrap gap-x-5">
        <Show when={isOfManner()}>
          <Link href="/settings/manner" class="inline-flex min-h-11 items-center">
            {t.seeManner}
          </Link>
        </Show>
        <Show when={one().rule === 'deal-fault'}>
          <Link href={`/deals/${one().target}`} class="inline-flex min-h-11 items-center">
            {t.seeDeal}
          </Link>
        </Show>
      </div>
      <AppealPart decision={one()} evidence={props.evidence} onAppealed={props.onAppealed} />
    </Card>
  )
}

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div class="sm:contents">
      <dt class="text-caption text-ink-soft sm:text-body">{props.name}</dt>
      <dd class="min-w-0 text-pretty">{props.children}</dd>
    </div>
  )
}
