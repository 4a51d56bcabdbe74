import { answer, type Call } from '../../api/call.ts'
import { followsApi } from '../../api/follows.ts'
import { loadProfile } from '../../api/profiles.ts'

export type Side = 'follows' | 'followers'

export async function loadFirstOfSide(call: Call, asked: string, side: Side) {
  const { handle } = await loadProfile(call, asked)
  return { side, handle, page: await loadSide(call, handle, side) }
}

/** One page of a person's list. Apart from the pages' declarations, so that the typed client is in no other page's first load. */
export function loadSide(call: Call, handle: string, side: Side, cursor?: string) {
  const query = cursor === undefined ? {} : { cursor }
  return answer(followsApi(call).follows[':handle'][side].$get({ param: { handle }, query }))
}

export function loadRequests(call: Call, cursor?: string) {
  return answer(followsApi(call).follows.requests.$get({ query: cursor === undefined ? {} : { cursor } }))
}

export type ShutOut = 'blocks' | 'mutes'

export function loadShutOut(call: Call, list: ShutOut, cursor?: string) {
  return answer(followsApi(call)[list].$get({ query: cursor === undefined ? {} : { cursor } }))
}
