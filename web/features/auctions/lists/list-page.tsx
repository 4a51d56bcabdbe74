import { useNavigate } from '../../../ui/navigation/navigation.ts'
import Search from 'lucide/dist/esm/icons/search.mjs'
import SearchX from 'lucide/dist/esm/icons/search-x.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { AuctionCard as Card, AuctionPage } from '../../../../worker/contract/auctions.ts'
import { createGrowingList } from '../../../api/growing-list.ts'
import { session } from '../../../api/session.ts'
import type { Texts } from '../../../i18n/dictionaries.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Button } from '../../../ui/button/button.tsx'
import { FilterChip } from '../../../ui/chip/chip.tsx'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { InTurn } from '../../../ui/in-turn/in-turn.tsx'
import { ButtonLink, Link } from '../../../ui/link/link.tsx'
import { announce } from '../../../ui/live-region/live-region.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { CardGrid } from './card-grid.tsx'
import { type ListFilters, filtersOf, listHref, loadList } from './queries.ts'

const categories = [
  'digital',
  'appliance',
  'furniture',
  'kitchen',
  'baby',
  'women',
  'men',
  'sport',
  'pet',
  'other',
  'event',
] as const
const badges = ['running', 'scheduled', 'ended'] as const
const sorts = ['newest', 'ending', 'popular'] as const

export function ListPage(props: PageProps<AuctionPage>) {
  const t = useTexts('lists').list
  const { categories: names } = useTexts('auctions')
  const filters = () => filtersOf(props.at)
  const title = () => headingOf(filters(), t, names)
  return (
    <div class="column py-5 md:py-8">
      <h1 class="text-heading font-extrabold md:text-hero">{title()}</h1>
      <ListSearch filters={filters()} />
      <InTurn>
        <Filters filters={filters()} />
      </InTurn>
      <Results page={props.data} filters={filters()} isReloading={props.isReloading} title={title()} />
    </div>
  )
}

export function listHead({ at, texts }: HeadContext<AuctionPage>): PageHead {
  const t = texts('lists').list
  const filters = filtersOf(at)
  const { cursor: _cursor, ...kept } = filters
  return {
    title: headingOf(filters, t, texts('auctions').categories),
    description: t.description,
    // Words somebody searched for, and pages deep in a list, are nothing to find by.
    isIndexed: filters.search === undefined && filters.cursor === undefined,
    canonical: listHref(kept),
  }
}

function headingOf(
  { category, search }: ListFilters,
  t: Texts<'lists'>['list'],
  names: Texts<'auctions'>['categories'],
): string {
  if (search) return t.titleSearch(search)
  const known = category && category in names ? names[category as keyof typeof names] : null
  return known ? t.titleOf(known) : t.title
}

