import Smartphone from 'lucide/dist/esm/icons/smartphone.mjs'
import { createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import type { PushDevices } from '../../../worker/contract/notifications.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import { lookAtPush, pushState, turnPushOff, turnPushOn } from '../../api/push.ts'
import { useFormat, useLanguage, useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { SwitchField } from '../../ui/field/tick-field.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { Note } from '../../ui/problem-note/problem-note.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { removeDevice } from './queries.ts'

/** Push to this browser, and to which others. The browser is asked by the switch and by nothing else. */
export function PushCard(props: { devices: PushDevices; onChanged: () => void }) {
  const t = useTexts('telling').push
  const words = useProblemWords()
  const language = useLanguage()
  const [isBusy, setBusy] = createSignal(false)
  onMount(() => void lookAtPush())

  async function attempt(run: () => Promise<void>, done: () => string | null): Promise<void> {
    setBusy(true)
    try {
      await run()
      const text = done()
      if (text) showToast({ text, tone: 'leaf' })
      props.onChanged()
    } catch (thrown) {
      // What the browser itself could not do has no problem of ours.
      const title = thrown instanceof ApiProblem ? words(asProblem(thrown)).title : t.failed
      showToast({ text: title, tone: 'brick' })
      await lookAtPush()
    } finally {
      setBusy(false)
    }
  }

  function turn(isOn: boolean): void {
    const { publicKey } = props.devices
    void attempt(
      () => (isOn ? turnPushOn(publicKey, language) : turnPushOff()),
      () => (pushState() === 'on' ? t.turnedOn : isOn ? null : t.turnedOff),
    )
  }

  const remove = (id: string) =>
    void attempt(
      async () => {
        await removeDevice(id)
        await lookAtPush()
      },
      () => t.removed,
    )

  return (
    <Card as="section">
      <Switch
        fallback={
          <SwitchField
            label={t.title}
            hint={t.hint}
            checked={pushState() === 'on'}
            disabled={isBusy() || pushState() === 'unknown'}
            onChecked={turn}
          />
        }
      >
        <Match when={pushState() === 'unsupported'}>
          <h2 class="font-medium">{t.title}</h2>
          <p class="text-ink-soft">{t.unsupported}</p>
        </Match>
        <Match when={pushState() === 'install-first'}>
          <Note tone="sky" title={t.installTitle}>
            {t.install}
          </Note>
        </Match>
        <Match when={pushState() === 'refused'}>
          <Note
            tone="brick"
            title={t.refusedTitle}
            action={
              <Button size="small" onClick={() => void lookAtPush()}>
                {t.look}
              </Button>
            }
          >
            {t.refused}
          </Note>
        </Match>
      </Switch>
      <Show when={props.devices.items.length > 0}>
        <h2 class="mt-3 border-t border-line pt-3 text-caption font-semibold text-ink-soft">{t.devices}</h2>
        <ul>
          <For each={props.devices.items}>
            {(device) => <Device device={device} onRemove={() => remove(device.id)} />}
          </For>
        </ul>
      </Show>
    </Card>
  )
}

function Device(props: { device: PushDevices['items'][number]; onRemove: () => void }) {
  const t = useTexts('telling').push
  const format = useFormat()
  const name = () => props.device.label ?? t.unknownDevice
  return (
    <li class="flex items-center gap-3 py-1.5">
      <span class="text-ink-faint">
        <Icon of={Smartphone} />
      </span>
      <span class="min-w-0 flex-1">
        <span class="flex flex-wrap items-center gap-2 font-medium">
          {name()}
          <Show when={props.device.current}>
            <Chip tone="leaf">{t.thisDevice}</Chip>
          </Show>
        </span>
        <span class="figures block text-caption text-ink-faint">{t.since(format.date(props.device.addedAt))}</span>
      </span>
      <Show when={!props.device.current}>
        <Button size="small" look="quiet" aria-label={t.removeLabel(name())} onClick={() => props.onRemove()}>
          {t.remove}
        </Button>
      </Show>
    </li>
  )
}
