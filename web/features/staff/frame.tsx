import { For, type JSX, Show } from 'solid-js'
import { session } from '../../api/session.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { FilterChip } from '../../ui/chip/chip.tsx'

const parts = [
  ['accounts', '/staff'],
  ['appeals', '/staff/appeals'],
  ['cases', '/staff/cases'],
  ['audit', '/staff/audit'],
] as const
type Part = (typeof parts)[number][0]

/** The ways of the staff's page; the audit is for admins. */
export function StaffFrame(props: { part: Part; title: string; lead?: string; children: JSX.Element }) {
  const t = useTexts('staff')
  const mine = () => parts.filter(([part]) => part !== 'audit' || session.account()?.role === 'admin')
  return (
    <div class="mx-auto w-full max-w-4xl px-4 py-6 md:py-10">
      <nav aria-label={t.title} class="rail -mx-4 mb-5 flex gap-2 px-4 py-1">
        <For each={mine()}>
          {([part, href]) => (
            <FilterChip href={href} current={part === props.part}>
              {t.nav[part]}
            </FilterChip>
          )}
        </For>
      </nav>
      <h1 class="text-heading font-extrabold">{props.title}</h1>
      <Show when={props.lead}>
        <p class="mt-1 text-ink-soft">{props.lead}</p>
      </Show>
      <div class="mt-6">{props.children}</div>
    </div>
  )
}

/** What waits and what is done. */
export function StateChips<S extends string>(props: {
  href: string
  states: readonly (readonly [state: S, label: string])[]
  current: S
}) {
  return (
    <div class="mb-4 flex gap-2">
      <For each={props.states}>
        {([state, label], index) => (
          <FilterChip
            href={index() === 0 ? props.href : `${props.href}?state=${state}`}
            current={state === props.current}
          >
            {label}
          </FilterChip>
        )}
      </For>
    </div>
  )
}
