import { answer, callMs } from '../../../api/call.ts'
import type { LiveApi } from '../../../api/live.ts'
import { ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { auctionsApi } from '../api.ts'

/** The REST side of one room. */
export function liveApi(id: string): LiveApi {
  const auction = auctionsApi(session.call).auctions[':id']
  const param = { id }
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })
  return {
    placeBid: (json, key) => answer(auction.bids.$post({ param, json }, keyed(key))),
    buyNow: (json, key) => answer(auction['buy-now'].$post({ param, json }, keyed(key))),
    sendMessage: (text, key) => answer(auction.messages.$post({ param, json: { text } }, keyed(key))),
    who: signedIn,
    state: () => answer(auction.state.$get({ param })),
    ticket,
  }
}

/** The handle of whoever calls go as; null while nobody is signed in, or it is not known who. */
export const signedIn = () => session.account()?.handle ?? null

/**
 * A ticket for whoever is signed in. A visitor gets none, neither does somebody who may only watch, nor somebody of whom it
 * is not known yet: prices need not wait for that, the socket becomes theirs afterwards.
 */
async function ticket(): Promise<string | null> {
  if (session.state() !== 'signed-in' || session.account()?.suspension) return null
  try {
    const response = await session.call.fetch('/api/accounts/tickets', {
      method: 'POST',
      signal: AbortSignal.timeout(callMs),
    })
    const { ticket } = (await answer(Promise.resolve(response))) as { ticket: string }
    return ticket
  } catch (thrown) {
    const problem = asProblem(thrown)
    if (problem.status === 401 || problem.status === 403) return null
    throw new ApiProblem(problem.code, { status: problem.status })
  }
}
