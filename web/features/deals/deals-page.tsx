import Clock from 'lucide/dist/esm/icons/clock.mjs'
import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import Tag from 'lucide/dist/esm/icons/tag.mjs'
import { For, onMount, Show } from 'solid-js'
import { dealStates } from '../../../worker/contract/deal-steps.ts'
import type { DealRow } from '../../../worker/contract/deals.ts'
import { createGrowingList } from '../../api/growing-list.ts'
import { useInbox } from '../../api/inbox.ts'
import { createNow } from '../../api/now.ts'
import { session } from '../../api/session.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { cardClass } from '../../ui/card/card.tsx'
import { Chip, FilterChip } from '../../ui/chip/chip.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { Picture } from '../../ui/picture/picture.tsx'
import { ListEnd } from '../../i18n/list-end.tsx'
import { stateTones } from './looks.ts'
import { type DealsData, filterOf, loadDeals } from './queries.ts'
import { wasShown } from './shown.ts'
import { nextWords } from './standing.ts'

/** What is told of deals: the list is then another. */
const moving: ReadonlySet<string> = new Set(['won', 'sold', 'deal-step', 'deal-reminder', 'no-show', 'dispute'])

const roles = ['all', 'seller', 'buyer'] as const

/** Every deal of one's own, latest activity first. */
export function DealsPage(props: PageProps<DealsData>) {
  const t = useTexts('deals')
  const filter = () => filterOf(props.at)
  const isFiltered = () => filter().role !== null || filter().state !== null
  const list = createGrowingList<DealRow>({
    first: () => props.data,
    next: (cursor) => loadDeals(session.call, filter(), cursor),
  })
  useInbox().listen({
    onFact(fact) {
      if (fact.type === 'notified' && moving.has(fact.notification.kind)) void props.reload()
    },
  })
  // A list that had grown keeps its length, and with it the reader's place.
  onMount(() => {
    if (wasShown(props.data) && props.data.nextCursor === null) void props.reload()
  })
  const href = (change: { role?: string | null; state?: string | null }) => {
    const wish = { ...filter(), ...change }
    const query = new URLSearchParams(
      Object.entries(wish).filter((one): one is [string, string] => typeof one[1] === 'string'),
    ).toString()
    return `/deals${query && `?${query}`}`
  }

  return (
    <div class="mx-auto w-full max-w-3xl px-4 py-5 md:py-8">
      <div class="flex flex-wrap items-center justify-between gap-2">
        <h1 class="text-heading font-extrabold md:text-hero">{t.title}</h1>
        <ButtonLink size="small" look="quiet" icon={Tag} href="/deals/offers">
          {t.offersLink}
        </ButtonLink>
      </div>
      <p class="mt-1 text-ink-soft">{t.lead}</p>
      <nav aria-label={t.title} class="mt-4 grid gap-2">
        <div class="flex gap-2">
          <For each={roles}>
            {(role) => (
              <FilterChip
                href={href({ role: role === 'all' ? null : role })}
                current={filter().role === (role === 'all' ? null : role)}
              >
                {t.roles[role]}
              </FilterChip>
            )}
          </For>
        </div>
        <div class="rail -mx-4 scroll-px-4 gap-2 px-4 py-1">
          <FilterChip href={href({ state: null })} current={filter().state === null}>
            {t.filters.all}
          </FilterChip>
          <For each={dealStates}>
            {(state) => (
              <FilterChip href={href({ state })} current={filter().state === state}>
                {t.states[state]}
              </FilterChip>
            )}
          </For>
        </div>
      </nav>
      <section
        aria-label={t.title}
        aria-busy={props.isReloading}
        class={`mt-4 ${props.isReloading ? 'opacity-60' : ''}`}
      >
        <Show
          when={list.items().length > 0}
          fallback={
            <EmptyState
              icon={Handshake}
              title={isFiltered() ? t.emptyFiltered : t.emptyTitle}
              text={isFiltered() ? '' : t.emptyText}
              action={
                <ButtonLink look="main" href="/auctions?status=running&sort=ending">
                  {t.browse}
                </ButtonLink>
              }
            />
          }
        >
          <ul class="grid gap-3">
            <For each={list.items()}>{(row) => <Row row={row} />}</For>
          </ul>
        </Show>
        <ListEnd list={list} />
      </section>
    </div>
  )
}

export function dealsHead({ texts }: HeadContext<DealsData>): PageHead {
  return { title: texts('deals').title, isIndexed: false }
}

function Row(props: { row: DealRow }) {
  const t = useTexts('deals')
  const format = useFormat()
  const clock = createNow()
  const isMine = () => props.row.next.whose === 'mine' || props.row.next.whose === 'both'
  const left = () => {
    const now = clock()
    const { deadline } = props.row
    if (!deadline) return null
    const ms = now === null ? null : Date.parse(deadline.at) - now
    if (ms === null) return format.shortDateTime(deadline.at)
    return ms > 0 ? t.left(format.duration(ms > 60_000 ? ms - (ms % 60_000) : ms)) : t.closing
  }
  return (
    <li>
      <Link bare href={`/deals/${props.row.id}`} class={`${cardClass} flex gap-4 hover:border-edge`}>
        <span class="block size-20 shrink-0 overflow-hidden rounded-control md:size-24">
          <Picture view={props.row.cover} sizes="6rem" alt="" />
        </span>
        <span class="grid min-w-0 flex-1 content-start gap-1">
          <span class="flex flex-wrap items-center gap-2">
            <Chip tone={stateTones[props.row.state]}>{t.states[props.row.state]}</Chip>
            <span class="text-caption text-ink-soft">{t.with[props.row.role](props.row.other.name)}</span>
          </span>
          <span class="flex items-baseline justify-between gap-3">
            <span class="line-clamp-1 font-semibold">{props.row.title || t.untitled}</span>
            <span class="figures shrink-0 font-bold">{format.won(props.row.total)}</span>
          </span>
          <span class={`text-pretty ${isMine() ? 'font-semibold text-tangerine-text' : 'text-ink-soft'}`}>
            {nextWords(t, props.row)}
          </span>
          <Show when={props.row.deadline}>
            {(deadline) => (
              <span class="figures flex items-center gap-1.5 text-caption text-ink-soft">
                <Icon of={Clock} class="size-4" />
                {t.deadlines[deadline().kind]} · {left()}
              </span>
            )}
          </Show>
        </span>
      </Link>
    </li>
  )
}
