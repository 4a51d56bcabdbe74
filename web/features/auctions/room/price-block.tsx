import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs'
import ShieldX from 'lucide/dist/esm/icons/shield-x.mjs'
import Zap from 'lucide/dist/esm/icons/zap.mjs'
import { Show } from 'solid-js'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Price } from '../../../ui/price/price.tsx'
import { useRoom } from './room.tsx'
import { isOver } from './standing.ts'

/** What it costs now, what comes next, what one would pay for that. While rendered it says of which moment the price is. */
export function PriceBlock() {
  const t = useTexts('room').price
  const format = useFormat()
  const room = useRoom()
  const auction = () => room.state().auction
  const terms = () => room.view().terms
  const label = () => {
    if (room.phase() === 'sold') return t.final
    if (isOver(room.phase())) return auction().bidCount > 0 ? t.unsold : t.startPrice
    return auction().bidCount > 0 ? t.current : t.startPrice
  }
  const shipping = () => {
    if (terms().handover === 'meet') return t.totalMeet
    if (terms().shippingFee === 0) return t.totalFree
    // It stands beside the next bid and is what that would cost.
    return `${t.total} ${format.won((auction().minimumBid ?? auction().price) + terms().shippingFee)}`
  }
  return (
    <div class="grid gap-1.5">
      <p class="flex items-baseline justify-between gap-3 text-ink-soft">
        <span class="font-medium">{label()}</span>
        <Show when={room.state().connection !== 'live' && !isOver(room.phase())}>
          <span class="figures text-caption text-ink-faint">
            {t.asOf(format.exactTime(room.state().asOf).slice(0, 8))}
          </span>
        </Show>
      </p>
      <p class="-mt-1">
        <Price text={format.won(auction().price)} size="display" rolls />
      </p>
      <dl class="flex flex-wrap items-center gap-x-5 gap-y-1">
        <Show when={auction().minimumBid}>
          {(next) => (
            <div class="flex items-baseline gap-1.5">
              <dt class="text-caption text-ink-faint">{t.next}</dt>
              <dd>
                <Price text={format.won(next())} size="body" />
              </dd>
            </div>
          )}
        </Show>
        <div class="flex items-baseline gap-1.5">
          <dt class="sr-only">{t.total}</dt>
          <dd class="figures text-caption text-ink-soft">{shipping()}</dd>
        </div>
      </dl>
      <div class="flex flex-wrap gap-1.5 pt-1">
        <Chip icon={Gavel}>{t.bids(auction().bidCount)}</Chip>
        <Show when={auction().reserve !== 'none'}>
          <span title={t.reserveHelp}>
            <Chip
              tone={auction().reserve === 'met' ? 'leaf' : 'plain'}
              icon={auction().reserve === 'met' ? ShieldCheck : ShieldX}
            >
              {t.reserve[auction().reserve]}
            </Chip>
          </span>
        </Show>
        <Show when={isOver(room.phase()) ? null : auction().buyNowPrice}>
          {(price) => (
            <Chip tone="tangerine" icon={Zap}>
              {t.buyNow(format.won(price()))}
            </Chip>
          )}
        </Show>
        <Show when={terms().expectedPrice}>{(expected) => <Chip>{t.expected(format.won(expected()))}</Chip>}</Show>
      </div>
    </div>
  )
}
