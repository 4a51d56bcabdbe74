import type { RecommendedPage, Related } from '../../../../worker/contract/search.ts'
import { answer } from '../../../api/call.ts'
import { searchApi } from '../../../api/search.ts'
import { session } from '../../../api/session.ts'
import { auctionsApi } from '../api.ts'

const perPage = '12'

/** What the reader may like; the first page fixes the order, its cursors walk it. */
export function loadRecommended(cursor?: string): Promise<RecommendedPage> {
  const query = { limit: perPage, ...(cursor === undefined ? {} : { cursor }) }
  return answer(auctionsApi(session.call).recommend.$get({ query }))
}

export function loadRelated(target: string): Promise<Related> {
  return answer(searchApi(session.call).recommendations.related.$get({ query: { target } }))
}
