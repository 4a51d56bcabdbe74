import { Register } from '../../../worker/contract/accounts.ts'
import { faultsBy } from '../../api/faults.ts'

/** What is wrong with a registration, by field. The password has rules of its own. */
export function registerFaults(values: object): Record<string, string> {
  const { password: _password, ...faults } = faultsBy(Register, values)
  return faults
}
