import { createEffect, createSignal, createUniqueId, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { insert } from 'solid-js/web'

export interface ComboboxOption {
  /** What stands in the field once it is chosen; also what tells options apart. */
  key: string
  content: () => JSX.Element
  choose: () => void
}

/**
 * Makes a field that is on the page already (of the edge, usable without this) into a combobox by the ARIA pattern: a list
 * below it, the focus stays in the field, arrows move through the list and back to the field, Enter chooses, Escape and
 * leaving close. The list hangs below `place`, around the field, which must be `relative`.
 */
export function Combobox(props: {
  input: HTMLInputElement
  place: Element
  /** Names the list. */
  label: string
  options: readonly ComboboxOption[]
  /** Somebody types, or comes back to what was typed. */
  onType: (text: string) => void
}) {
  // oxlint-disable-next-line solid/reactivity -- one combobox for each field
  const { input, place } = props
  const id = `list-${createUniqueId()}`
  const [wantsList, setWantsList] = createSignal(false)
  const [active, setActive] = createSignal(-1)
  const isOpen = () => wantsList() && props.options.length > 0

  function close(): void {
    setWantsList(false)
    setActive(-1)
  }

  function choose(option: ComboboxOption): void {
    close()
    option.choose()
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Hangul in the making: the key belongs to the input method, which sends another one when it is done.
    if (event.isComposing || event.keyCode === 229) return
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (props.options.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      setWantsList(true)
      setActive((at) => {
        const places = props.options.length + 1
        // Before the first option comes the field itself.
        return ((at + 1 + (key === 'ArrowDown' ? 1 : -1) + places) % places) - 1
      })
    } else if (key === 'Enter') {
      const option = isOpen() ? props.options[active()] : undefined
      if (!option) return
      event.preventDefault()
      choose(option)
    } else if (key === 'Escape' && isOpen()) {
      // The first Escape closes the list, the next one is the field's.
      event.preventDefault()
      close()
    } else if (key === 'Tab') close()
  }

  function onInput(): void {
    setActive(-1)
    setWantsList(true)
    props.onType(input.value)
  }

  function onFocusOut(event: FocusEvent): void {
    if (!(event.relatedTarget instanceof Node) || !place.contains(event.relatedTarget)) close()
  }

  const listeners: [EventTarget, string, (event: never) => void][] = [
    [input, 'keydown', onKeyDown],
    [input, 'input', onInput],
    [input, 'click', onInput],
    [place, 'focusout', onFocusOut],
    [input.form ?? place, 'submit', close],
  ]
  for (const [on, type, listener] of listeners) on.addEventListener(type, listener as EventListener)
  const attributes = ['role', 'autocomplete', 'aria-autocomplete', 'aria-haspopup', 'aria-controls'] as const
  const before = attributes.map((name) => [name, input.getAttribute(name)] as const)
  input.setAttribute('role', 'combobox')
  input.setAttribute('autocomplete', 'off')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-haspopup', 'listbox')
  input.setAttribute('aria-controls', id)
  onCleanup(() => {
    for (const [on, type, listener] of listeners) on.removeEventListener(type, listener as EventListener)
    for (const [name, value] of before)
      if (value === null) input.removeAttribute(name)
      else input.setAttribute(name, value)
    input.removeAttribute('aria-expanded')
    input.removeAttribute('aria-activedescendant')
  })

  createEffect(() => input.setAttribute('aria-expanded', String(isOpen())))
  createEffect(() => {
    const option = isOpen() && active() >= 0 ? `${id}-${active()}` : null
    if (option === null) return input.removeAttribute('aria-activedescendant')
    input.setAttribute('aria-activedescendant', option)
    document.getElementById(option)?.scrollIntoView({ block: 'nearest' })
  })
  // Other options are another list.
  createEffect(
    on(
      () => props.options.map(({ key }) => key).join('\n'),
      () => setActive(-1),
      { defer: true },
    ),
  )
  // Somebody may be typing already when this comes.
  onMount(() => {
    if (document.activeElement === input && input.value !== '') onInput()
  })

  const list = () => (
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the platform's own list can neither be styled nor hold a picture
      role="listbox"
      aria-label={props.label}
      hidden={!isOpen()}
      class="absolute inset-x-0 top-full z-40 mt-1.5 max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain rounded-card border border-line bg-surface p-1.5 shadow-lift"
    >
      <Show when={isOpen()}>
        <For each={props.options}>
          {(option, at) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- by the pattern the focus and its keys stay in the field
            <div
              id={`${id}-${at()}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as of the list
              role="option"
              tabindex="-1"
              aria-selected={active() === at()}
              class="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 hover:bg-sunken aria-selected:bg-sunken aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-(--focus)"
              // The field must not lose the focus to what is pressed.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              {option.content()}
            </div>
          )}
        </For>
      </Show>
    </div>
  )
  // Solid's Portal would do the same and weighs 250 bytes of every page.
  const holder = document.createElement('div')
  place.append(holder)
  insert(holder, list)
  onCleanup(() => holder.remove())
  return null
}
