import Info from 'lucide/dist/esm/icons/info.mjs'
import { createEffect, createResource, For, onCleanup, Show } from 'solid-js'
import type { AuctionCard as Card } from '../../../../worker/contract/auctions.ts'
import type { RecommendedPage } from '../../../../worker/contract/search.ts'
import { createGrowingList } from '../../../api/growing-list.ts'
import { isPersonalised, learnPersonalised } from '../../../api/personalised.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { cardGrid } from '../cards/auction-card.tsx'
import { createLikesOf } from '../cards/likes.ts'
import { createDismissals } from './dismissals.ts'
import { loadRecommended } from './queries.ts'
import { Recommendation } from './recommendation.tsx'

/** Recommendations that belong to a page as it was loaded: going back finds them, with all that had been unrolled. */
const kept = new WeakMap<object, { handle: string; page: RecommendedPage }>()

/** What the reader may like, and why. Empty until it is here, which `onShown` tells: then it stands in for what is for everyone. */
export function ForYou(props: { of: object; onShown: (isShown: boolean) => void }) {
  const [page] = createResource(
    () => ({ of: props.of, handle: session.account()?.handle ?? '' }),
    async ({ of, handle }) => {
      void learnPersonalised()
      const before = kept.get(of)
      if (before?.handle === handle) return before.page
      // What everyone sees stays when this cannot come.
      const page = await loadRecommended().catch(() => null)
      if (page) kept.set(of, { handle, page })
      return page
    },
  )
  const shown = () => (page.latest?.items.length ? page.latest : null)
  createEffect(() => props.onShown(shown() !== null))
  onCleanup(() => props.onShown(false))
  return <Show when={shown()}>{(page) => <Feed page={page()} />}</Show>
}

function Feed(props: { page: RecommendedPage }) {
  const t = useTexts('search').recommended
  const home = useTexts('home')
  const common = useTexts('common')
  const words = useProblemWords()
  const dismissals = createDismissals(session.call)
  const list = createGrowingList<Card>({ first: () => props.page, next: loadRecommended })
  const cards = () => list.items().filter((card) => !dismissals.isOfHiddenSeller(card))
  createLikesOf(() => cards().map(({ id }) => id))
  return (
    <section aria-labelledby="for-you">
      <div class="flex items-baseline justify-between gap-4">
        <h2 id="for-you" class="text-heading font-extrabold">
          {isPersonalised() === false ? home.fresh : t.forYou}
        </h2>
        <Link href="/settings/preferences" class="inline-flex min-h-11 items-center">
          {t.settings}
        </Link>
      </div>
      <Show when={props.page.degraded}>
        <p class="mt-1 flex items-start gap-1.5 text-caption text-ink-soft">
          <Icon of={Info} class="mt-0.5 size-4" />
          {t.degraded}
        </p>
      </Show>
      <ul class={`mt-3 ${cardGrid}`}>
        <For each={cards()}>
          {(card) => (
            <li class="min-w-0">
              <Recommendation card={card} dismissals={dismissals} isMine={isPersonalised() !== false} />
            </li>
          )}
        </For>
      </ul>
      <div class="mt-6 flex flex-col items-center gap-3">
        <Show when={list.problem()}>
          {(problem) => <ProblemNote title={words(problem()).title} text={words(problem()).text} />}
        </Show>
        <Show when={list.nextCursor()}>
          <Button busy={list.isLoading()} onClick={() => void list.more()}>
            {list.problem() ? common.retry : t.more}
          </Button>
        </Show>
      </div>
    </section>
  )
}
