import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { AuctionPage } from '../../../../worker/contract/auctions.ts'
import { asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { EmptyState } from '../../../ui/empty-state/empty-state.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { AuctionCard } from '../cards/auction-card.tsx'
import { createLikesOf } from '../cards/likes.ts'
import { loadSeller } from './seller-queries.ts'

/** What one person has put under the hammer, newest first; a part of their profile. */
export function SellerAuctions(props: { handle: string; data: AuctionPage }) {
  const t = useTexts('profiles')
  const common = useTexts('common')
  const words = useProblemWords()
  const [more, setMore] = createSignal<AuctionPage | null>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [problem, setProblem] = createSignal<unknown>(null)
  const cards = () => [...props.data.items, ...(more()?.items ?? [])]
  const nextCursor = () => (more() ?? props.data).nextCursor
  createLikesOf(() => cards().map(({ id }) => id))

  async function loadMore(cursor: string): Promise<void> {
    setLoading(true)
    setProblem(null)
    try {
      const next = await loadSeller(session.call, props.handle, cursor)
      setMore((before) => ({ items: [...(before?.items ?? []), ...next.items], nextCursor: next.nextCursor }))
    } catch (thrown) {
      setProblem(() => thrown)
    } finally {
      setLoading(false)
    }
  }

  return (
    <Show when={cards().length > 0} fallback={<EmptyState icon={Gavel} title={t.nothing} />}>
      <ul class="grid grid-cols-2 gap-x-3 gap-y-6 lg:grid-cols-3">
        <For each={cards()}>
          {(card, index) => (
            <li class="min-w-0">
              <AuctionCard card={card} eager={index() < 4} />
            </li>
          )}
        </For>
      </ul>
      <div class="mt-6 flex flex-col items-center gap-3">
        <Show when={problem()}>
          {(problem) => (
            <ProblemNote title={words(asProblem(problem())).title} text={words(asProblem(problem())).text} />
          )}
        </Show>
        <Show when={nextCursor()}>
          {(cursor) => (
            <Button busy={isLoading()} onClick={() => void loadMore(cursor())}>
              {common.more}
            </Button>
          )}
        </Show>
      </div>
    </Show>
  )
}
