import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs'
import Info from 'lucide/dist/esm/icons/info.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import { type JSX, Show } from 'solid-js'
import { Icon, type IconShape } from '../icon/icon.tsx'

export type NoteTone = 'brick' | 'sky' | 'leaf' | 'tangerine'

const tones: Record<NoteTone, string> = {
  brick: 'bg-brick-tint text-brick',
  sky: 'bg-sky-tint text-sky',
  leaf: 'bg-leaf-tint text-leaf',
  tangerine: 'bg-tangerine-tint text-tangerine-text',
}

/** A sentence in colour, with an icon that says the same as the colour. */
export function Note(props: {
  tone: NoteTone
  title: string
  children?: JSX.Element
  icon?: IconShape
  action?: JSX.Element
  class?: string
}) {
  return (
    <div class={`flex gap-3 rounded-control p-3 forced-colors:border ${tones[props.tone]} ${props.class ?? ''}`}>
      <Icon
        of={props.icon ?? (props.tone === 'brick' ? CircleAlert : props.tone === 'leaf' ? CircleCheck : Info)}
        class="mt-0.5 size-5"
      />
      <div class="min-w-0 flex-1">
        <p class="font-semibold">{props.title}</p>
        <Show when={props.children}>{(children) => <div class="mt-0.5 text-ink-soft">{children()}</div>}</Show>
        <Show when={props.action}>{(action) => <div class="mt-2 flex flex-wrap gap-2">{action()}</div>}</Show>
      </div>
    </div>
  )
}

/**
 * Why something was refused or failed, beside the control that caused it. It is announced when it appears.
 * `title` and `text` are the words by code; `code` stays visible for those who ask for help.
 */
export function ProblemNote(props: {
  title: string
  text?: string | undefined
  code?: string | undefined
  action?: JSX.Element
  class?: string
}) {
  return (
    <div role="alert" class={props.class}>
      <Note tone="brick" title={props.title} action={props.action}>
        {props.text}
        <Show when={props.code}>{(code) => <code class="ms-1 text-caption text-ink-soft">{code()}</code>}</Show>
      </Note>
    </div>
  )
}
