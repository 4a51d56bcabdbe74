import { For } from 'solid-js'
import type { AuctionCard as Card } from '../../../../worker/contract/auctions.ts'
import { AuctionCard, cardGrid } from '../cards/auction-card.tsx'
import { createLikesOf } from '../cards/likes.ts'
import { InTurn, later } from '../../../ui/in-turn/in-turn.tsx'

/** Auctions under the heading of a page, each with the reader's own heart. */
export function CardGrid(props: { cards: readonly Card[] }) {
  createLikesOf(() => props.cards.map(({ id }) => id))
  return (
    <ul class={cardGrid}>
      <For each={props.cards}>
        {(card, index) => (
          <li class={`-m-1.5 min-w-0 p-1.5 ${index() < 4 ? '' : later()}`}>
            <InTurn>
              <AuctionCard card={card} eager={index() < 4} heading="h2" />
            </InTurn>
          </li>
        )}
      </For>
    </ul>
  )
}
