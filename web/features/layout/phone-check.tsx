import { Show } from 'solid-js'
import { phoneCheckWanted } from '../../api/phone-check.ts'
import { lazyPart } from '../../i18n/lazy-part.ts'

const VerifyPhoneSheet = lazyPart(
  () => import('../accounts/verify-phone-sheet.tsx').then((file) => file.VerifyPhoneSheet),
  ['accounts', 'forms'],
)

/** Opens over any page that asks for a verified phone. */
export function PhoneCheck() {
  return <Show when={phoneCheckWanted()}>{(wish) => <VerifyPhoneSheet onDone={wish().done} />}</Show>
}
