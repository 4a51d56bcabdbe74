import { createSignal } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'

/** Asks once more before what cannot be taken back. */
export function ConfirmSheet(props: {
  open: boolean
  title: string
  text: string
  action: string
  onClose: () => void
  onConfirm: () => Promise<void>
}) {
  const t = useTexts('messages')
  const [isBusy, setBusy] = createSignal(false)

  async function confirm(): Promise<void> {
    setBusy(true)
    try {
      await props.onConfirm()
    } finally {
      setBusy(false)
      props.onClose()
    }
  }

  return (
    <Sheet
      open={props.open}
      onClose={() => props.onClose()}
      title={props.title}
      busy={isBusy()}
      footer={
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{t.members.cancel}</Button>
          <Button look="danger" busy={isBusy()} onClick={() => void confirm()}>
            {props.action}
          </Button>
        </div>
      }
    >
      <p class="text-pretty">{props.text}</p>
    </Sheet>
  )
}
