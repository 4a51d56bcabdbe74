import { Show } from 'solid-js'

const sizes = {
  body: 'text-body font-semibold',
  lead: 'text-lead font-bold',
  title: 'text-title font-bold',
  heading: 'text-heading font-bold',
  hero: 'text-hero font-extrabold',
  display: 'text-display font-extrabold',
}

/** An amount as text (`won()` of `i18n/format.ts` makes it). `rolls` lets a changed amount roll in; it never shifts its neighbours. */
export function Price(props: { text: string; size?: keyof typeof sizes; rolls?: boolean; class?: string }) {
  return (
    <span class={`figures inline-block whitespace-nowrap ${sizes[props.size ?? 'lead']} ${props.class ?? ''}`}>
      <Show when={props.rolls} fallback={props.text}>
        <Show when={props.text} keyed>
          {(text) => <span class="inline-block animate-[roll-in_var(--calm)_var(--ease)]">{text}</span>}
        </Show>
      </Show>
    </span>
  )
}
