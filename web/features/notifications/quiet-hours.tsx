import { createSignal, Show } from 'solid-js'
import type { NotificationPreferences } from '../../../worker/contract/notifications.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Card } from '../../ui/card/card.tsx'
import { SwitchField } from '../../ui/field/tick-field.tsx'
import { TextField } from '../../ui/field/text-field.tsx'

type Quiet = NotificationPreferences['quiet']

const atFirst = { from: '23:00', to: '08:00' }

/** Hours of the day in which nothing is pushed. */
export function QuietHours(props: { quiet: Quiet; onChoose: (quiet: Quiet) => void }) {
  const t = useTexts('telling').quiet
  // oxlint-disable-next-line solid/reactivity -- what was loaded is where the choice begins
  const [hours, setHours] = createSignal(props.quiet ?? atFirst)
  const fault = () => (hours().from === hours().to ? t.empty : undefined)

  function set(change: Partial<typeof atFirst>): void {
    const next = { ...hours(), ...change }
    setHours(next)
    if (next.from !== '' && next.to !== '' && next.from !== next.to) props.onChoose(next)
  }

  return (
    <Card as="section">
      <SwitchField
        label={t.title}
        hint={t.hint}
        checked={props.quiet !== null}
        onChecked={(isOn) => props.onChoose(isOn ? hours() : null)}
      />
      <Show when={props.quiet}>
        <div class="mt-2 grid grid-cols-2 gap-3">
          <TextField
            type="time"
            label={t.from}
            hint={t.zone}
            value={hours().from}
            onValue={(from) => set({ from })}
            required
          />
          <TextField
            type="time"
            label={t.to}
            error={fault()}
            value={hours().to}
            onValue={(to) => set({ to })}
            required
          />
        </div>
      </Show>
    </Card>
  )
}
