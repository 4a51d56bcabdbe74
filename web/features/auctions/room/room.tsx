import {
  type Accessor,
  type Component,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  useContext,
} from 'solid-js'
import type { AuctionView, BidRow, MyBids } from '../../../../worker/contract/auctions.ts'
import { isServer } from 'solid-js/web'
import { answer } from '../../../api/call.ts'
import type { Live, LiveState } from '../../../api/live.ts'
import { stateOf } from '../../../api/live/first-state.ts'
import { standings } from '../../../api/standings.ts'
import { ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { auctionsApi } from '../api.ts'
import { createNow } from '../../../api/now.ts'
import { type Bidding, createBidding } from './bidding.ts'
import { liveApi, signedIn } from './live-api.ts'
import { type Obstacle, type Phase, phaseOf, type Standing, standingOf } from './standing.ts'

export interface RoomData {
  view: AuctionView
  /** The latest accepted bids, newest first. */
  bids: BidRow[]
}

/** Everything the parts of an auction's page share. All of it is reactive. */
export interface Room extends RoomParts {
  view: () => AuctionView
  state: () => LiveState
  /** Null while rendering and until the page runs. */
  live: () => Live | null
  /** The live part's code could not be had. */
  isLost: () => boolean
  now: Accessor<number | null>
  phase: () => Phase
  standing: () => Standing
  /** The reader's number here. */
  mask: () => number | null
  obstacle: () => Obstacle | null
  /** The reader follows the seller, and the room has heard of it. */
  isFollower: () => boolean
  /** The own maximum, as REST told it; null where there is none or it is not known. */
  ownMax: () => number | null
  /** The highest amount one has offered here, as far as this page knows. */
  ownBest: () => number | null
  bidding: Bidding
  reload: () => Promise<void>
}

/** What other features bring to the page, a moment after it. */
export interface RoomParts {
  /** Follows the seller. */
  FollowSeller: Component<{ handle: string; name: string; size?: 'small' | 'large'; wide?: boolean }>
  /** For its seller, where it ended below the reserve. */
  MakeOffer: Component<{ auction: string }>
}

/** How long the last bid's acceptance is told; the standing above it goes on saying the same. */
const acceptedShownMs = 6_000

const loadLive = () => import('../../../api/live.ts')

/** Its code comes beside the page's own: the page is there and can be read before it. */
const livePart = isServer ? null : loadLive()
livePart?.catch(() => {})

const RoomContext = createContext<Room>()

export const RoomProvider = RoomContext.Provider

export function useRoom(): Room {
  const room = useContext(RoomContext)
  if (!room) throw new Error('outside of an auction’s page')
  return room
}

/** Opens the room behind a rendered page: live from the moment the page runs until it is left. */
export function createRoom(data: () => RoomData, reload: () => Promise<void>, parts: RoomParts): Room {
  const view = () => data().view
  const first = stateOf(data().view, data().bids)
  const [live, setLive] = createSignal<Live | null>(null)
  const [isLost, setLost] = createSignal(false)
  const opening = Promise.withResolvers<Live>()
  // Whoever bids hears of it; otherwise the page says so.
  opening.promise.catch(() => {})
  const [mine, setMine] = createSignal<MyBids | null>(null)
  const [isFollower, setFollower] = createSignal(false)
  const now = createNow()
  const state = () => live()?.state ?? first
  const account = () => session.account()
  /** Who the room takes the reader for: the account, and whether it may bid. */
  const signedInAs = createMemo(() =>
    session.state() === 'signed-in' && account() ? `${signedIn()} ${session.isTrader() ? 'trader' : ''}` : null,
  )
  const isSeller = () => account()?.handle === view().seller.handle
  const mask = () => (account() ? (state().you?.mask ?? view().mine?.mask ?? null) : null)
  const phase = createMemo(() => phaseOf(state().auction, now()))

  const obstacle = createMemo<Obstacle | null>(() => {
    const me = account()
    if (!me) return 'visitor'
    if (isSeller()) return 'seller'
    if (me.suspension) return 'suspended'
    if (!me.phoneVerified) return 'unverified'
    return state().you?.reasons.includes('not-eligible') ? 'not-eligible' : null
  })

  const standing = createMemo(() => standingOf(state().auction, phase(), { mask: mask(), isSeller: isSeller() }))

  const bidding = createBidding({
    auction: view().id,
    live: () => opening.promise,
    who: signedIn,
    termsHash: () => state().auction.termsHash,
    onAccepted: () => void learnMine(),
  })

  const room: Room = {
    view,
    state,
    live,
    isLost,
    now,
    phase,
    mask,
    obstacle,
    bidding,
    standing,
    isFollower,
    ownMax: () => mine()?.max ?? view().mine?.max ?? null,
    ownBest() {
      const offers = (mine()?.bids ?? []).filter(({ verdict }) => verdict === 'accepted').map(({ amount }) => amount)
      const shown = state().bids.flatMap(({ bidder, amount }) => (bidder === mask() && amount !== null ? [amount] : []))
      const best = Math.max(0, ...offers, ...shown, mine()?.max ?? 0, view().mine?.max ?? 0)
      return best > 0 ? best : null
    },
    reload,
    ...parts,
  }

  /** Own maximum and own bids are in no frame; only REST tells them, and only to oneself. */
  async function learnMine(): Promise<void> {
    const who = signedIn()
    if (session.state() !== 'signed-in' || who === null || account()?.suspension) return
    const told = await answer(
      auctionsApi(session.call).auctions[':id'].bids.mine.$get({ param: { id: view().id } }),
    ).catch(asProblem)
    // Somebody else may be here by now.
    if (signedIn() !== who) return
    if (!(told instanceof ApiProblem)) setMine(told)
    else if (told.status === 401) setMine(null)
  }

  async function open(): Promise<void> {
    try {
      const { openLive } = await (livePart ?? loadLive())
      if (isLeft) return
      const opened = openLive({
        url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/auctions/${view().id}/live`,
        view: view(),
        bids: data().bids,
        api: liveApi(view().id),
      })
      setLive(opened)
      opening.resolve(opened)
    } catch (thrown) {
      setLost(true)
      opening.reject(thrown)
    }
  }
  let isLeft = false
  onMount(() => void open())
  onCleanup(() => {
    isLeft = true
    live()?.close()
  })

  // Good news is news for a moment, and wrong once somebody bids more.
  createEffect(
    on([() => bidding.attempt()?.phase, standing], ([phase, stands], before) => {
      if (phase !== 'accepted') return
      if (stands === 'outbid' && before?.[1] === 'leading') return bidding.dismiss()
      const timer = setTimeout(bidding.dismiss, acceptedShownMs)
      onCleanup(() => clearTimeout(timer))
    }),
  )

  // Whoever signs in or out here is somebody else to the room, and so is who has just verified a phone.
  createEffect(
    on(signedInAs, (who, before) => {
      if (who === null || before !== undefined) setMine(null)
      if (who !== null) {
        if (before !== undefined || view().mine) void learnMine()
        bidding.resume()
      }
      if (before !== undefined) live()?.signInChanged()
    }),
  )

  // The room knows what the ticket said: whoever has followed since brings another one, and may then do what followers may.
  createEffect(
    on(
      () => standings.madeOf(view().seller.handle)?.isFollowing,
      async (now, before) => {
        if (now !== undefined && before !== undefined) await live()?.signInChanged()
        setFollower(now === true)
      },
    ),
  )

  return room
}
