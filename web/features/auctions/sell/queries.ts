import type { AuctionView } from '../../../../worker/contract/auctions.ts'
import { answer, type Call } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import type { PageAt } from '../../../page.ts'
import { auctionsApi } from '../api.ts'
import { keepLastDraft, lastDraft } from './kept-draft.ts'

export interface SellData {
  /** The draft to go on with; null begins a new one. */
  view: AuctionView | null
}

/** The draft of the address, or the one that was last being written. In browsers only, for people signed in. */
export async function loadSell(call: Call, { params }: PageAt): Promise<SellData> {
  const read = (id: string) => answer(auctionsApi(call).auctions[':id'].$get({ param: { id } }))
  if (params.id) return { view: await read(params.id) }
  const account = session.account()?.handle
  const last = account === undefined ? null : lastDraft(account)
  if (account === undefined || last === null) return { view: null }
  try {
    const view = await read(last)
    if (view.state === 'draft') return { view }
  } catch (thrown) {
    // Gone is gone; anything else is no reason to begin anew.
    if (asProblem(thrown).status !== 404) throw thrown
  }
  keepLastDraft(account, null)
  return { view: null }
}
