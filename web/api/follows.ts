import type { followRoutes } from '../../worker/follows/routes.ts'
import type { Call } from './call.ts'
import { client } from './client.ts'

/** Follows, requests, blocks and mutes. */
export function followsApi(call: Call) {
  return client<typeof followRoutes>(call)
}
