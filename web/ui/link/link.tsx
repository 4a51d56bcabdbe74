import { type JSX, Show } from 'solid-js'
import { type ButtonLook, buttonClass } from '../button/button.tsx'
import { Icon, type IconShape } from '../icon/icon.tsx'
import { useHref } from '../navigation/navigation.ts'

interface LinkProps {
  /** A path of this site, without the language's prefix. */
  href: string
  children: JSX.Element
  class?: string
  target?: '_blank'
  rel?: string
  title?: string | undefined
  onClick?: (event: MouseEvent) => void
  'aria-label'?: string | undefined
  'aria-current'?: 'page' | 'true' | undefined
  'aria-describedby'?: string | undefined
  'aria-disabled'?: 'true' | undefined
  /** One of the main ways: the mark of where one is moves among them. */
  'data-nav'?: true
  'data-shortcut'?: string
}

/** A link inside the site. `bare` leaves all looks to `class`. */
export function Link(props: LinkProps & { bare?: boolean }) {
  const look = () =>
    props.bare
      ? props.class
      : `font-medium text-tangerine-text underline decoration-1 underline-offset-4 hover:decoration-2 ${props.class ?? ''}`
  return (
    <Anchor of={props} class={look()}>
      {props.children}
    </Anchor>
  )
}

/** A link that looks like a button, for going somewhere, not for doing something. */
export function ButtonLink(props: LinkProps & ButtonLook & { icon?: IconShape | undefined }) {
  return (
    <Anchor of={props} class={`${buttonClass(props)} ${props.class ?? ''}`}>
      <Show when={props.icon}>{(icon) => <Icon of={icon()} />}</Show>
      {props.children}
    </Anchor>
  )
}

function Anchor(props: { of: LinkProps; class: string | undefined; children: JSX.Element }) {
  const href = useHref(() => props.of.href)
  return (
    <a
      href={href()}
      class={props.class}
      target={props.of.target}
      rel={props.of.rel}
      title={props.of.title}
      aria-label={props.of['aria-label']}
      aria-current={props.of['aria-current']}
      aria-describedby={props.of['aria-describedby']}
      aria-disabled={props.of['aria-disabled']}
      data-nav={props.of['data-nav'] && ''}
      data-shortcut={props.of['data-shortcut']}
      onClick={(event) => props.of.onClick?.(event)}
    >
      {props.children}
    </a>
  )
}
