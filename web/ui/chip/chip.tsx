import { useHref } from '../navigation/navigation.ts'
import { createEffect, type JSX, Show } from 'solid-js'
import { Icon, type IconShape } from '../icon/icon.tsx'

export type Tone = 'plain' | 'tangerine' | 'leaf' | 'brick' | 'sky'

/** On a page, and (`solid`) on a picture. */
const tones: Record<Tone, readonly [quiet: string, solid: string]> = {
  plain: ['bg-sunken text-ink-soft', 'bg-ink text-paper'],
  tangerine: ['bg-tangerine-tint text-tangerine-text', 'bg-tangerine text-on-tangerine'],
  leaf: ['bg-leaf-tint text-leaf', 'bg-leaf text-on-leaf'],
  brick: ['bg-brick-tint text-brick', 'bg-brick text-on-brick'],
  sky: ['bg-sky-tint text-sky', 'bg-sky text-on-sky'],
}

const sizes = { small: 'px-2 py-0.5 text-caption', normal: 'px-3 py-1 text-body' }

/** A word about a state. `solid` is for lying on a picture. Always words, an icon only beside them. */
export function Chip(props: {
  children: JSX.Element
  tone?: Tone
  solid?: boolean
  size?: 'small' | 'normal'
  icon?: IconShape
  class?: string
}) {
  return (
    <span
      class={`inline-flex items-center gap-1 rounded-full font-semibold whitespace-nowrap forced-colors:border ${
        tones[props.tone ?? 'plain'][props.solid ? 1 : 0]
      } ${sizes[props.size ?? 'small']} ${props.class ?? ''}`}
    >
      <Show when={props.icon}>{(icon) => <Icon of={icon()} class="size-3.5" />}</Show>
      {props.children}
    </span>
  )
}

/** A choice in a list of filters. It is a link, so that it can be shared, opened beside, and works without scripts. */
export function FilterChip(props: { href: string; current: boolean; children: JSX.Element }) {
  const href = useHref(() => props.href)
  let chip: HTMLAnchorElement | undefined
  // In a row that is wider than a phone the choice in force is not left out of sight.
  createEffect(() => {
    const row = props.current ? chip?.closest('.rail') : null
    if (!row || !chip) return
    const [inner, outer] = [chip.getBoundingClientRect(), row.getBoundingClientRect()]
    if (inner.left < outer.left || inner.right > outer.right)
      row.scrollBy(inner.left - outer.left - (outer.width - inner.width) / 2, 0)
  })
  return (
    <a
      ref={chip}
      href={href()}
      aria-current={props.current ? 'true' : undefined}
      class={`inline-flex min-h-11 snap-start items-center rounded-full border px-4 text-body font-medium whitespace-nowrap transition-colors ${
        props.current
          ? 'border-ink bg-ink text-paper forced-colors:bg-[Highlight]'
          : 'border-line bg-surface text-ink-soft hover:border-edge hover:text-ink'
      }`}
    >
      {props.children}
    </a>
  )
}
