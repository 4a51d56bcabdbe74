import { createSignal } from 'solid-js'
import type { BidPlaced, PlaceBid } from '../../../../worker/contract/auctions.ts'
import { newKey } from '../../../api/call.ts'
import type { BidVerdict, Live, Refusal } from '../../../api/live.ts'
import { refusalOf } from '../../../api/live/verdict.ts'
import { asProblem } from '../../../api/problem.ts'
import { keepPending, keepReceipt, pendingOf } from './kept.ts'

export interface Offer {
  kind: 'exact' | 'max' | 'buy-now'
  amount: number
}

/**
 * The life of one's last bid. `doubt`: the answer is late and is being asked for again under the same key; `problem` is
 * then the code of what keeps it from coming.
 */
export type Attempt = Offer &
  (
    | { phase: 'sending' }
    | { phase: 'doubt'; problem: string | null }
    | { phase: 'accepted'; placed: BidPlaced }
    | { phase: 'refused'; refusal: Refusal }
  )

export type Bidding = ReturnType<typeof createBidding>

/** Sends one's bids, one at a time, and keeps what the room has said about the last. */
export function createBidding(options: {
  auction: string
  /** Rejects when its code cannot be had. */
  live: () => Promise<Live>
  /** What was agreed to by looking at the page. */
  termsHash: () => string
  onAccepted: () => void
}) {
  const [attempt, setAttempt] = createSignal<Attempt | null>(null)
  const isBusy = () => {
    const phase = attempt()?.phase
    return phase === 'sending' || phase === 'doubt'
  }

  async function follow(
    offer: Offer,
    ask: (onDoubt: (problem: { code: string } | null) => void) => Promise<BidVerdict>,
  ) {
    setAttempt({ ...offer, phase: 'sending' })
    const verdict = await ask((problem) =>
      setAttempt({ ...offer, phase: 'doubt', problem: problem?.code ?? null }),
    ).catch((thrown: unknown) => refusalOf(asProblem(thrown)))
    keepPending(options.auction, null)
    if (verdict.ok) {
      if (verdict.placed.receipt) keepReceipt(verdict.placed.receipt)
      setAttempt({ ...offer, phase: 'accepted', placed: verdict.placed })
    } else {
      if (verdict.receipt) keepReceipt(verdict.receipt)
      setAttempt({ ...offer, phase: 'refused', refusal: verdict })
    }
    if (verdict.ok) options.onAccepted()
    return verdict
  }

  function send(bid: PlaceBid, key: string) {
    return follow({ kind: bid.kind, amount: bid.amount }, async (onDoubt) =>
      (await options.live()).placeBid(bid, key, onDoubt),
    )
  }

  return {
    /** Reactive. */
    attempt,
    /** Reactive: the verdict of the last bid is still to come. */
    isBusy,
    async placeBid(bid: Omit<PlaceBid, 'termsHash'>): Promise<BidVerdict | null> {
      if (isBusy()) return null
      const pending = { key: newKey(), bid: { ...bid, termsHash: options.termsHash() }, sentAt: Date.now() }
      keepPending(options.auction, pending)
      return send(pending.bid, pending.key)
    },
    async buyNow(price: number): Promise<BidVerdict | null> {
      if (isBusy()) return null
      const purchase = { price, termsHash: options.termsHash() }
      const key = newKey()
      return follow({ kind: 'buy-now', amount: price }, async (onDoubt) =>
        (await options.live()).buyNow(purchase, key, onDoubt),
      )
    },
    /** After a reload in the middle of sending: finds out under the same key what became of the bid. */
    resume(): void {
      const pending = pendingOf(options.auction)
      if (pending && !isBusy()) void send(pending.bid, pending.key)
    },
    dismiss(): void {
      if (!isBusy()) setAttempt(null)
    },
  }
}
