import { createSignal } from 'solid-js'
import type { BidPlaced, PlaceBid } from '../../../../worker/contract/auctions.ts'
import { newKey } from '../../../api/call.ts'
import type { BidVerdict, Live, Refusal } from '../../../api/live.ts'
import { refusalOf } from '../../../api/live/verdict.ts'
import { ApiProblem, asProblem } from '../../../api/problem.ts'
import { forgetPending, keepPending, keepReceipt, type Pending, pendingOf } from './kept.ts'

export interface Offer {
  kind: 'exact' | 'max' | 'buy-now'
  amount: number
}

/**
 * The life of one's last bid. `doubt`: the answer is late and is being asked for again under the same key; `problem` is
 * then the code of what keeps it from coming.
 */
export type Attempt = Offer & Life

type Life =
  | { phase: 'sending' }
  | { phase: 'doubt'; problem: string | null }
  | { phase: 'accepted'; placed: BidPlaced }
  | { phase: 'refused'; refusal: Refusal }

export type Bidding = ReturnType<typeof createBidding>

/** Sends one's bids, one at a time, and keeps what the room has said about the last. */
export function createBidding(options: {
  auction: string
  /** Rejects when its code cannot be had. */
  live: () => Promise<Live>
  /** Reactive: the handle of whoever is signed in, null while nobody is known to be. */
  who: () => string | null
  /** What was agreed to by looking at the page. */
  termsHash: () => string
  onAccepted: () => void
}) {
  const [last, setLast] = createSignal<(Attempt & { key: string; by: string | null }) | null>(null)
  /** A bid is its bidder's: somebody else who signs in meanwhile neither sees it nor waits for it. */
  const attempt = (): Attempt | null => {
    const one = last()
    return one && [one.by, null].includes(options.who()) ? one : null
  }
  const isBusy = () => {
    const phase = attempt()?.phase
    return phase === 'sending' || phase === 'doubt'
  }

  async function follow(
    offer: Offer,
    { key, by }: Pick<Pending, 'key' | 'by'>,
    ask: (live: Live, onDoubt: (problem: { code: string } | null) => void) => Promise<BidVerdict>,
  ) {
    setLast({ ...offer, key, by, phase: 'sending' })
    const tell = (life: Life) => setLast((one) => (one && one.key !== key ? one : { ...offer, key, by, ...life }))
    const verdict = await asked().catch((thrown: unknown) => refusalOf(asProblem(thrown)))
    forgetPending(options.auction, key)
    const receipt = verdict.ok ? verdict.placed.receipt : verdict.receipt
    if (receipt) keepReceipt(receipt)
    tell(verdict.ok ? { phase: 'accepted', placed: verdict.placed } : { phase: 'refused', refusal: verdict })
    if (verdict.ok) options.onAccepted()
    return verdict

    async function asked(): Promise<BidVerdict> {
      const live = await options.live()
      // Whoever pressed may have gone before there was anything to send it with.
      if (options.who() !== by) throw new ApiProblem('sign-in-over', { status: 401 })
      return ask(live, (problem) => tell({ phase: 'doubt', problem: problem?.code ?? null }))
    }
  }

  function send(pending: Pending) {
    const { bid, key } = pending
    return follow({ kind: bid.kind, amount: bid.amount }, pending, (live, onDoubt) => live.placeBid(bid, key, onDoubt))
  }

  return {
    /** Reactive. */
    attempt,
    /** Reactive: the verdict of the last bid is still to come. */
    isBusy,
    async placeBid(bid: Omit<PlaceBid, 'termsHash'>): Promise<BidVerdict | null> {
      if (isBusy()) return null
      const whole = { ...bid, termsHash: options.termsHash() }
      const pending = { key: newKey(), by: options.who(), bid: whole, sentAt: Date.now() }
      keepPending(options.auction, pending)
      return send(pending)
    },
    async buyNow(price: number): Promise<BidVerdict | null> {
      if (isBusy()) return null
      const purchase = { price, termsHash: options.termsHash() }
      const key = newKey()
      return follow({ kind: 'buy-now', amount: price }, { key, by: options.who() }, (live, onDoubt) =>
        live.buyNow(purchase, key, onDoubt),
      )
    },
    /** After a reload in the middle of sending, once it is known who reads: finds out under the same key what became of the bid. */
    resume(): void {
      const reader = options.who()
      const pending = reader === null ? null : pendingOf(options.auction, reader)
      if (pending && !isBusy()) void send(pending)
    },
    dismiss(): void {
      if (!isBusy()) setLast(null)
    },
  }
}
