import { type JSX, onCleanup, onMount } from 'solid-js'

/**
 * A button that opens a short list of links and buttons below it. It is a disclosure, not `role="menu"`: its content is
 * read and tabbed through like any list. Escape, a click outside and leaving by Tab close it; Escape gives focus back.
 */
export function Menu(props: {
  label: string
  button: JSX.Element
  children: JSX.Element
  class?: string
  align?: 'start' | 'end'
  /** Where there is more room for the list. */
  side?: 'above' | 'below'
}) {
  let root: HTMLDetailsElement | undefined

  onMount(() => {
    const closeOutside = (event: Event) => {
      if (root?.open && event.target instanceof Node && !root.contains(event.target)) root.open = false
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    onCleanup(() => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    })
  })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !root?.open) return
    event.stopPropagation()
    root.open = false
    root.querySelector('summary')?.focus()
  }

  /** Choosing something ends the choice. */
  function onClick(event: MouseEvent) {
    if (root && event.target instanceof Element && event.target.closest('[data-menu-list] :is(a, button)'))
      root.open = false
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only listens to what its controls let through
    <details ref={root} class={`relative ${props.class ?? ''}`} onKeyDown={onKeyDown} onClick={onClick}>
      <summary
        aria-label={props.label}
        title={props.label}
        class="target inline-flex items-center justify-center rounded-full hover:bg-sunken"
      >
        {props.button}
      </summary>
      <div
        data-menu-list
        class={`enter-fade absolute z-40 min-w-52 rounded-card border border-line bg-surface p-1.5 shadow-lift ${props.side === 'above' ? 'bottom-full mb-1' : 'top-full mt-1'} ${props.align === 'start' ? 'start-0' : 'end-0'}`}
      >
        {props.children}
      </div>
    </details>
  )
}

/** How links and buttons inside a menu look. */
export const menuItemClass =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-start text-body text-ink hover:bg-sunken aria-[current=true]:font-semibold aria-[current=true]:after:ms-auto aria-[current=true]:after:content-["✓"]'
