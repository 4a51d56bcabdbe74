import { faultsOf, type Owner } from '../contract/password.ts'
import { Problem } from '../kernel/problem.ts'
import { isCommon } from './rules/password.ts'

/** Refuses a new password with everything that is wrong with it at once. */
export function requireGoodPassword(password: string, owner: Owner): void {
  const faults = [...faultsOf(password, owner), ...(isCommon(password) ? (['common'] as const) : [])]
  if (faults.length > 0)
    throw new Problem('invalid-fields', { errors: faults.map((code) => ({ pointer: '/password', code })) })
}
