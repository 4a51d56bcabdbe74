import { useLocation } from '../../../ui/navigation/navigation.ts'
import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import Crown from 'lucide/dist/esm/icons/crown.mjs'
import Eye from 'lucide/dist/esm/icons/eye.mjs'
import LoaderCircle from 'lucide/dist/esm/icons/loader-circle.mjs'
import Settings2 from 'lucide/dist/esm/icons/settings-2.mjs'
import SlidersHorizontal from 'lucide/dist/esm/icons/sliders-horizontal.mjs'
import Store from 'lucide/dist/esm/icons/store.mjs'
import TrendingUp from 'lucide/dist/esm/icons/trending-up.mjs'
import WifiOff from 'lucide/dist/esm/icons/wifi-off.mjs'
import { createEffect, createSignal, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { verifyPhone } from '../../../api/phone-check.ts'
import { logInHref } from '../../../api/return-to.ts'
import { session } from '../../../api/session.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Icon, type IconShape } from '../../../ui/icon/icon.tsx'
import { ButtonLink } from '../../../ui/link/link.tsx'
import type { Attempt } from './bidding.ts'
import { hasReadBinding } from './kept.ts'
import { createReadable } from './readable.ts'
import { useRoom } from './room.tsx'
import { behindBy, isOver, type Standing } from './standing.ts'

const NotEligible = lazyPart(() => import('./not-eligible.tsx').then((file) => file.NotEligible), ['bidding'])

/** A line that is away for less is back before anybody could do anything about it. */
const noticedMs = 2_500

export type SheetWish = { kind: 'exact' | 'max' | 'buy-now' } | { firstBid: number }

/**
 * Own standing, price, clock and the one button, always on screen: fixed to the bottom on phones, in its column elsewhere.
 * Under it the life of the last bid.
 */
export function BidBar(props: { onSheet: (wish: SheetWish) => void; onManage: () => void }) {
  const room = useRoom()
  return (
    <Show when={!isOver(room.phase())}>
      <div
        data-bid-bar
        class="thumb:fixed thumb:inset-x-0 thumb:bottom-0 thumb:z-30 thumb:border-t thumb:border-line thumb:bg-paper/96 thumb:px-4 thumb:pt-2.5 thumb:pb-[max(0.75rem,env(safe-area-inset-bottom))] thumb:backdrop-blur-md"
      >
        <div class="grid gap-2">
          <Life onSheet={props.onSheet} />
          <div class="flex items-center justify-between gap-3">
            <StandingLine />
            <Compact />
          </div>
          <Controls onSheet={props.onSheet} onManage={props.onManage} />
        </div>
      </div>
    </Show>
  )
}

const looks: Record<Standing, { icon: IconShape; class: string }> = {
  seller: { icon: Store, class: 'text-ink-soft' },
  leading: { icon: Crown, class: 'text-leaf' },
  outbid: { icon: TrendingUp, class: 'text-brick' },
  watching: { icon: Eye, class: 'text-ink-soft' },
  won: { icon: Crown, class: 'text-leaf' },
  lost: { icon: Eye, class: 'text-ink-soft' },
  ended: { icon: Eye, class: 'text-ink-soft' },
}

function StandingLine() {
  const t = useTexts('room').standing
  const format = useFormat()
  const room = useRoom()
  const words = () =>
    room.standing() === 'watching' && room.phase() === 'scheduled' ? t.scheduled : t[room.standing()]
  /** What makes it precise: the own limit, or by how much somebody else is ahead. */
  const detail = () => {
    const max = room.ownMax()
    if (room.standing() === 'leading') return max === null ? null : t.max(format.won(max))
    if (room.standing() !== 'outbid') return null
    const behind = behindBy(room.state().auction.price, room.ownBest())
    return behind === null ? null : behind > 0 ? t.outbidBy(format.won(behind)) : t.outbidEven
  }
  return (
    <p class={`flex min-w-0 items-center gap-1.5 font-bold ${looks[room.standing()].class}`}>
      <Icon of={looks[room.standing()].icon} />
      <span class="min-w-0">
        {words()}
        <Show when={detail()}>
          {(precise) => <span class="figures block text-caption font-medium text-ink-soft">{precise()}</span>}
        </Show>
      </span>
    </p>
  )
}

/** Price and time once more, for when the page is scrolled. Only on phones; screen readers have the blocks above. */
function Compact() {
  const t = useTexts('room').clock
  const format = useFormat()
  const room = useRoom()
  const time = () => {
    const now = room.now()
    if (now === null) return ''
    const { startsAt, endsAt } = room.state().auction
    switch (room.phase()) {
      case 'scheduled':
        return format.clock(Date.parse(startsAt) - now)
      case 'running':
        return format.clock(Date.parse(endsAt) - now)
      case 'opening':
        return t.opening
      default:
        return t.closing
    }
  }
  return (
    <p aria-hidden="true" class="figures flex shrink-0 items-baseline gap-2 text-caption text-ink-soft md:hidden">
      <span class="text-body font-bold text-ink">{format.won(room.state().auction.price)}</span>
      <span>{time()}</span>
    </p>
  )
}

function Controls(props: { onSheet: (wish: SheetWish) => void; onManage: () => void }) {
  const t = useTexts('room').bid
  const format = useFormat()
  const room = useRoom()
  const location = useLocation()
  const isOffline = () => room.state().connection === 'offline'
  const total = () => {
    const { shippingFee, handover } = room.view().terms
    const next = room.state().auction.minimumBid
    if (next === null || handover === 'meet' || shippingFee === 0) return t.totalFree
    return t.total(format.won(next + shippingFee))
  }
  const wait = () => room.phase() === 'opening' || room.phase() === 'closing'

  return (
    <Switch
      fallback={
        <Show
          when={room.standing() !== 'leading'}
          fallback={
            <Button
              size="large"
              wide
              data-shortcut="bid max"
              disabled={isOffline()}
              busy={room.bidding.isBusy()}
              onClick={() => props.onSheet({ kind: 'max' })}
            >
              {t.raise}
            </Button>
          }
        >
          <div class="grid grid-cols-[1fr_auto] gap-2">
            <BidButton total={total()} onSheet={props.onSheet} />
            <OtherButton onSheet={props.onSheet} />
            <Show when={room.state().auction.buyNowPrice}>
              {(price) => (
                <Button
                  size="large"
                  class="col-span-2 max-md:hidden"
                  disabled={isOffline()}
                  onClick={() => props.onSheet({ kind: 'buy-now' })}
                >
                  {t.buyNow(format.won(price()))}
                </Button>
              )}
            </Show>
          </div>
        </Show>
      }
    >
      <Match when={room.obstacle() === 'seller'}>
        <Button size="large" wide icon={Settings2} data-shortcut="bid" onClick={() => props.onManage()}>
          {useTexts('room').manage}
        </Button>
      </Match>
      <Match when={wait()}>
        <Button size="large" wide disabled data-shortcut="bid">
          {room.phase() === 'opening' ? useTexts('room').clock.opening : t.closing}
        </Button>
      </Match>
      <Match when={room.phase() === 'scheduled'}>
        <Button size="large" wide disabled data-shortcut="bid">
          {t.opensAt(format.dateTime(room.state().auction.startsAt))}
        </Button>
      </Match>
      <Match when={room.obstacle() === 'visitor'}>
        <Show
          when={session.state() !== 'checking'}
          fallback={
            <Button size="large" wide disabled>
              {t.bid(format.won(room.state().auction.minimumBid ?? 0))}
            </Button>
          }
        >
          <div class="grid gap-1">
            <ButtonLink
              look="main"
              size="large"
              wide
              data-shortcut="bid"
              href={logInHref(location.pathname + location.search)}
            >
              {t.logIn}
            </ButtonLink>
            <p class="text-center text-caption text-ink-soft">{t.logInGives}</p>
          </div>
        </Show>
      </Match>
      <Match when={room.obstacle() === 'unverified'}>
        <div class="grid gap-1">
          <Button look="main" size="large" wide data-shortcut="bid" onClick={() => void verifyPhone()}>
            {t.verify}
          </Button>
          <p class="text-center text-caption text-ink-soft">{t.verifyGives}</p>
        </div>
      </Match>
      <Match when={room.obstacle() === 'suspended'}>
        <Button size="large" wide disabled data-shortcut="bid">
          {t.suspended}
        </Button>
      </Match>
      <Match when={room.obstacle() === 'not-eligible'}>
        <div class="min-h-13">
          <NotEligible />
        </div>
      </Match>
    </Switch>
  )
}

/** The one button. */
function BidButton(props: { total: string; onSheet: (wish: SheetWish) => void }) {
  const t = useTexts('room').bid
  const format = useFormat()
  const room = useRoom()
  const { amount, isJustChanged, press } = createReadable(() => room.state().auction.minimumBid ?? 0)

  const mean = (read: number) => {
    if (!hasReadBinding()) return props.onSheet({ firstBid: read })
    void room.bidding.placeBid({ kind: 'exact', amount: read })
  }

  return (
    <div class="grid gap-1">
      <Button
        look="main"
        size="large"
        wide
        data-shortcut="bid"
        class="flex-col"
        busy={room.bidding.isBusy()}
        disabled={room.state().connection === 'offline'}
        onClick={() => press(mean)}
      >
        <span class="figures block leading-tight">{t.bid(format.won(amount()))}</span>
        <span class="figures block text-caption leading-tight font-medium">{props.total}</span>
      </Button>
      <Show when={isJustChanged()}>
        <p role="alert" class="text-center text-caption font-medium text-tangerine-text">
          {t.justChanged}
        </p>
      </Show>
    </div>
  )
}

function OtherButton(props: { onSheet: (wish: SheetWish) => void }) {
  const t = useTexts('room').bid
  const room = useRoom()
  return (
    <Button
      size="large"
      class="px-4"
      data-shortcut="max"
      aria-label={t.other}
      title={t.other}
      disabled={room.state().connection === 'offline'}
      onClick={() => props.onSheet({ kind: 'exact' })}
    >
      <Icon of={SlidersHorizontal} class="mx-auto size-5" />
      <span class="block text-caption font-medium">{t.otherShort}</span>
    </Button>
  )
}

/** What became of the last bid, in words; offline it says so instead of pretending. */
function Life(props: { onSheet: (wish: SheetWish) => void }): JSX.Element {
  const t = useTexts('room').bid
  const connection = useTexts('room').connection
  const format = useFormat()
  const room = useRoom()
  const words = useProblemWords()
  const attempt = () => room.bidding.attempt()
  const isOffline = () => room.state().connection === 'offline'
  const isAway = createAway(() => room.state().connection === 'reconnecting')

  const accepted = (one: Attempt & { phase: 'accepted' }) => {
    if (one.kind === 'buy-now') return t.bought
    if (!one.placed.leading) return t.acceptedBehind
    return one.kind === 'max' ? t.acceptedMax(format.won(one.amount)) : t.accepted(format.won(one.amount))
  }

  return (
    <Switch>
      <Match when={attempt()?.phase === 'sending' && attempt()}>
        {(one) => (
          <Line icon={LoaderCircle} spins>
            {one().kind === 'max' ? t.sendingMax : t.sending(format.won(one().amount))}
          </Line>
        )}
      </Match>
      <Match when={attempt()?.phase === 'doubt' && (attempt() as Attempt & { phase: 'doubt' })}>
        {(one) => (
          <Line icon={LoaderCircle} spins tone="text-tangerine-text">
            {one().problem === 'not-signed-in' || one().problem === 'sign-in-over'
              ? t.doubtSignIn
              : isOffline() || one().problem === 'offline'
                ? t.doubtOffline
                : t.doubt}
          </Line>
        )}
      </Match>
      <Match when={isOffline()}>
        <Line icon={WifiOff} tone="text-brick">
          {connection.offline}
        </Line>
      </Match>
      <Match when={isAway()}>
        <Line icon={LoaderCircle} spins>
          {connection.reconnecting}
        </Line>
      </Match>
      <Match when={attempt()?.phase === 'accepted' && (attempt() as Attempt & { phase: 'accepted' })}>
        {(one) => (
          <Line
            icon={one().placed.leading ? CircleCheck : CircleAlert}
            tone={one().placed.leading ? 'text-leaf' : 'text-brick'}
          >
            {accepted(one())}
          </Line>
        )}
      </Match>
      <Match when={attempt()?.phase === 'refused' && (attempt() as Attempt & { phase: 'refused' })}>
        {(one) => (
          <Line icon={CircleAlert} tone="text-brick">
            {words({ code: one().refusal.code, retryAfterMs: one().refusal.retryAfterMs ?? undefined }).title}
            {'. '}
            <Show when={one().refusal.minimumBid}>{(next) => <>{t.refusedNext(format.won(next()))}</>}</Show>
            <Show when={one().refusal.lateByMs}>{(late) => <>{t.late((late() / 1_000).toFixed(3))}</>}</Show>
            <Show when={one().refusal.code === 'terms-changed'}>
              <Button size="small" look="quiet" onClick={() => void room.reload()}>
                {t.reloadTerms}
              </Button>
            </Show>
            <Show when={one().refusal.code === 'confirmation-needed'}>
              <Button size="small" look="quiet" onClick={() => props.onSheet({ kind: 'exact' })}>
                {t.otherShort}
              </Button>
            </Show>
          </Line>
        )}
      </Match>
    </Switch>
  )
}

/** True once it has been so for a while: a reconnection of a second is nobody's business. */
function createAway(isDown: () => boolean): () => boolean {
  const [isAway, setAway] = createSignal(false)
  createEffect(() => {
    if (!isDown()) return void setAway(false)
    const timer = setTimeout(() => setAway(true), noticedMs)
    onCleanup(() => clearTimeout(timer))
  })
  return isAway
}

function Line(props: { icon: IconShape; children: JSX.Element; tone?: string; spins?: boolean }) {
  return (
    <p class={`enter-up flex items-start gap-2 font-medium text-pretty ${props.tone ?? 'text-ink-soft'}`}>
      <span class={`mt-0.5 ${props.spins ? 'animate-[turn_0.9s_linear_infinite]' : ''}`}>
        <Icon of={props.icon} />
      </span>
      <span class="min-w-0">{props.children}</span>
    </p>
  )
}
