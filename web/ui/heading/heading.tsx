import { type JSX, Match, Switch } from 'solid-js'

/** A heading whose level depends on where it stands; without one it is a paragraph. Solid's own `Dynamic` would cost every page 2 kB. */
export function Heading(props: { level: 'h1' | 'h2' | 'h3' | 'p'; class?: string; children: JSX.Element }) {
  return (
    <Switch fallback={<p class={props.class}>{props.children}</p>}>
      <Match when={props.level === 'h1'}>
        <h1 class={props.class}>{props.children}</h1>
      </Match>
      <Match when={props.level === 'h2'}>
        <h2 class={props.class}>{props.children}</h2>
      </Match>
      <Match when={props.level === 'h3'}>
        <h3 class={props.class}>{props.children}</h3>
      </Match>
    </Switch>
  )
}
