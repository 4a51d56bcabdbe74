import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import { createUniqueId, type JSX, Show } from 'solid-js'
import { Icon } from '../icon/icon.tsx'
import { useKitWords } from '../words/words.tsx'

export interface FieldProps {
  label: JSX.Element
  /** What to know before typing. */
  hint?: JSX.Element
  /** Why what was typed is not taken. Announced when it appears. */
  error?: string | undefined
  /** That it is fine, where that is news (a free handle). */
  fine?: string | undefined
  optional?: boolean
  /** `3/80`, or anything else small at the end of the label's line. */
  aside?: JSX.Element
  class?: string
}

/** What the control of a field must carry to be named, described and marked. */
export interface ControlRelations {
  id: string
  'aria-describedby': string
  'aria-invalid': 'true' | undefined
}

export const boxClass =
  'w-full min-h-12 rounded-control border border-edge bg-surface px-3.5 text-lead text-ink transition-colors hover:border-ink-soft aria-invalid:border-brick aria-invalid:bg-brick-tint disabled:bg-sunken'

export const controlClass = `${boxClass} py-2.5`

/** Label, control, hint and error, tied together. `children` gets the relations as a function, since they change. */
export function Field(props: FieldProps & { children: (relations: ControlRelations) => JSX.Element }) {
  const words = useKitWords()
  const id = createUniqueId()
  const relations: ControlRelations = {
    id: `field-${id}`,
    'aria-describedby': `hint-${id} error-${id}`,
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined
    },
  }
  return (
    <div class={`flex flex-col gap-1.5 ${props.class ?? ''}`}>
      <div class="flex items-baseline justify-between gap-3">
        <label for={`field-${id}`} class="font-semibold">
          {props.label}
          <Show when={props.optional}>
            <span class="ms-1.5 text-caption font-normal text-ink-faint">{words.optional}</span>
          </Show>
        </label>
        <span class="figures text-caption text-ink-faint">{props.aside}</span>
      </div>
      {props.children(relations)}
      <div id={`hint-${id}`} class="text-caption text-ink-soft empty:hidden">
        {props.hint}
      </div>
      <div id={`error-${id}`} aria-live="polite" class="text-caption empty:hidden">
        <Show when={props.error}>
          {(error) => (
            <p class="flex items-start gap-1.5 font-medium text-brick">
              <Icon of={CircleAlert} class="mt-0.5 size-4" />
              {error()}
            </p>
          )}
        </Show>
        <Show when={!props.error && props.fine}>
          {(fine) => (
            <p class="flex items-start gap-1.5 font-medium text-leaf">
              <Icon of={CircleCheck} class="mt-0.5 size-4" />
              {fine()}
            </p>
          )}
        </Show>
      </div>
    </div>
  )
}
