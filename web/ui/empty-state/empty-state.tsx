import { type JSX, Show } from 'solid-js'
import { Heading } from '../heading/heading.tsx'
import { Icon, type IconShape } from '../icon/icon.tsx'

/** Nothing here yet: one sentence and the next step. */
export function EmptyState(props: {
  icon: IconShape
  title: string
  text?: string
  action?: JSX.Element
  class?: string
  /** It stands in place of the whole page, whose heading its title then is. */
  isPage?: boolean
}) {
  return (
    <div class={`mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center ${props.class ?? ''}`}>
      <span class="grid size-16 place-items-center rounded-full bg-tangerine-tint text-tangerine-text">
        <Icon of={props.icon} class="size-7" />
      </span>
      <Heading level={props.isPage ? 'h1' : 'p'} class="text-lead font-semibold text-balance">
        {props.title}
      </Heading>
      <Show when={props.text}>
        <p class="text-ink-soft text-pretty">{props.text}</p>
      </Show>
      {props.action}
    </div>
  )
}
