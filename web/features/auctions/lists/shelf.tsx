import { createUniqueId, For, Show } from 'solid-js'
import type { AuctionCard as Card } from '../../../../worker/contract/auctions.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { Link } from '../../../ui/link/link.tsx'
import { AuctionCard, cardGrid } from '../cards/auction-card.tsx'
import { InTurn, later } from '../../../ui/in-turn/in-turn.tsx'

/** Cards side by side: a row to push with the thumb on phones, a grid elsewhere. */
export function Shelf(props: { title: string; cards: readonly Card[]; href: string; isGrid?: boolean }) {
  const t = useTexts('home')
  const id = createUniqueId()
  return (
    <Show when={props.cards.length > 0}>
      <section
        aria-labelledby={`shelf-${id}`}
        class={`-mx-4 -my-1.5 px-4 py-1.5 md:-mx-6 md:px-6 ${later()} ${props.isGrid ? '[--later:110rem]' : '[--later:24rem]'}`}
      >
        <div class="flex items-baseline justify-between gap-4">
          <h2 id={`shelf-${id}`} class="text-heading font-extrabold">
            {props.title}
          </h2>
          <Link href={props.href} aria-label={t.allOf(props.title)} class="inline-flex min-h-11 items-center">
            {t.all}
          </Link>
        </div>
        <ul
          class={
            props.isGrid
              ? `mt-3 ${cardGrid}`
              : 'rail -mx-4 mt-3 scroll-px-4 gap-3 px-4 pb-1 md:-mx-6 md:scroll-px-6 md:gap-5 md:px-6 lg:mx-0 lg:grid lg:grid-cols-5 lg:overflow-visible lg:px-0 lg:[&>li:nth-child(n+6)]:hidden'
          }
        >
          <For each={props.cards}>
            {(card) => (
              <li
                class={
                  props.isGrid ? 'min-w-0' : 'w-[44vw] max-w-60 shrink-0 snap-start md:w-56 lg:w-auto lg:max-w-none'
                }
              >
                <InTurn>
                  <AuctionCard card={card} />
                </InTurn>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
