import { accountsApi } from '../../../api/accounts.ts'
import { answer } from '../../../api/call.ts'

/** Apart from the pages' declarations, so that the typed client is in no other page's first load. */
export function loadSignIns() {
  return answer(accountsApi.logins.$get({ query: {} }))
}

export function loadPreferences() {
  return answer(accountsApi.preferences.$get())
}
