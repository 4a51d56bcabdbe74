import type { Profile } from '../../worker/contract/profiles.ts'
import type { profileRoutes } from '../../worker/profiles/routes.ts'
import { client } from './client.ts'
import { answer, type Call } from './call.ts'

/** Profiles; on the edge with the call of the page. */
export function profilesApi(call: Call) {
  return client<typeof profileRoutes>(call).accounts.users
}

/**
 * Of a former handle it is the profile under the new one: everything else about the person is asked for by the handle that is found
 * here, for only profiles know the former ones.
 */
export function loadProfile(call: Call, handle: string): Promise<Profile> {
  // The route's other answer, a redirect, is followed before it comes here.
  return answer(profilesApi(call)[':handle'].$get({ param: { handle } })) as Promise<Profile>
}
