import { createResource, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { useTexts } from '../../../i18n/i18n.ts'
import { AuctionCard } from '../cards/auction-card.tsx'
import { createLikesOf } from '../cards/likes.ts'
import { loadRelated } from './queries.ts'

/** What is like this auction, asked for when the reader comes near the end of the page. */
export function Related(props: { target: string }) {
  const t = useTexts('search').recommended
  const [isNear, setNear] = createSignal(false)
  let place: HTMLDivElement | undefined
  onMount(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true)
      },
      { rootMargin: '500px' },
    )
    if (place) observer.observe(place)
    onCleanup(() => observer.disconnect())
  })
  const [related] = createResource(
    () => (isNear() ? props.target : null),
    // An auction without its neighbours is still whole.
    (target) => loadRelated(target).catch(() => null),
  )
  const cards = () => related.latest?.items.map(({ auction }) => auction) ?? []
  createLikesOf(() => cards().map(({ id }) => id))
  return (
    <div ref={place} class="min-h-px">
      <Show when={cards().length > 0}>
        <section aria-labelledby="related" class="mt-10 border-t border-line pt-8">
          <h2 id="related" class="text-title font-extrabold">
            {t.related}
          </h2>
          <ul class="rail -mx-4 mt-3 scroll-px-4 gap-3 px-4 pb-1 md:-mx-6 md:scroll-px-6 md:gap-5 md:px-6">
            <For each={cards()}>
              {(card) => (
                <li class="w-[44vw] max-w-60 shrink-0 snap-start md:w-52">
                  <AuctionCard card={card} />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
    </div>
  )
}
