import { createUniqueId, For, type JSX, onMount, Show } from 'solid-js'
import type { Option } from './option.ts'

/** One of a few, all in view. `row` lays them side by side as one control. */
export function RadioField<T extends string>(props: {
  label: JSX.Element
  value: T | ''
  options: readonly Option<T>[]
  onValue: (value: T) => void
  hint?: JSX.Element
  error?: string | undefined
  row?: boolean
  hideLabel?: boolean
  class?: string
}) {
  const id = createUniqueId()
  let group: HTMLFieldSetElement | undefined
  /** The browser has moved the mark already; what it shows is what was taken. */
  function choose(value: T): void {
    props.onValue(value)
    for (const radio of group?.querySelectorAll('input') ?? []) radio.checked = radio.value === props.value
  }
  // What was chosen before the page woke up is taken over.
  onMount(() => {
    const chosen = group?.querySelector<HTMLInputElement>('input:checked')?.value
    if (chosen !== undefined && chosen !== props.value) choose(chosen as T)
  })
  return (
    <fieldset
      ref={group}
      role="radiogroup"
      aria-labelledby={`legend-${id}`}
      aria-describedby={`hint-${id} error-${id}`}
      aria-invalid={props.error ? 'true' : undefined}
      class={`min-w-0 ${props.class ?? ''}`}
    >
      <legend id={`legend-${id}`} class={props.hideLabel ? 'sr-only' : 'mb-1.5 font-semibold'}>
        {props.label}
      </legend>
      <div class={props.row ? 'grid auto-cols-fr grid-flow-col gap-1 rounded-control bg-sunken p-1' : 'grid gap-2'}>
        <For each={props.options}>
          {(option) => (
            <label
              class={`relative flex min-h-11 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus has-disabled:opacity-50 ${
                props.row
                  ? 'items-center justify-center rounded-[7px] px-2 text-center text-body font-medium text-ink-soft has-checked:bg-raised has-checked:font-semibold has-checked:text-ink has-checked:shadow-[0_1px_3px_oklch(0_0_0/0.15)] forced-colors:has-checked:bg-[Highlight]'
                  : 'items-start gap-3 rounded-control border border-line bg-surface p-3 has-checked:border-tangerine-text has-checked:bg-tangerine-tint'
              }`}
            >
              <input
                type="radio"
                name={`radio-${id}`}
                value={option.value}
                checked={option.value === props.value}
                disabled={option.disabled}
                onChange={() => choose(option.value)}
                class={props.row ? 'sr-only' : 'mt-0.5 size-5 shrink-0 accent-(--tangerine-text)'}
              />
              <span>
                {option.label}
                <Show when={option.hint}>
                  <span class="block text-caption font-normal text-ink-soft">{option.hint}</span>
                </Show>
              </span>
            </label>
          )}
        </For>
      </div>
      <div id={`hint-${id}`} class="mt-1.5 text-caption text-ink-soft empty:hidden">
        {props.hint}
      </div>
      <p id={`error-${id}`} aria-live="polite" class="mt-1.5 text-caption font-medium text-brick empty:hidden">
        {props.error}
      </p>
    </fieldset>
  )
}
