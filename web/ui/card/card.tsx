import { type JSX, Match, Switch } from 'solid-js'

/** The look of a card, for elements with a meaning of their own. */
export const cardClass = 'rounded-card border border-line bg-surface p-4 md:p-5'

/** A quiet surface with a hairline. */
export function Card(props: { children: JSX.Element; as?: 'div' | 'section' | 'li'; id?: string; class?: string }) {
  const look = () => `${cardClass} ${props.class ?? ''}`
  return (
    <Switch
      fallback={
        <div id={props.id} class={look()}>
          {props.children}
        </div>
      }
    >
      <Match when={props.as === 'section'}>
        <section id={props.id} class={look()}>
          {props.children}
        </section>
      </Match>
      <Match when={props.as === 'li'}>
        <li id={props.id} class={look()}>
          {props.children}
        </li>
      </Match>
    </Switch>
  )
}
