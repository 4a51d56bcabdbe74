import LoaderCircle from 'lucide/dist/esm/icons/loader-circle.mjs'
import { type JSX, Show } from 'solid-js'
import { Icon, type IconShape } from '../icon/icon.tsx'
import { useKitWords } from '../words/words.tsx'

const base =
  'relative inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-control border text-center font-semibold whitespace-nowrap select-none transition-[background-color,border-color,color,scale] active:scale-[0.98] disabled:opacity-50 aria-disabled:opacity-60 aria-disabled:active:scale-100 forced-colors:border-[ButtonText]'

const looks = {
  /** The one main action of a screen. */
  main: 'border-transparent bg-tangerine text-on-tangerine hover:bg-tangerine-press',
  plain: 'border-line bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'border-transparent bg-brick text-on-brick hover:opacity-90',
  dangerQuiet: 'border-line bg-surface text-brick hover:bg-brick-tint',
}

const sizes = {
  small: 'px-3 py-1 text-caption',
  normal: 'px-4 py-2 text-body',
  large: 'min-h-13 px-6 py-3 text-lead',
}

/** The look of a button, for what is none but should look like one. */
export function buttonClass({ look = 'plain', size = 'normal', wide = false }: ButtonLook): string {
  return `${base} ${looks[look]} ${sizes[size]} ${wide ? 'w-full' : ''}`
}

export interface ButtonLook {
  look?: keyof typeof looks | undefined
  size?: keyof typeof sizes | undefined
  wide?: boolean | undefined
}

/**
 * What a button may carry besides. Listed, not spread: Solid's spread is 2 kB of every page, and a list says what is meant.
 */
interface ButtonAttributes {
  ref?: (element: HTMLButtonElement) => void
  class?: string
  title?: string | undefined
  disabled?: boolean | undefined
  autofocus?: boolean
  onClick?: (event: MouseEvent) => void
  'aria-label'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-expanded'?: boolean | undefined
  'aria-controls'?: string | undefined
  'aria-pressed'?: boolean | undefined
  /** The single key that moves the focus here, where a page has such keys. */
  'data-shortcut'?: string
}

export interface ButtonProps extends ButtonLook, ButtonAttributes {
  children: JSX.Element
  type?: 'button' | 'submit'
  /** Work is under way: the button keeps its place, width and focus, and does nothing meanwhile. */
  busy?: boolean | undefined
  icon?: IconShape | undefined
}

/** A button of at least 44 px. `type` is "button" unless said otherwise. */
export function Button(props: ButtonProps) {
  const words = useKitWords()
  return (
    <button
      ref={props.ref}
      type={props.type ?? 'button'}
      class={`${buttonClass(props)} ${props.class ?? ''}`}
      title={props.title}
      disabled={props.disabled}
      autofocus={props.autofocus}
      aria-label={props['aria-label']}
      aria-describedby={props['aria-describedby']}
      aria-expanded={props['aria-expanded']}
      aria-controls={props['aria-controls']}
      aria-pressed={props['aria-pressed']}
      aria-disabled={props.busy ? 'true' : undefined}
      data-shortcut={props['data-shortcut']}
      onClick={(event) => {
        if (props.busy) event.preventDefault()
        else props.onClick?.(event)
      }}
    >
      <Show when={props.icon}>{(icon) => <Icon of={icon()} />}</Show>
      <span class={props.busy ? 'opacity-0' : undefined}>{props.children}</span>
      <Show when={props.busy}>
        <span class="absolute inset-0 grid place-items-center">
          <span class="animate-[turn_0.9s_linear_infinite]">
            <Icon of={LoaderCircle} label={words.working} />
          </span>
        </span>
      </Show>
    </button>
  )
}

/** A round button that shows only an icon; `label` is its name and its tooltip. */
export function IconButton(
  props: Omit<ButtonAttributes, 'aria-label' | 'title'> & { icon: IconShape; label: string; filled?: boolean },
) {
  return (
    <button
      ref={props.ref}
      type="button"
      disabled={props.disabled}
      aria-label={props.label}
      title={props.label}
      aria-describedby={props['aria-describedby']}
      aria-expanded={props['aria-expanded']}
      aria-controls={props['aria-controls']}
      aria-pressed={props['aria-pressed']}
      data-shortcut={props['data-shortcut']}
      onClick={(event) => props.onClick?.(event)}
      class={`target inline-grid place-items-center rounded-full text-ink-soft transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 ${props.class ?? ''}`}
    >
      <Icon of={props.icon} filled={props.filled ?? false} />
    </button>
  )
}
