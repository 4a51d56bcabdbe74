import type { Profile } from '../../../worker/contract/profiles.ts'
import { answer, type Call } from '../../api/call.ts'
import { profilesApi } from '../../api/profiles.ts'

export function loadProfile(call: Call, handle: string): Promise<Profile> {
  // The route's other answer, a redirect, is followed before it comes here.
  return answer(profilesApi(call)[':handle'].$get({ param: { handle } })) as Promise<Profile>
}
