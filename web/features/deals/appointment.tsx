import CalendarClock from 'lucide/dist/esm/icons/calendar-clock.mjs'
import MapPin from 'lucide/dist/esm/icons/map-pin.mjs'
import Package from 'lucide/dist/esm/icons/package.mjs'
import { Show } from 'solid-js'
import type { DealView } from '../../../worker/contract/deals.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { cardClass } from '../../ui/card/card.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { showToast } from '../../ui/toast/toast.tsx'
import { useDeal } from './deal.ts'
import { byWhom } from './standing.ts'

/** What was agreed on, and what waits for an answer. Without either the page does without. */
export function Appointment() {
  const t = useTexts('deals')
  const { view } = useDeal()
  const appointment = () => view().appointment
  return (
    <Show when={appointment().agreed || appointment().proposed || view().parcel}>
      <section aria-labelledby="appointment" class={`${cardClass} grid gap-4`}>
        <h2 id="appointment" class="text-lead font-bold">
          {t.appointment.title}
        </h2>
        <Show when={appointment().agreed}>
          {(agreed) => <When of={agreed()} label={t.appointment.agreed} tone="leaf" />}
        </Show>
        <Show when={appointment().proposed}>
          {(proposed) => (
            <When of={proposed()} label={t.appointment.proposed[byWhom(proposed().by, view().role)]} tone="tangerine" />
          )}
        </Show>
        <Show when={view().parcel}>{(parcel) => <Parcel of={parcel()} />}</Show>
      </section>
    </Show>
  )
}

function When(props: {
  of: NonNullable<DealView['appointment']['agreed']>
  label: string
  tone: 'leaf' | 'tangerine'
}) {
  const t = useTexts('deals').appointment
  const format = useFormat()
  return (
    <div class="grid gap-2">
      <p class="flex flex-wrap items-center gap-2">
        <Chip tone={props.tone}>{props.label}</Chip>
        <span class="text-caption text-ink-soft">{t[props.of.method]}</span>
      </p>
      <p class="flex items-start gap-2.5">
        <Icon of={CalendarClock} class="mt-0.5 size-5 text-ink-faint" />
        <span class="figures text-lead font-semibold">
          <span class="sr-only">{t.when}: </span>
          <time datetime={props.of.at}>{format.dateTime(props.of.at)}</time>
        </span>
      </p>
      <Show when={props.of.place}>
        <p class="flex items-start gap-2.5">
          <Icon of={MapPin} class="mt-0.5 size-5 text-ink-faint" />
          <span>
            <span class="sr-only">{t.where}: </span>
            {props.of.place}
          </span>
        </p>
      </Show>
    </div>
  )
}

function Parcel(props: { of: NonNullable<DealView['parcel']> }) {
  const t = useTexts('deals').parcel
  async function copy(number: string): Promise<void> {
    await navigator.clipboard.writeText(number)
    showToast({ text: t.copied, tone: 'leaf' })
  }
  return (
    <div class="flex items-start gap-2.5">
      <Icon of={Package} class="mt-0.5 size-5 text-ink-faint" />
      <div class="min-w-0 flex-1">
        <p class="font-semibold">{props.of.carrier ?? t.title}</p>
        <Show when={props.of.tracking} fallback={<p class="text-ink-soft">{t.none}</p>}>
          {(tracking) => (
            <p class="flex flex-wrap items-center gap-2">
              <span class="figures break-all">
                <span class="sr-only">{t.tracking}: </span>
                {tracking()}
              </span>
              <Button size="small" onClick={() => void copy(tracking()).catch(() => {})}>
                {t.copy}
              </Button>
            </p>
          )}
        </Show>
      </div>
    </div>
  )
}
