import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs'
import { For, Show } from 'solid-js'
import { Icon } from '../icon/icon.tsx'
import { controlClass, Field, type FieldProps } from './field.tsx'
import type { Option } from './option.ts'

/** One of several, in the platform's own list: the best picker a phone has. */
export function SelectField<T extends string>(
  props: FieldProps & {
    value: T | ''
    options: readonly Option<T>[]
    onValue: (value: T) => void
    /** Shown while nothing is chosen. */
    placeholder?: string
    name?: string
  },
) {
  return (
    <Field {...props}>
      {(relations) => (
        <div class="relative">
          <select
            id={relations.id}
            aria-describedby={relations['aria-describedby']}
            aria-invalid={relations['aria-invalid']}
            name={props.name}
            class={`${controlClass} appearance-none pe-10`}
            onChange={({ currentTarget: list }) => {
              props.onValue(list.value as T)
              // The browser shows the choice already; what is to be seen is what was taken.
              list.value = props.value
            }}
          >
            <Show when={props.placeholder}>
              <option value="" disabled selected={props.value === ''}>
                {props.placeholder}
              </option>
            </Show>
            <For each={props.options}>
              {(option) => (
                <option value={option.value} disabled={option.disabled} selected={option.value === props.value}>
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <span class="pointer-events-none absolute inset-y-0 end-3 grid place-items-center text-ink-faint">
            <Icon of={ChevronDown} />
          </span>
        </div>
      )}
    </Field>
  )
}
