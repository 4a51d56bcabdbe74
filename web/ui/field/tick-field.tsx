import { createUniqueId, type JSX, onMount } from 'solid-js'

interface TickProps {
  label: JSX.Element
  checked: boolean
  onChecked: (checked: boolean) => void
  hint?: JSX.Element
  error?: string | undefined
  disabled?: boolean
  class?: string
}

/** Agree or not. */
export function CheckField(props: TickProps) {
  return <Tick {...props} kind="check" />
}

/** On or off, taking effect at once. */
export function SwitchField(props: TickProps) {
  return <Tick {...props} kind="switch" />
}

function Tick(props: TickProps & { kind: 'check' | 'switch' }) {
  const id = createUniqueId()
  const isSwitch = () => props.kind === 'switch'
  let box: HTMLInputElement | undefined
  /** The browser has flipped it already; what it shows is what was taken. */
  function flip(box: HTMLInputElement): void {
    props.onChecked(box.checked)
    box.checked = props.checked
  }
  // What was ticked before the page woke up is taken over.
  onMount(() => {
    if (box && box.checked !== props.checked) flip(box)
  })
  return (
    <div class={props.class}>
      {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- its words are the label property */}
      <label class={`flex min-h-11 items-start gap-3 py-2 ${isSwitch() ? 'flex-row-reverse justify-between' : ''}`}>
        <input
          ref={box}
          type="checkbox"
          role={isSwitch() ? 'switch' : undefined}
          checked={props.checked}
          disabled={props.disabled}
          aria-describedby={`hint-${id} error-${id}`}
          aria-invalid={props.error ? 'true' : undefined}
          onChange={(event) => flip(event.currentTarget)}
          class={
            isSwitch()
              ? 'relative h-7 w-12 shrink-0 appearance-none rounded-full bg-edge transition-colors before:absolute before:top-1 before:left-1 before:size-5 before:rounded-full before:bg-surface before:transition-transform checked:bg-leaf checked:before:translate-x-5 disabled:opacity-50 forced-colors:appearance-auto'
              : 'mt-0.5 size-5 shrink-0 accent-(--tangerine-text)'
          }
        />
        <span class="min-w-0 flex-1">
          <span class="font-medium">{props.label}</span>
          <span id={`hint-${id}`} class="block text-caption text-ink-soft empty:hidden">
            {props.hint}
          </span>
        </span>
      </label>
      <p
        id={`error-${id}`}
        aria-live="polite"
        class={`pb-2 text-caption font-medium text-brick empty:hidden ${isSwitch() ? '' : 'ps-8'}`}
      >
        {props.error}
      </p>
    </div>
  )
}
