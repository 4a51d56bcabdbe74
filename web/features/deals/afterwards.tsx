import { Show } from 'solid-js'
import { useDeal } from './deal.ts'
import { OfferNext } from './make-offer.tsx'
import { createOffersMade } from './offers-made.ts'
import { RelistButton } from './relist-button.tsx'
import { mayOffer, mayRelist } from './standing.ts'

/** What a seller can do with a thing whose deal comes to nothing: offer it to the next bidder, or list it again. */
export function Afterwards() {
  const { view, now } = useDeal()
  return (
    <Show when={mayOffer(view(), now()) || mayRelist(view())}>
      <WithTheThing />
    </Show>
  )
}

function WithTheThing() {
  const { view, now, reload } = useDeal()
  const made = createOffersMade(() => view().auction)
  /** Nobody has been promised it since. */
  const isFree = () => !made.open() && made.dealBeyond(view().id) === null
  return (
    <div class="flex flex-wrap gap-2">
      <Show when={mayOffer(view(), now())}>
        <OfferNext
          auction={view().auction}
          made={made}
          after={{ id: view().id, isOpen: view().endedAt === null, reload }}
        />
      </Show>
      <Show when={mayRelist(view()) && isFree()}>
        <RelistButton auction={view().auction} />
      </Show>
    </div>
  )
}
