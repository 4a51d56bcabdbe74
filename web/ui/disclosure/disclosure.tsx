import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs'
import type { JSX } from 'solid-js'
import { Icon } from '../icon/icon.tsx'

/** A heading that opens what belongs to it. A native element: works without scripts and with find-in-page. */
export function Disclosure(props: { title: JSX.Element; children: JSX.Element; open?: boolean; class?: string }) {
  return (
    <details open={props.open} class={`group border-b border-line ${props.class ?? ''}`}>
      <summary class="flex min-h-11 items-center justify-between gap-3 py-3 font-semibold">
        {props.title}
        <Icon of={ChevronDown} class="size-5 text-ink-faint transition-transform group-open:rotate-180" />
      </summary>
      <div class="pb-4 text-ink-soft">{props.children}</div>
    </details>
  )
}
