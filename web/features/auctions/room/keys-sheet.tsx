import { createSignal, For } from 'solid-js'
import { useTexts } from '../../../i18n/i18n.ts'
import { SwitchField } from '../../../ui/field/tick-field.tsx'
import { Sheet } from '../../../ui/sheet/sheet.tsx'
import { keepSignals, type Signals, signalsKept } from './kept.ts'
import { play } from './signal.ts'

/** The keys of a room, and how it may make itself heard. */
export function KeysSheet(props: { open: boolean; onClose: () => void }) {
  const t = useTexts('signals').keys
  const [signals, setSignals] = createSignal<Signals>(signalsKept())
  const keys = [
    ['B', t.bid],
    ['M', t.max],
    ['C', t.chat],
    ['?', t.help],
  ] as const

  function change(next: Partial<Signals>): void {
    keepSignals(setSignals({ ...signals(), ...next }))
    if (next.sound) play([523, 784])
    if (next.vibrate) navigator.vibrate?.(60)
  }

  return (
    <Sheet open={props.open} onClose={() => props.onClose()} title={useTexts('room').openKeys}>
      <div class="grid gap-4">
        <dl class="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          <For each={keys}>
            {([key, what]) => (
              <>
                <dt>
                  <kbd class="grid size-9 place-items-center rounded-control border border-edge bg-sunken font-mono font-bold">
                    {key}
                  </kbd>
                </dt>
                <dd>{what}</dd>
              </>
            )}
          </For>
        </dl>
        <div class="border-t border-line pt-2">
          <SwitchField
            label={t.enabled}
            hint={t.enabledHelp}
            checked={signals().keys}
            onChecked={(keys) => change({ keys })}
          />
          <SwitchField
            label={t.sound}
            hint={t.signalHelp}
            checked={signals().sound}
            onChecked={(sound) => change({ sound })}
          />
          <SwitchField label={t.vibrate} checked={signals().vibrate} onChecked={(vibrate) => change({ vibrate })} />
        </div>
      </div>
    </Sheet>
  )
}
