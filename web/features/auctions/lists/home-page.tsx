import Clock from 'lucide/dist/esm/icons/clock.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import { createSignal, Show, Suspense } from 'solid-js'
import type { AuctionCard as Card } from '../../../../worker/contract/auctions.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { PageFixture } from '../../../fixture.tsx'
import { languageOf } from '../../../i18n/language.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { loadLateParts } from '../../../late.ts'
import type { HeadContext, PageHead, PageProps } from '../../../page.ts'
import { Chip } from '../../../ui/chip/chip.tsx'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { InTurn } from '../../../ui/in-turn/in-turn.tsx'
import { ButtonLink, Link } from '../../../ui/link/link.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'
import { Price } from '../../../ui/price/price.tsx'
import { createLikesOf } from '../cards/likes.ts'
import { createLiveCard } from '../cards/live-cards.ts'
import { TimeLeft } from '../cards/time-left.tsx'
import { type HomeData, listHref } from './queries.ts'
import { Shelf } from './shelf.tsx'

const forReader = () => loadLateParts(languageOf(location.pathname)).then((late) => late.loadForReader())
const Yours = lazyPart(() => forReader().then((file) => file.Yours), [])
const ForYou = lazyPart(() => forReader().then((file) => file.ForYou), [])

export function HomePage(props: PageProps<HomeData>) {
  const t = useTexts('home')
  const all = () => [...props.data.ending, ...props.data.starting, ...props.data.popular, ...props.data.fresh]
  const featured = () => props.data.popular.find(({ state }) => state === 'running') ?? props.data.ending[0]
  const [isForYou, setForYou] = createSignal(false)
  createLikesOf(() => [...new Set(all().map(({ id }) => id))])
  return (
    <div class="column grid grid-cols-1 gap-10 py-6 md:gap-14 md:py-10">
      <section class="grid items-center gap-6 md:grid-cols-[1fr_1.1fr] md:gap-10">
        <div class="grid gap-3 md:gap-5">
          <h1 class="text-hero font-extrabold text-balance md:text-display">{t.heading}</h1>
          <p class="max-w-md text-lead text-ink-soft">{t.lead}</p>
          <div class="mt-1 flex flex-wrap gap-2">
            <ButtonLink look="main" size="large" href="/auctions?status=running&sort=ending" icon={Gavel}>
              {t.browse}
            </ButtonLink>
            <ButtonLink size="large" href="/sell">
              {t.sell}
            </ButtonLink>
          </div>
        </div>
        <Show when={featured()} keyed>
          {(card) => (
            <InTurn>
              <Featured card={card} />
            </InTurn>
          )}
        </Show>
      </section>
      <Suspense>
        <Show when={session.account()}>
          <Yours />
        </Show>
      </Suspense>
      <Show
        when={all().length > 0}
        fallback={<EmptyState icon={Gavel} title={t.empty} action={<ButtonLink href="/sell">{t.sell}</ButtonLink>} />}
      >
        <InTurn>
          <Shelf title={t.ending} cards={props.data.ending} href={listHref({ status: 'running', sort: 'ending' })} />
        </InTurn>
        <InTurn>
          <Shelf
            title={t.starting}
            cards={props.data.starting}
            href={listHref({ status: 'scheduled', sort: 'ending' })}
          />
        </InTurn>
        <InTurn>
          <Shelf title={t.popular} cards={props.data.popular} href={listHref({ sort: 'popular' })} />
        </InTurn>
      </Show>
      <PageFixture name="Categories" />
      <Show when={!isForYou()}>
        <InTurn>
          <Shelf title={t.fresh} cards={props.data.fresh} href={listHref({})} isGrid />
        </InTurn>
      </Show>
      <Show when={session.account()}>
        <ForYou of={props.data} onShown={setForYou} />
      </Show>
      <PageFixture name="Trust" />
    </div>
  )
}

export function homeHead({ texts, origin }: HeadContext<HomeData>): PageHead {
  const t = texts('home')
  const find = `${origin}/search?q={search_term_string}`
  return {
    title: t.title,
    description: t.description,
    kind: 'website',
    canonical: '/',
    structured: {
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name: texts('common').site,
      url: `${origin}/`,
      potentialAction: { '@type': 'SearchAction', target: find, 'query-input': 'required name=search_term_string' },
    },
  }
}

/** The auction that most people watch, large. */
function Featured(props: { card: Card }) {
  const t = useTexts('auctions')
  const format = useFormat()
  let element: HTMLElement | undefined
  const now = createLiveCard(
    () => props.card,
    () => element,
  )
  return (
    <article
      ref={element}
      class="group relative grid overflow-hidden rounded-card border border-line bg-surface sm:grid-cols-[1.15fr_1fr]"
    >
      <div class="relative aspect-[4/3] sm:aspect-auto sm:min-h-80">
        <Picture view={props.card.cover} sizes="(width >= 48rem) 30vw, 92vw" alt="" eager />
        <div class="absolute start-3 top-3 flex gap-1.5">
          <Chip tone="tangerine" solid size="normal">
            {t.states[now().state]}
          </Chip>
        </div>
      </div>
      <div class="flex flex-col gap-1 p-5">
        <h2 class="line-clamp-3 text-title font-bold text-pretty">
          <Link bare href={`/auctions/${props.card.id}`} class="after:absolute after:inset-0 hover:underline">
            {props.card.title}
          </Link>
        </h2>
        <p class="text-ink-soft">{props.card.seller.name}</p>
        <div class="mt-auto grid gap-1 pt-4">
          <p class="text-caption text-ink-faint">{t.priceLabels[now().priceLabel]}</p>
          <Price text={format.won(now().price)} size="hero" rolls />
          <p class="flex items-center gap-1.5 text-lead font-semibold text-tangerine-text">
            <Icon of={Clock} />
            <TimeLeft now={now()} startsAt={props.card.startsAt} />
          </p>
          <p class="text-caption text-ink-soft">
            {t.card.bids(now().bidCount)}
            <Show when={now().present > 0}> · {t.card.present(now().present)}</Show>
          </p>
        </div>
      </div>
    </article>
  )
}
