import type { BidOutcome } from '../../worker/auctions/commands.ts'
import type { ServerFrame } from '../../worker/contract/live.ts'
import type { Answer } from './reference.ts'

/** A frame's answer to a bid in the form of a call's. */
export function heard(frame: ServerFrame): BidOutcome {
  if (frame.type === 'bid-accepted') {
    const { type: _, ref: __, ...value } = frame
    return { ok: true, value }
  }
  if (frame.type !== 'bid-refused') throw new Error(`a bid was answered by ${JSON.stringify(frame)}`)
  const { type: _, ref: __, code, receipt, ...extra } = frame
  return { ok: false, code: code as Exclude<BidOutcome, { ok: true }>['code'], receipt, extra }
}

/** What the reference would say of the same. */
export function toldBy(outcome: BidOutcome): Answer {
  if (outcome.ok) {
    const { leading, price, minimumBid, endsAt } = outcome.value
    return { ok: true, leading, price, minimumBid, endsAt: Date.parse(endsAt) }
  }
  const { minimumBid, lateByMs } = (outcome.extra ?? {}) as { minimumBid?: number; lateByMs?: number }
  return {
    ok: false,
    code: outcome.code,
    ...(outcome.code === 'bid-too-low' && minimumBid !== undefined ? { minimumBid } : {}),
    ...(lateByMs === undefined ? {} : { lateByMs }),
  }
}
