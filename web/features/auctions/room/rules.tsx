import { For, Show } from 'solid-js'
import { stepAt, type Won } from '../../../../worker/contract/money.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Link } from '../../../ui/link/link.tsx'
import { askedOfBidders } from './bidder-rules.tsx'
import { softCloseText } from './deadline.tsx'
import { useRoom } from './room.tsx'
import { isOver } from './standing.ts'

/** The rules of this auction in plain sentences, each only where it applies. */
export function Rules() {
  const t = useTexts('room').rules
  const format = useFormat()
  const room = useRoom()
  const softClose = softCloseText()
  const auction = () => room.state().auction
  /** What moves while bids are taken, and is nobody's business after. */
  const moving = () => {
    const { bidCount, price, buyNowPrice } = auction()
    return [
      bidCount === 0 ? t.start(format.won(price)) : t.step(format.won(stepAt(price as Won))),
      softClose(),
      ...(buyNowPrice === null ? [] : [t.buyNow(format.won(buyNowPrice))]),
    ]
  }
  const sentences = () => [
    ...(isOver(room.phase()) ? [] : moving()),
    t.binding,
    t.max,
    ...(auction().reserve === 'none' ? [] : [t.reserve]),
    t.masks,
    t.ledger,
  ]
  const asked = askedOfBidders()
  return (
    <div class="grid gap-4 py-5">
      <ul class="grid list-disc gap-2 ps-5 marker:text-tangerine-text">
        <For each={sentences()}>{(sentence) => <li class="text-pretty">{sentence}</li>}</For>
      </ul>
      <Show when={asked().length > 0}>
        <div>
          <h3 class="font-semibold">{t.bidderRules}</h3>
          <p class="text-ink-soft">{format.list(asked())}</p>
        </div>
      </Show>
      <Show when={auction().termsHash}>
        {(hash) => (
          <p class="text-caption text-ink-faint" title={t.termsHashHelp}>
            {t.termsHash} <code class="font-mono break-all">{hash()}</code>
          </p>
        )}
      </Show>
      <p>
        <Link href="/rules">{t.all}</Link>
      </p>
    </div>
  )
}
