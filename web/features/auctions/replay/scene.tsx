import Crown from 'lucide/dist/esm/icons/crown.mjs'
import TimerReset from 'lucide/dist/esm/icons/timer-reset.mjs'
import { createEffect, For, on, Show } from 'solid-js'
import type { ChatMessage } from '../../../../worker/contract/auctions.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Chip } from '../../../ui/chip/chip.tsx'
import { announce } from '../../../ui/live-region/live-region.tsx'
import { Price } from '../../../ui/price/price.tsx'
import type { Told } from '../ledger/reasons.ts'
import type { Scene } from './recording.ts'

/** An extension is pointed at for this long, in the auction's own time. */
const extensionShownMs = 8_000
/** What fits beside the price without scrolling. */
const shown = 6

function useWho(mine: () => number | null) {
  const t = useTexts('ledger')
  return (number: number) => (number === mine() ? t.me : t.bidder(number))
}

/** Price, who leads and how much time was left, as the room showed them then. */
export function Standing(props: { scene: Scene; at: number; mine: number | null }) {
  const t = useTexts('replay')
  const format = useFormat()
  const who = useWho(() => props.mine)
  const extension = () => {
    const { extension } = props.scene
    return extension && props.at - extension.at < extensionShownMs ? extension : null
  }
  createEffect(
    on(
      () => [props.scene.price, props.scene.leader] as const,
      ([price, leader]) => {
        if (leader !== null) announce(t.spoken(format.won(price), who(leader)))
      },
      { defer: true },
    ),
  )
  return (
    <div class="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div class="grid gap-1">
        <p class="text-caption font-medium text-ink-soft">{props.scene.leader === null ? t.startPrice : t.price}</p>
        <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Price text={format.won(props.scene.price)} size="hero" rolls />
          <Show when={props.scene.leader}>
            {(leader) => (
              <Chip tone="leaf" icon={Crown}>
                {`${who(leader())} · ${props.scene.isOver ? t.won : t.leads}`}
              </Chip>
            )}
          </Show>
        </p>
      </div>
      <div class="grid gap-1">
        <p class="text-caption font-medium text-ink-soft">{t.left}</p>
        <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span class="figures text-heading font-extrabold">
            {props.scene.isOver ? t.over : format.clock(props.scene.endsAt - props.at)}
          </span>
          <Show when={extension()}>
            {(moved) => (
              <Chip tone="tangerine" icon={TimerReset}>
                {t[moved().cause === 'outage' ? 'outage' : 'extended'](
                  format.duration(Math.max(1_000, Math.round(moved().addedMs / 1_000) * 1_000)),
                )}
              </Chip>
            )}
          </Show>
        </p>
      </div>
    </div>
  )
}

/** The last bids and messages until then, side by side where there is room. */
export function Happening(props: { scene: Scene; mine: number | null }) {
  const t = useTexts('replay')
  return (
    <div class="grid gap-x-8 gap-y-5 md:grid-cols-2">
      <section class="grid min-h-64 content-start gap-1">
        <h3 class="border-b border-line pb-1 font-bold">
          {t.bids} <span class="figures text-caption text-ink-faint">{props.scene.bids.length}</span>
        </h3>
        <ol>
          <For each={props.scene.bids.slice(0, shown)} fallback={<li class="py-2 text-ink-soft">{t.noBids}</li>}>
            {(told) => <BidLine told={told} mine={props.mine} />}
          </For>
        </ol>
      </section>
      <section class="grid min-h-64 content-start gap-1">
        <h3 class="border-b border-line pb-1 font-bold">
          {t.chat} <span class="figures text-caption text-ink-faint">{props.scene.messages.length}</span>
        </h3>
        <ol>
          <For each={props.scene.messages.slice(-shown)} fallback={<li class="py-2 text-ink-soft">{t.noMessages}</li>}>
            {(message) => <MessageLine message={message} />}
          </For>
        </ol>
      </section>
    </div>
  )
}

function BidLine(props: { told: Told; mine: number | null }) {
  const format = useFormat()
  const who = useWho(() => props.mine)
  const bidder = () => (props.told.entry.type === 'bid' ? props.told.entry.bidder : 0)
  return (
    <li class="enter-up flex items-baseline justify-between gap-3 border-b border-line py-1.5 last:border-0">
      <span class="truncate font-medium">{who(bidder())}</span>
      <span class="figures whitespace-nowrap">
        <span class="font-bold">{format.won(props.told.price)}</span>{' '}
        <span class="text-caption text-ink-faint">{format.exactTime(props.told.entry.at).slice(0, 8)}</span>
      </span>
    </li>
  )
}

function MessageLine(props: { message: ChatMessage }) {
  const t = useTexts('replay')
  return (
    <li class="enter-up border-b border-line py-1.5 last:border-0">
      <span class="font-semibold">{props.message.author.name}</span>
      <Show when={props.message.badges.includes('seller')}>
        {' '}
        <Chip>{t.seller}</Chip>
      </Show>{' '}
      <Show when={props.message.text !== null} fallback={<span class="text-ink-faint">{t.removed}</span>}>
        <span class="break-words">{props.message.text}</span>
      </Show>
    </li>
  )
}
