import Clock from 'lucide/dist/esm/icons/clock.mjs'
import Gavel from 'lucide/dist/esm/icons/gavel.mjs'
import Users from 'lucide/dist/esm/icons/users.mjs'
import { type JSX, Show } from 'solid-js'
import type { AuctionCard as Card, CardNow } from '../../../../worker/contract/auctions.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { Chip, type Tone } from '../../../ui/chip/chip.tsx'
import { Heading } from '../../../ui/heading/heading.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { Link } from '../../../ui/link/link.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'
import { Price } from '../../../ui/price/price.tsx'
import { LikeButton } from './like-button.tsx'
import { createLiveCard } from './live-cards.ts'
import { TimeLeft } from './time-left.tsx'
import { WhyLine } from './why.tsx'

const tones: Record<CardNow['state'], Tone> = {
  draft: 'plain',
  scheduled: 'sky',
  running: 'tangerine',
  sold: 'leaf',
  unsold: 'plain',
  cancelled: 'plain',
  void: 'brick',
}

const coverSizes = '(width >= 64rem) 17rem, (width >= 48rem) 30vw, 46vw'

/**
 * One auction on a list: picture first, then what it costs now and how long it goes on. The whole card is its link's; the
 * heart lies above it. Price and clock stay live while it is in view.
 */
export function AuctionCard(props: {
  card: Card
  eager?: boolean
  actions?: JSX.Element
  /** What one can say about a recommended card. */
  menu?: () => JSX.Element
  href?: string | undefined
  /** One below the heading that the list stands under. */
  heading?: 'h2' | 'h3'
}) {
  const t = useTexts('auctions')
  const format = useFormat()
  let element: HTMLElement | undefined
  const now = createLiveCard(
    () => props.card,
    () => element,
  )
  const isOver = () => now().badge === 'ended'
  return (
    <article ref={element} class="group relative flex min-w-0 flex-col">
      <div class="relative aspect-square overflow-hidden rounded-card border border-line">
        <Picture
          view={props.card.cover}
          sizes={coverSizes}
          alt=""
          eager={props.eager ?? false}
          class={`transition-[scale] duration-(--calm) group-hover:scale-[1.02] motion-reduce:group-hover:scale-100 ${isOver() ? 'opacity-70 saturate-50' : ''}`}
        />
        <div class="absolute start-2 top-2 flex flex-wrap gap-1">
          <Chip tone={tones[now().state]} solid>
            {t.states[now().state]}
          </Chip>
        </div>
        <div class="absolute start-2 bottom-2">
          <Show when={props.card.mine}>
            {(mine) => (
              <Show when={now().state === 'running'}>
                <Chip tone={mine().leading ? 'leaf' : 'brick'} solid>
                  {mine().leading ? t.card.leading : t.card.outbid}
                </Chip>
              </Show>
            )}
          </Show>
        </div>
        <Show when={now().present > 0 && !isOver()}>
          <span class="figures absolute end-2 bottom-2 inline-flex items-center gap-1 rounded-full bg-surface/90 px-2 py-0.5 text-caption font-semibold">
            <Icon of={Users} class="size-3.5" label={t.card.present(now().present)} />
            <span aria-hidden="true">{format.number(now().present)}</span>
          </span>
        </Show>
      </div>
      <div class="flex flex-1 flex-col gap-0.5 px-0.5 pt-2.5">
        <Heading level={props.heading ?? 'h3'} class="line-clamp-2 text-body leading-snug font-medium text-pretty">
          <Link
            bare
            href={props.href ?? `/auctions/${props.card.id}`}
            class="after:absolute after:inset-0 after:rounded-card after:content-[''] hover:underline"
          >
            {props.card.title}
          </Link>
        </Heading>
        <p class="mt-1 flex flex-wrap items-baseline gap-x-1.5">
          <span class="text-caption text-ink-faint">{t.priceLabels[now().priceLabel]}</span>
          <Price text={format.won(now().price)} size="lead" rolls />
        </p>
        <p class="flex items-center gap-1 text-caption font-medium text-ink-soft">
          <Icon of={Clock} class="size-3.5" />
          <TimeLeft now={now()} startsAt={props.card.startsAt} />
        </p>
        <p class="flex items-center gap-1 text-caption text-ink-faint">
          <Icon of={Gavel} class="size-3.5" />
          <span class="whitespace-nowrap">{t.card.bids(now().bidCount)}</span>
          <Show when={props.card.region}>{(region) => <span class="truncate">· {region()}</span>}</Show>
        </p>
        <Show when={props.card.mine?.max}>
          {(max) => <p class="text-caption text-ink-soft">{t.card.max(format.won(max()))}</p>}
        </Show>
        <Show when={props.card.why}>{(why) => <WhyLine why={why()} menu={props.menu} />}</Show>
      </div>
      <Show when={props.card.state !== 'draft'}>
        <LikeButton
          id={props.card.id}
          title={props.card.title}
          count={props.card.likesCount}
          onPicture
          class="absolute end-1.5 top-1.5"
        />
      </Show>
      <Show when={props.actions}>
        <div class="relative z-10 mt-2 flex flex-wrap gap-2">{props.actions}</div>
      </Show>
    </article>
  )
}

export const cardGrid = 'grid grid-cols-2 gap-x-3 gap-y-6 md:grid-cols-3 md:gap-x-5 lg:grid-cols-4'
