import { createSignal, Show } from 'solid-js'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Note } from '../../ui/problem-note/problem-note.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs'
import { AttachPhone } from './attach-phone.tsx'

/** Over any page that needs a verified phone. `onDone` hears whether it is verified now. */
export function VerifyPhoneSheet(props: { onDone: (verified: boolean) => void }) {
  const t = useTexts('accounts')
  const [isBusy, setBusy] = createSignal(false)
  return (
    <Sheet open busy={isBusy()} title={t.verify.title} onClose={() => props.onDone(session.isTrader())}>
      <Show when={!session.isTrader()}>
        <Note tone="sky" icon={ShieldCheck} title={t.verify.why} class="mb-5" />
        <AttachPhone
          purpose="verify"
          onBusy={setBusy}
          onAttached={() => {
            showToast({ text: t.verify.done, tone: 'leaf' })
            props.onDone(true)
          }}
        />
      </Show>
    </Sheet>
  )
}
