import Clock from 'lucide/dist/esm/icons/clock.mjs'
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs'
import Star from 'lucide/dist/esm/icons/star.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { DealStep } from '../../../worker/contract/deal-steps.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { Chip } from '../../ui/chip/chip.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { ButtonLink } from '../../ui/link/link.tsx'
import { Afterwards } from './afterwards.tsx'
import { useDeal } from './deal.ts'
import { stateTones } from './looks.ts'
import { endWords, isParcel, nextWords, waysOf } from './standing.ts'
import { StepSheet } from './steps/step-sheet.tsx'

/** Where the deal stands and what comes next, with one main button; `compact` in the room, where the page is a link away. */
export function NextStep(props: { compact?: boolean }) {
  const t = useTexts('deals')
  const { view, now } = useDeal()
  const [taking, setTaking] = createSignal<DealStep | null>(null)
  const say = useDo()
  const ways = () => waysOf(view(), now())
  /** In a dispute what is agreed to stands with the proposal itself. */
  const onPage = (step: DealStep) => step === 'agree-remedy'
  const main = () => {
    const { main } = ways()
    return main && !onPage(main) ? main : null
  }
  const more = () => (props.compact ? [] : ways().onward.filter((step) => !onPage(step)))

  return (
    <div class="grid gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <Chip tone={stateTones[view().state]} size="normal">
          {t.states[view().state]}
        </Chip>
        <TimeLeft />
      </div>
      <Show
        when={props.compact}
        fallback={<h2 class="text-title font-extrabold text-pretty">{nextWords(t, view())}</h2>}
      >
        <p class="font-bold text-pretty">{nextWords(t, view())}</p>
      </Show>
      <Show when={isReviewDue()}>
        <p class="text-ink-soft">{endWords(t, view())}</p>
      </Show>
      <Show when={!props.compact || main() || isReviewDue() || view().hasReviewed}>
        <div class="flex flex-wrap gap-2">
          <Show when={main()} keyed>
            {(step) => (
              <Button look="main" onClick={() => setTaking(step)}>
                {say(step)}
              </Button>
            )}
          </Show>
          <Show when={isReviewDue()}>
            <ButtonLink look="main" icon={Star} href={`/deals/${view().id}/review`}>
              {t.review}
            </ButtonLink>
          </Show>
          <Show when={view().hasReviewed}>
            <ButtonLink look="quiet" icon={Star} href="/settings/reviews">
              {t.reviewed}
            </ButtonLink>
          </Show>
          <For each={more()}>{(step) => <Button onClick={() => setTaking(step)}>{say(step)}</Button>}</For>
          <Show when={!props.compact && view().role}>
            <ButtonLink look="quiet" icon={MessageCircle} href={`/messages/${view().room}`}>
              {t.roomShort}
            </ButtonLink>
          </Show>
        </div>
      </Show>
      <Show when={!props.compact}>
        <Afterwards />
      </Show>
      <Show when={taking()} keyed>
        {(step) => <StepSheet step={step} onClose={() => setTaking(null)} />}
      </Show>
    </div>
  )

  function isReviewDue(): boolean {
    return view().role !== null && view().next.step === 'review'
  }
}

/** What a button says that takes the step. */
export function useDo(): (step: DealStep) => string {
  const t = useTexts('deals')
  const { view } = useDeal()
  return (step) => {
    if (step === 'hand-over' && isParcel(view())) return t.steps['hand-over'].doParcel
    const { proposed, agreed } = view().appointment
    if (step === 'propose-appointment' && (proposed || agreed)) return t.steps['propose-appointment'].again
    return t.steps[step].do
  }
}

/** The next time that matters, and how far it is. */
function TimeLeft() {
  const t = useTexts('deals')
  const format = useFormat()
  const { view, now } = useDeal()
  const first = () => view().deadlines[0]
  const left = (at: string) => Date.parse(at) - now()
  return (
    <Show when={first()}>
      {(deadline) => (
        <span
          class="figures inline-flex items-center gap-1.5 text-caption text-ink-soft"
          title={format.dateTime(deadline().at)}
        >
          <Icon of={Clock} class="size-4" />
          {t.deadlines[deadline().kind]} ·{' '}
          <time datetime={deadline().at}>
            {left(deadline().at) > 0 ? t.left(format.duration(floored(left(deadline().at)))) : t.closing}
          </time>
        </span>
      )}
    </Show>
  )
}

/** Whole minutes until the last one, so that nothing flickers for days. */
function floored(ms: number): number {
  return ms > 60_000 ? ms - (ms % 60_000) : ms
}
