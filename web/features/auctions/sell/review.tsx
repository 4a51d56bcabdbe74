import Clock from 'lucide/dist/esm/icons/clock.mjs'
import ImageOff from 'lucide/dist/esm/icons/image-off.mjs'
import { For, Show } from 'solid-js'
import { stepAt, type Won } from '../../../../worker/contract/money.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'
import { Price } from '../../../ui/price/price.tsx'
import { amountOf, instantOf, type SellValues, softCloseOf } from './values.ts'

/** The card as others will see it on a list, while it is being written. */
export function PreviewCard(props: { values: SellValues }) {
  const t = useTexts('auctions')
  const mine = useTexts('lists').mine
  const format = useFormat()
  const start = () => amountOf(props.values.startPrice)
  return (
    <div class="w-full max-w-60">
      <div class="relative aspect-square overflow-hidden rounded-card border border-line bg-sunken">
        <Show
          when={props.values.pictures[0]}
          fallback={
            <span class="absolute inset-0 grid place-items-center text-ink-faint">
              <Icon of={ImageOff} class="size-8" />
            </span>
          }
        >
          {(cover) => <Picture view={cover()} sizes="15rem" alt="" />}
        </Show>
        <Chip tone={props.values.startsAt === '' ? 'tangerine' : 'sky'} solid class="absolute start-2 top-2">
          {props.values.startsAt === '' ? t.states.running : t.states.scheduled}
        </Chip>
      </div>
      <p class="mt-2.5 line-clamp-2 leading-snug font-medium">{props.values.title.trim() || mine.untitled}</p>
      <p class="mt-1 flex items-baseline gap-1.5">
        <span class="text-caption text-ink-faint">{t.priceLabels.start}</span>
        <Price text={start() === null ? '–' : format.won(start() ?? 0)} size="lead" />
      </p>
      <p class="flex items-center gap-1 text-caption text-ink-soft">
        <Icon of={Clock} class="size-3.5" />
        {t.card.endsIn(format.duration(props.values.durationMinutes * 60_000))}
      </p>
    </div>
  )
}

/** What the terms mean, said back in plain sentences before anything is published. */
export function SpokenRules(props: { values: SellValues }) {
  const t = useTexts('sell').review
  const bidders = useTexts('sell').bidders
  const format = useFormat()
  const sentences = () => {
    const { values } = props
    const open = format.duration(values.durationMinutes * 60_000)
    const startsAt = values.startsAt === '' ? null : instantOf(values.startsAt)
    const start = amountOf(values.startPrice)
    const reserve = amountOf(values.reservePrice)
    const buyNow = amountOf(values.buyNowPrice)
    const { windowSeconds, capMinutes } = softCloseOf(values)
    return [
      startsAt === null ? t.now(open) : t.later(format.dateTime(startsAt), open),
      windowSeconds === 0
        ? t.hard
        : t.soft(format.duration(windowSeconds * 1_000), format.duration(capMinutes * 60_000)),
      start === null ? null : t.start(format.won(start), format.won(stepAt(start as Won))),
      reserve === null ? null : t.reserve(format.won(reserve)),
      buyNow === null ? null : t.buyNow(format.won(buyNow)),
      handoverText(values),
      biddersText(values),
      t.binding,
    ].filter((sentence) => sentence !== null)
  }
  function biddersText({ followersOnly, minManner, minDeals, maxNoShows }: SellValues): string | null {
    const rules = [
      ...(followersOnly ? [bidders.followers] : []),
      ...(minManner === null ? [] : [`${bidders.minManner} ${bidders.mannerFrom(minManner)}`]),
      ...(minDeals === null ? [] : [`${bidders.minDeals} ${bidders.dealsFrom(minDeals)}`]),
      ...(maxNoShows === null ? [] : [`${bidders.maxNoShows} ${bidders.noShowsTo(maxNoShows)}`]),
    ]
    return rules.length === 0 ? null : t.bidders(format.list(rules))
  }
  function handoverText({ handover, shippingFee }: SellValues): string | null {
    const fee = amountOf(shippingFee) ?? 0
    switch (handover) {
      case 'meet':
        return t.meet
      case 'parcel':
        return fee > 0 ? t.parcel(format.won(fee)) : t.parcelFree
      case 'either':
        return fee > 0 ? t.either(format.won(fee)) : t.eitherFree
      default:
        return null
    }
  }
  return (
    <ul class="grid list-disc gap-2 ps-5 marker:text-tangerine-text">
      <For each={sentences()}>{(sentence) => <li class="text-pretty">{sentence}</li>}</For>
    </ul>
  )
}
