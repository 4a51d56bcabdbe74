import type { searchRoutes } from '../../worker/search/routes.ts'
import type { Call } from './call.ts'
import { client } from './client.ts'

/** Search, suggestions, signals and recommendations across kinds; on the edge with the call of the page. */
export function searchApi(call: Call) {
  return client<typeof searchRoutes>(call)
}
