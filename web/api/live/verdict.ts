import type { BidPlaced } from '../../../worker/contract/auctions.ts'
import type { Receipt } from '../../../worker/contract/ledger.ts'
import type { ApiProblem } from '../problem.ts'
import type { AnswerFrame } from './asking.ts'

export interface Refusal {
  ok: false
  /** A problem code. */
  code: string
  receipt: Receipt | null
  minimumBid: number | null
  lateByMs: number | null
  retryAfterMs: number | null
}

/** What the room said about a bid or a purchase. */
export type BidVerdict = { ok: true; placed: BidPlaced } | Refusal

/** A verdict as the socket answers it; null where the frame is no answer to a bid. */
export function verdictOf(frame: AnswerFrame): BidVerdict | null {
  if (frame.type === 'bid-accepted') {
    const { type: _type, ref: _ref, ...placed } = frame
    return { ok: true, placed }
  }
  if (frame.type !== 'bid-refused') return null
  const { code, receipt, minimumBid, lateByMs, retryAfterMs } = frame
  return {
    ok: false,
    code,
    receipt,
    minimumBid: minimumBid ?? null,
    lateByMs: lateByMs ?? null,
    retryAfterMs: retryAfterMs ?? null,
  }
}

/** The same verdict as REST tells it: a problem with members of its own. */
export function refusalOf(problem: ApiProblem): Refusal {
  const { receipt, minimumBid, lateByMs } = problem.extra
  return {
    ok: false,
    code: problem.code,
    receipt: (receipt as Receipt | undefined) ?? null,
    minimumBid: typeof minimumBid === 'number' ? minimumBid : null,
    lateByMs: typeof lateByMs === 'number' ? lateByMs : null,
    retryAfterMs: problem.retryAfterMs ?? null,
  }
}
