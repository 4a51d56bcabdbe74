import Check from 'lucide/dist/esm/icons/check.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { For, Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { Icon } from '../../ui/icon/icon.tsx'
import { useDeal } from './deal.ts'
import { courseOf, isParcel, type StageName } from './standing.ts'

const looks = {
  done: 'bg-leaf text-on-leaf border-transparent',
  now: 'bg-tangerine text-on-tangerine border-transparent',
  ahead: 'bg-surface text-ink-faint border-line',
  broken: 'bg-brick text-on-brick border-transparent',
}

/** The way of a deal in four stages, and how far it has come. */
export function Course() {
  const t = useTexts('deals').course
  const { view } = useDeal()
  const name = (stage: StageName) => {
    const sent = t.sentStages as Partial<Record<StageName, string>>
    return (isParcel(view()) ? sent[stage] : undefined) ?? t.stages[stage]
  }
  return (
    <ol aria-label={t.title} class="grid grid-cols-4">
      <For each={courseOf(view())}>
        {({ name: stage, state }, index) => (
          <li
            class="relative flex flex-col items-center gap-1.5 text-center"
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <Show when={index() > 0}>
              <span
                aria-hidden="true"
                class={`absolute end-[calc(50%+1.25rem)] top-4 h-0.5 w-[calc(100%-2.5rem)] -translate-y-1/2 rounded-full ${state === 'done' ? 'bg-leaf' : 'bg-line'}`}
              />
            </Show>
            <span
              class={`figures relative grid size-8 place-items-center rounded-full border-2 font-bold ${looks[state]}`}
            >
              <Show when={state === 'done' || state === 'broken'} fallback={index() + 1}>
                <Icon of={state === 'done' ? Check : X} class="size-4.5" />
              </Show>
            </span>
            <span class={`text-caption ${state === 'ahead' ? 'text-ink-faint' : 'font-semibold'}`}>
              {name(stage)}
              <span class="sr-only">: {t[state]}</span>
            </span>
          </li>
        )}
      </For>
    </ol>
  )
}
