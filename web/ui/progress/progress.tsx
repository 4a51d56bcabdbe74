import { Show } from 'solid-js'

/** How far a known amount of work is, from 0 to 1; without `value` it only says that work is under way. */
export function Progress(props: { label: string; value?: number | undefined; class?: string }) {
  const look = () =>
    `block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-tangerine [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-tangerine [&::-webkit-progress-value]:transition-[width] ${props.class ?? ''}`
  return (
    // A value once set cannot be taken back from the element: the unknown share is another one.
    <Show when={props.value !== undefined} fallback={<progress aria-label={props.label} max="1" class={look()} />}>
      <progress aria-label={props.label} max="1" value={props.value ?? 0} class={look()} />
    </Show>
  )
}
