import type { Appeal, DecisionView } from '../../../worker/contract/moderation.ts'
import type { moderationRoutes } from '../../../worker/moderation/routes.ts'
import { answer, type Call } from '../../api/call.ts'
import { client } from '../../api/client.ts'
import { session } from '../../api/session.ts'

export interface DecisionsData {
  items: DecisionView[]
  nextCursor: string | null
}

function decisionsApi(call: Call) {
  return client<typeof moderationRoutes>(call).decisions
}

export function loadDecisions(call: Call, cursor?: string): Promise<DecisionsData> {
  return answer(decisionsApi(call).$get({ query: cursor === undefined ? {} : { cursor } }))
}

export async function sendAppeal(id: string, appeal: Appeal, key: string): Promise<void> {
  const headers = { 'idempotency-key': key }
  await answer(decisionsApi(session.call)[':id'].appeal.$post({ param: { id }, json: appeal }, { headers }))
}
