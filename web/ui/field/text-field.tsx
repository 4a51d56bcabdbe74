import Eye from 'lucide/dist/esm/icons/eye.mjs'
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import { createSignal, type JSX, onMount, Show } from 'solid-js'
import { Icon } from '../icon/icon.tsx'
import { useKitWords } from '../words/words.tsx'
import { boxClass, controlClass, type ControlRelations, Field, type FieldProps } from './field.tsx'

/** What the box of a text may carry besides; listed, since Solid's spread weighs 2 kB. */
interface TextAttributes {
  ref?: (element: HTMLInputElement) => void
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search' | 'number' | 'time' | 'datetime-local'
  name?: string
  inputmode?: 'text' | 'email' | 'tel' | 'url' | 'numeric' | 'decimal' | 'search'
  autocomplete?: string
  autocapitalize?: 'off' | 'sentences'
  enterkeyhint?: 'enter' | 'done' | 'go' | 'next' | 'search' | 'send'
  placeholder?: string
  spellcheck?: boolean
  required?: boolean
  disabled?: boolean | undefined
  autofocus?: boolean | undefined
  maxlength?: number | string
  min?: number | string
  max?: number | string
  step?: number | string
  onBlur?: (event: FocusEvent) => void
  onBeforeInput?: (event: InputEvent) => void
  onKeyDown?: (event: KeyboardEvent) => void
}

interface TextProps extends FieldProps {
  value: string
  /** Each change as it is typed. */
  onValue: (value: string) => void
}

interface InputProps extends TextProps, TextAttributes {
  /** A sign inside the box before what is typed. */
  before?: string | undefined
  /** A sign inside the box behind what is typed. */
  unit?: string | undefined
  /** A control inside the box behind what is typed. */
  after?: () => JSX.Element
}

/** What was typed, or filled in by the browser, before the page woke up is taken over. */
function takeOver(box: () => HTMLInputElement | HTMLTextAreaElement | undefined, props: TextProps): void {
  onMount(() => {
    const typed = box()?.value ?? ''
    if (typed !== '' && typed !== props.value) props.onValue(typed)
  })
}

/** One line of text. */
export function TextField(props: InputProps) {
  let box: HTMLInputElement | undefined
  takeOver(() => box, props)
  const input = (relations: ControlRelations, look: string) => (
    <input
      ref={(element) => {
        box = element
        props.ref?.(element)
      }}
      id={relations.id}
      aria-describedby={relations['aria-describedby']}
      aria-invalid={relations['aria-invalid']}
      class={look}
      type={props.type ?? 'text'}
      name={props.name}
      inputmode={props.inputmode}
      autocomplete={props.autocomplete}
      autocapitalize={props.autocapitalize}
      enterkeyhint={props.enterkeyhint}
      placeholder={props.placeholder}
      spellcheck={props.spellcheck}
      required={props.required}
      disabled={props.disabled}
      autofocus={props.autofocus}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      step={props.step}
      value={props.value}
      onInput={(event) => props.onValue(event.currentTarget.value)}
      onBlur={(event) => props.onBlur?.(event)}
      onBeforeInput={(event) => props.onBeforeInput?.(event)}
      onKeyDown={(event) => props.onKeyDown?.(event)}
    />
  )
  return (
    <Field {...props}>
      {(relations) => (
        <Show when={props.before || props.unit || props.after} fallback={input(relations, controlClass)}>
          <div
            class={`${boxClass} flex items-center gap-2 focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-focus ${relations['aria-invalid'] ? 'border-brick bg-brick-tint' : ''}`}
          >
            <Show when={props.before}>
              <span class="text-ink-faint">{props.before}</span>
            </Show>
            {input(relations, 'min-h-11 min-w-0 flex-1 bg-transparent outline-none')}
            <Show when={props.unit}>
              <span class="text-ink-faint">{props.unit}</span>
            </Show>
            {props.after?.()}
          </div>
        </Show>
      )}
    </Field>
  )
}

/** A password with a button that shows what was typed. */
export function PasswordField(props: Omit<InputProps, 'type' | 'after' | 'before'>) {
  const words = useKitWords()
  const [isShown, setShown] = createSignal(false)
  return (
    <TextField
      {...props}
      type={isShown() ? 'text' : 'password'}
      autocapitalize="off"
      spellcheck={false}
      after={() => (
        <button
          type="button"
          class="target -me-3 grid place-items-center rounded-control text-ink-faint hover:text-ink"
          aria-label={isShown() ? words.hidePassword : words.showPassword}
          onClick={() => setShown(!isShown())}
        >
          <Icon of={isShown() ? EyeOff : Eye} />
        </button>
      )}
    />
  )
}

/** Several lines; it grows with what is typed where the browser can. */
export function TextAreaField(
  props: TextProps & {
    name?: string
    rows?: number
    maxlength?: number
    placeholder?: string
    required?: boolean
    onBlur?: (event: FocusEvent) => void
  },
) {
  let box: HTMLTextAreaElement | undefined
  takeOver(() => box, props)
  return (
    <Field {...props}>
      {(relations) => (
        <textarea
          ref={box}
          id={relations.id}
          aria-describedby={relations['aria-describedby']}
          aria-invalid={relations['aria-invalid']}
          rows={props.rows ?? 4}
          name={props.name}
          maxlength={props.maxlength}
          placeholder={props.placeholder}
          required={props.required}
          class={`${controlClass} [field-sizing:content] min-h-28 leading-relaxed`}
          value={props.value}
          onInput={(event) => props.onValue(event.currentTarget.value)}
          onBlur={(event) => props.onBlur?.(event)}
        />
      )}
    </Field>
  )
}
