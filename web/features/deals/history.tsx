import { For, Show } from 'solid-js'
import type { DealView } from '../../../worker/contract/deals.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Disclosure } from '../../ui/disclosure/disclosure.tsx'
import { useDeal } from './deal.ts'
import { byWhom } from './standing.ts'

/** Everything that has happened, newest first, with its time. */
export function History() {
  const t = useTexts('deals').history
  const { view } = useDeal()
  return (
    <Disclosure title={t.title}>
      <ol class="grid gap-3">
        <For each={view().steps.toReversed()}>{(step) => <Step of={step} />}</For>
      </ol>
    </Disclosure>
  )
}

function Step(props: { of: DealView['steps'][number] }) {
  const t = useTexts('deals').history
  const format = useFormat()
  const { view } = useDeal()
  return (
    <li class="border-s-2 border-line ps-3">
      <p class="font-medium text-ink">{t.kinds[props.of.kind]}</p>
      <p class="figures text-caption text-ink-faint">
        {t.by[byWhom(props.of.by, view().role)]} · <time datetime={props.of.at}>{format.dateTime(props.of.at)}</time>
      </p>
      <Show when={props.of.text}>
        <p class="mt-0.5 whitespace-pre-line text-ink-soft">{props.of.text}</p>
      </Show>
    </li>
  )
}