function ListSearch(props: { filters: ListFilters }) {
  const t = useTexts('lists').list
  const navigate = useNavigate()
  /** What is being typed; null until then, and again once it has been looked for. */
  const [typed, setTyped] = createSignal<string | null>(null)
  createEffect(
    on(
      () => props.filters.search,
      () => setTyped(null),
    ),
  )
  const words = () => typed() ?? props.filters.search ?? ''
  const find = (search: string) => {
    const { cursor: _cursor, search: _search, ...kept } = props.filters
    navigate(listHref(search === '' ? kept : { ...kept, search }))
  }
  return (
    <search class="mt-3 block max-w-md">
      <form
        action="/auctions"
        class="relative"
        onSubmit={(event) => {
          event.preventDefault()
          find(words().trim())
        }}
      >
        <span class="pointer-events-none absolute inset-y-0 start-3.5 grid place-items-center text-ink-faint">
          <Icon of={Search} />
        </span>
        <input
          type="search"
          name="search"
          aria-label={t.search}
          placeholder={t.searchPlaceholder}
          maxlength="80"
          enterkeyhint="search"
          value={words()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          class="min-h-12 w-full rounded-full border border-edge bg-surface ps-11 pe-12 text-lead [&::-webkit-search-cancel-button]:hidden"
        />
        <Show when={props.filters.search}>
          <button
            type="button"
            aria-label={t.clearSearch}
            onClick={() => find('')}
            class="target absolute end-1 top-0.5 grid place-items-center rounded-full text-ink-soft hover:bg-sunken"
          >
            <Icon of={X} />
          </button>
        </Show>
      </form>
      <Show when={props.filters.search}>
        {(words) => (
          <Link href={`/search?q=${encodeURIComponent(words())}`} class="mt-1 inline-flex min-h-11 items-center">
            {t.everywhere}
          </Link>
        )}
      </Show>
    </search>
  )
}

function Filters(props: { filters: ListFilters }) {
  const t = useTexts('auctions')
  const list = useTexts('lists').list
  const without = (name: keyof ListFilters) =>
    Object.fromEntries(Object.entries(props.filters).filter(([key]) => key !== name && key !== 'cursor'))
  const href = (name: keyof ListFilters, value: string) =>
    listHref(value === '' ? without(name) : { ...without(name), [name]: value })
  return (
    <div class="mt-4 grid grid-cols-1 gap-2">
      <nav aria-label={list.category} class="rail -mx-4 scroll-px-4 gap-2 px-4 py-1 md:-mx-6 md:scroll-px-6 md:px-6">
        <FilterChip href={href('category', '')} current={!props.filters.category}>
          {list.any}
        </FilterChip>
        <For each={categories}>
          {(category) => (
            <FilterChip href={href('category', category)} current={props.filters.category === category}>
              {t.categories[category]}
            </FilterChip>
          )}
        </For>
      </nav>
      <div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <nav aria-label={list.status} class="rail max-w-full gap-1">
          <TextFilter href={href('status', '')} current={!props.filters.status}>
            {list.any}
          </TextFilter>
          <For each={badges}>
            {(badge) => (
              <TextFilter href={href('status', badge)} current={props.filters.status === badge}>
                {t.badges[badge]}
              </TextFilter>
            )}
          </For>
        </nav>
        <nav aria-label={list.sort} class="rail max-w-full gap-1">
          <For each={sorts}>
            {(sort) => (
              <TextFilter href={href('sort', sort)} current={(props.filters.sort ?? 'newest') === sort}>
                {list.sorts[sort]}
              </TextFilter>
            )}
          </For>
        </nav>
      </div>
    </div>
  )
}

function TextFilter(props: { href: string; current: boolean; children: string }) {
  return (
    <Link
      bare
      href={props.href}
      aria-current={props.current ? 'true' : undefined}
      class="inline-flex min-h-11 items-center rounded-control px-2.5 font-medium whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current=true]:font-bold aria-[current=true]:text-ink aria-[current=true]:underline aria-[current=true]:decoration-tangerine aria-[current=true]:decoration-3 aria-[current=true]:underline-offset-8"
    >
      {props.children}
    </Link>
  )
}

function Results(props: { page: AuctionPage; filters: ListFilters; isReloading: boolean; title: string }) {
  const t = useTexts('lists').list
  const common = useTexts('common')
  const words = useProblemWords()
  const list = createGrowingList<Card>({
    first: () => props.page,
    next: (cursor) => loadList(session.call, { ...props.filters, cursor }),
  })

  return (
    <section
      aria-label={t.results}
      aria-busy={props.isReloading}
      class={`mt-5 ${props.isReloading ? 'opacity-60' : ''}`}
    >
      <Show
        when={list.items().length > 0}
        fallback={
          <EmptyState
            icon={SearchX}
            title={t.empty}
            text={t.emptyText}
            action={<ButtonLink href="/auctions">{t.reset}</ButtonLink>}
          />
        }
      >
        <CardGrid cards={list.items()} />
        <div ref={list.ref} class="mt-8 flex min-h-11 flex-col items-center gap-3">
          <Show when={list.problem()}>
            {(failed) => (
              <ProblemNote
                {...words(failed())}
                action={<Button onClick={() => void list.more()}>{common.retry}</Button>}
              />
            )}
          </Show>
          <Show when={list.nextCursor()} fallback={<p class="text-caption text-ink-faint">{t.end}</p>}>
            {(cursor) => (
              <ButtonLink
                rel="next"
                href={listHref({ ...props.filters, cursor: cursor() })}
                aria-disabled={list.isLoading() ? 'true' : undefined}
                onClick={(event) => {
                  event.preventDefault()
                  announce(t.loadingMore)
                  void list.more()
                }}
              >
                {list.isLoading() ? t.loadingMore : t.more}
              </ButtonLink>
            )}
          </Show>
        </div>
      </Show>
    </section>
  )
}
