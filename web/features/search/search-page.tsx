import Info from 'lucide/dist/esm/icons/info.mjs'
import SearchX from 'lucide/dist/esm/icons/search-x.mjs'
import SlidersHorizontal from 'lucide/dist/esm/icons/sliders-horizontal.mjs'
import { type Component, createEffect, For, Match, on, Show, Switch } from 'solid-js'
import type { AuctionCard } from '../../../worker/contract/auctions.ts'
import type { PersonCard } from '../../../worker/contract/profiles.ts'
import { createGrowingList, type GrowingList } from '../../api/growing-list.ts'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import type { HeadContext, PageHead, PageProps } from '../../page.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink, Link } from '../../ui/link/link.tsx'
import { announce } from '../../ui/live-region/live-region.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { People } from './people.tsx'
import { type Asked, askedOf, find, type Found, type SearchData, searchHref, types } from './queries.ts'
import { SearchField } from './search-field.tsx'
import { Shut } from './shut.tsx'

type Auctions = Component<{ cards: readonly AuctionCard[] }>

/** Everything on the site that fits some words, best first. */
export function SearchPage(props: PageProps<SearchData> & { auctions: Auctions }) {
  const t = useTexts('search')
  const asked = () => askedOf(props.at)
  const found = (): Found | null => {
    const { data } = props
    return data.state === 'none' || data.state === 'shut' ? null : data
  }

  // The page stays while what it shows changes: whoever does not see it hears it.
  createEffect(
    on(
      found,
      (now) => {
        const { q } = asked()
        if (now) announce(now.items.length === 0 ? t.empty[now.state](q) : t.titleOf(q))
      },
      { defer: true },
    ),
  )
  // Whoever signs in while people are shut sees them; whoever signs out sees them no more.
  createEffect(
    on(session.state, (now) => {
      const { state } = props.data
      if ((now === 'signed-in' && state === 'shut') || (now === 'visitor' && state === 'people')) void props.reload()
    }),
  )
  return (
    <div class="column py-5 md:py-8">
      <h1 class="text-heading font-extrabold md:text-hero">{asked().q ? t.titleOf(asked().q) : t.title}</h1>
      <SearchField asked={asked()} />
      <Switch>
        <Match when={props.data.state === 'none'}>
          <Beginning />
        </Match>
        <Match when={true}>
          <Types asked={asked()} />
          <div aria-busy={props.isReloading} class={`mt-5 ${props.isReloading ? 'opacity-60' : ''}`}>
            {/* Another list with each answer: people never stand among auctions. */}
            <Show when={found()} keyed fallback={<Shut asked={asked()} />}>
              {(found) => <Results found={found} asked={asked()} auctions={props.auctions} />}
            </Show>
          </div>
        </Match>
      </Switch>
    </div>
  )
}

export function searchHead({ at, texts }: HeadContext<SearchData>): PageHead {
  const t = texts('search')
  const { q, type } = askedOf(at)
  return {
    title: q ? t.titleOf(q) : t.title,
    description: t.description,
    // What somebody looked for is nothing to find by.
    isIndexed: q === '',
    canonical: searchHref({ q, type }),
  }
}

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
] as const

/** Nothing has been looked for yet. */
function Beginning() {
  const t = useTexts('search')
  const names = useTexts('auctions').categories
  return (
    <>
      <p class="mt-4 text-pretty text-ink-soft">{t.lead}</p>
      <section aria-labelledby="by-category" class="mt-8">
        <h2 id="by-category" class="text-lead font-bold">
          {t.categories}
        </h2>
        <ul class="mt-3 flex flex-wrap gap-2">
          <For each={categories}>
            {(category) => (
              <li>
                <ButtonLink href={`/auctions?category=${category}`}>{names[category]}</ButtonLink>
              </li>
            )}
          </For>
        </ul>
      </section>
    </>
  )
}

/** The kinds of things that can be looked for, as links: they can be shared and need no script. */
function Types(props: { asked: Asked }) {
  const t = useTexts('search')
  return (
    <div class="mt-4 flex items-end justify-between gap-4 border-b border-line">
      <nav aria-label={t.types.label} class="rail gap-1">
        <For each={types}>
          {(type) => (
            <Link
              bare
              href={searchHref({ q: props.asked.q, type })}
              aria-current={props.asked.type === type ? 'page' : undefined}
              class="-mb-px inline-flex min-h-12 items-center border-b-2 border-transparent px-4 font-medium whitespace-nowrap text-ink-soft transition-colors hover:text-ink aria-[current=page]:border-tangerine-text aria-[current=page]:font-bold aria-[current=page]:text-ink"
            >
              {t.types[type]}
            </Link>
          )}
        </For>
      </nav>
      <Show when={props.asked.type === 'auctions'}>
        <Link
          bare
          href={`/auctions?search=${encodeURIComponent(props.asked.q)}`}
          class="inline-flex min-h-12 items-center gap-1.5 rounded-control px-2 text-caption font-medium text-ink-soft hover:text-ink hover:underline"
        >
          <Icon of={SlidersHorizontal} class="size-4" />
          {t.filter}
        </Link>
      </Show>
    </div>
  )
}

function Results(props: { found: Found; asked: Asked; auctions: Auctions }) {
  const t = useTexts('search')
  const list = createGrowingList<AuctionCard | PersonCard>({
    first: () => props.found,
    next: (cursor) => find(session.call, { ...props.asked, cursor }),
  })
  const isEmpty = () => list.items().length === 0
  return (
    <section aria-label={t.results[props.found.state]}>
      <Show when={props.found.degraded}>
        <p class="mb-4 flex items-start gap-1.5 text-caption text-ink-soft">
          <Icon of={Info} class="mt-0.5 size-4" />
          {t.degraded}
        </p>
      </Show>
      <Show
        when={!isEmpty()}
        fallback={
          <EmptyState
            icon={SearchX}
            title={t.empty[props.found.state](props.asked.q)}
            text={t.empty[`${props.found.state}Text`]}
            action={<ButtonLink href="/auctions">{t.empty.browse}</ButtonLink>}
          />
        }
      >
        <Show
          when={props.found.state === 'auctions'}
          fallback={<People people={list.items() as readonly PersonCard[]} />}
        >
          <props.auctions cards={list.items() as readonly AuctionCard[]} />
        </Show>
        <More list={list} asked={props.asked} />
      </Show>
    </section>
  )
}

function More(props: { list: GrowingList<AuctionCard | PersonCard>; asked: Asked }) {
  const t = useTexts('search')
  const common = useTexts('common')
  const words = useProblemWords()
  return (
    // oxlint-disable-next-line solid/reactivity -- a list is the same for life
    <div ref={props.list.ref} class="mt-8 flex min-h-11 flex-col items-center gap-3">
      <Show when={props.list.problem()}>
        {(failed) => (
          <ProblemNote
            {...words(failed())}
            action={<Button onClick={() => void props.list.more()}>{common.retry}</Button>}
          />
        )}
      </Show>
      <Show when={props.list.nextCursor()} fallback={<p class="text-caption text-ink-faint">{t.end}</p>}>
        {(cursor) => (
          <ButtonLink
            rel="next"
            href={searchHref({ ...props.asked, cursor: cursor() })}
            aria-disabled={props.list.isLoading() ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault()
              announce(t.loadingMore)
              void props.list.more()
            }}
          >
            {props.list.isLoading() ? t.loadingMore : t.more}
          </ButtonLink>
        )}
      </Show>
    </div>
  )
}
