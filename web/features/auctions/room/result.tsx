import CircleSlash from 'lucide/dist/esm/icons/circle-slash.mjs'
import Hand from 'lucide/dist/esm/icons/hand.mjs'
import Handshake from 'lucide/dist/esm/icons/handshake.mjs'
import CirclePlay from 'lucide/dist/esm/icons/circle-play.mjs'
import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs'
import { createEffect, onCleanup, Show } from 'solid-js'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Icon } from '../../../ui/icon/icon.tsx'
import { ButtonLink } from '../../../ui/link/link.tsx'
import { RelistButton } from '../cards/relist-button.tsx'
import { useRoom } from './room.tsx'

/** How the result is said in one sentence, on the screen and aloud. */
export function resultText(): () => string {
  const t = useTexts('room').result
  const format = useFormat()
  const room = useRoom()
  return () => {
    switch (room.state().auction.state) {
      case 'sold':
        return t.sold(format.won(room.state().auction.price))
      case 'cancelled':
        return t.cancelled
      case 'void':
        return t.void
      default:
        return t.unsold
    }
  }
}

/** After the end the same page is the result: what came out, for whom, what happens next, and how to check it. */
export function Result() {
  const t = useTexts('room').result
  const bids = useTexts('room').bids
  const format = useFormat()
  const room = useRoom()
  const sentence = resultText()
  const auction = () => room.state().auction
  const isSold = () => auction().state === 'sold'
  const won = () => room.standing() === 'won'
  const sold = () => isOwn() && isSold()
  /** Said to everybody but the winner, who knows. */
  const soldTo = () => {
    const number = auction().winner
    if (number === null || won()) return ''
    return t.soldTo(room.state().winnerName?.name ?? bids.bidder(number))
  }
  const why = () => {
    const reason = room.state().cancelReason
    if (auction().state === 'unsold') return auction().bidCount === 0 ? t.unsoldNoBids : t.unsoldReserve
    return reason ? t.reason(reason) : null
  }
  const isOwn = () => room.standing() === 'seller'
  /** Where an offer has led to a deal, whether it can be listed again is said there. */
  const canRelist = () => isOwn() && !deal() && (auction().state === 'unsold' || auction().state === 'cancelled')
  /** Below the reserve: there were bids, and none of them won. */
  const canOffer = () => isOwn() && auction().state === 'unsold' && auction().bidCount > 0 && !deal()
  const isParty = () => won() || sold()
  const deal = () => room.state().deal ?? room.view().deal
  askForDeal(() => isParty() && !deal(), room.reload)
  const next = () => {
    const handover = room.view().terms.handover ?? 'either'
    return won() ? t.youWonNext[handover](room.view().seller.name) : t.youSoldNext[handover]
  }
  const shippingFee = () => (room.view().terms.handover === 'meet' ? 0 : room.view().terms.shippingFee)

  return (
    <section
      aria-label={sentence()}
      class={`enter-up grid grid-cols-1 gap-3 rounded-card p-5 ${won() || sold() ? 'bg-leaf-tint' : 'bg-sunken'}`}
    >
      <div class="flex items-start gap-3">
        <span class={isSold() ? 'text-leaf' : 'text-ink-soft'}>
          <Icon of={isSold() ? Hand : CircleSlash} class="size-7" />
        </span>
        <div class="grid min-w-0 gap-0.5">
          <h2 class="text-title font-extrabold">{won() ? t.youWon : sold() ? t.youSold : sentence()}</h2>
          <Show when={isSold()}>
            <p class="figures font-semibold">
              {[won() || sold() ? sentence() : '', soldTo()].filter(Boolean).join('. ')}
            </p>
            <Show when={won() && shippingFee() > 0}>
              <p class="figures text-caption text-ink-soft">{t.total(format.won(auction().price + shippingFee()))}</p>
            </Show>
          </Show>
          <Show when={why()}>{(reason) => <p class="text-ink-soft">{reason()}</p>}</Show>
        </div>
      </div>
      <Show when={won() || sold()}>
        <p class="text-pretty">{next()}</p>
      </Show>
      <div class="flex flex-wrap gap-2">
        <Show when={deal()}>
          {(deal) => (
            <ButtonLink look="main" icon={Handshake} href={`/deals/${deal()}`}>
              {t.deal}
            </ButtonLink>
          )}
        </Show>
        <Show when={canOffer()}>
          <room.MakeOffer auction={room.view().id} />
        </Show>
        <Show when={canRelist()}>
          <RelistButton id={room.view().id} label={t.relist} done={t.relisted} />
        </Show>
        <ButtonLink href={`/auctions/${room.view().id}/ledger`} icon={ScrollText}>
          {t.ledger}
        </ButtonLink>
        <Show when={auction().state === 'sold' || auction().state === 'unsold'}>
          <ButtonLink href={`/auctions/${room.view().id}/ledger#replay`} icon={CirclePlay}>
            {t.replay}
          </ButtonLink>
        </Show>
        <ButtonLink look="quiet" href="/auctions?status=running&sort=ending">
          {t.more}
        </ButtonLink>
      </div>
    </section>
  )
}

/** Frames name the deal to nobody; REST names it to its two, a moment after the end. */
function askForDeal(isMissing: () => boolean, ask: () => Promise<void>): void {
  const pauses = [300, 1_000, 2_000, 4_000, 8_000]
  createEffect(() => {
    const pause = isMissing() ? pauses.shift() : undefined
    if (pause === undefined) return
    const timer = setTimeout(() => void ask(), pause)
    onCleanup(() => clearTimeout(timer))
  })
}
