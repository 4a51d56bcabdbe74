import { ProfileChange } from '../../../worker/contract/profiles.ts'
import { faultsBy } from '../../api/faults.ts'

/** What is wrong with a change of the profile, by field. */
export function profileFaults(change: object): Record<string, string> {
  return faultsBy(ProfileChange, change)
}
