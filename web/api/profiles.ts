import type { profileRoutes } from '../../worker/profiles/routes.ts'
import { client } from './client.ts'
import type { Call } from './call.ts'

/** Profiles; on the edge with the call of the page. */
export function profilesApi(call: Call) {
  return client<typeof profileRoutes>(call).accounts.users
}
