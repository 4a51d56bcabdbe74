import { createUniqueId, For, type JSX, Show } from 'solid-js'

export interface TabHead<T extends string> {
  value: T
  label: JSX.Element
  /** How many, beside the label. */
  count?: number | undefined
  class?: string
}

export interface Tab<T extends string> extends TabHead<T> {
  content: () => JSX.Element
}

/**
 * The row of tabs alone, by the ARIA pattern: arrows, Home and End move and choose. For pages whose panels stand in
 * different places; each panel is a `role="tabpanel"` with the ids of `tabId` and `panelId`.
 */
export function TabList<T extends string>(props: {
  id: string
  label: string
  tabs: readonly TabHead<T>[]
  value: T
  onValue: (value: T) => void
  class?: string
}) {
  function onKeyDown(event: KeyboardEvent) {
    const last = props.tabs.length - 1
    const at = props.tabs.findIndex((tab) => tab.value === props.value)
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key]
    const tab = to === undefined ? undefined : props.tabs[to]
    if (!tab) return
    event.preventDefault()
    props.onValue(tab.value)
    document.getElementById(tabId(props.id, tab.value))?.focus()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- by the pattern its tabs take the focus
    <div
      role="tablist"
      aria-label={props.label}
      onKeyDown={onKeyDown}
      class={`rail gap-1 border-b border-line ${props.class ?? ''}`}
    >
      <For each={props.tabs}>
        {(tab) => (
          <button
            type="button"
            role="tab"
            id={tabId(props.id, tab.value)}
            aria-selected={tab.value === props.value}
            aria-controls={panelId(props.id, tab.value)}
            tabindex={tab.value === props.value ? 0 : -1}
            onClick={() => props.onValue(tab.value)}
            class={`-mb-px min-h-12 border-b-2 border-transparent px-4 font-medium whitespace-nowrap text-ink-soft transition-colors hover:text-ink aria-selected:border-tangerine-text aria-selected:font-bold aria-selected:text-ink ${tab.class ?? ''}`}
          >
            {tab.label}
            <Show when={tab.count !== undefined}>
              <span class="figures ms-1.5 text-caption text-ink-faint">{tab.count}</span>
            </Show>
          </button>
        )}
      </For>
    </div>
  )
}

export function tabId(id: string, value: string): string {
  return `tab-${id}-${value}`
}

export function panelId(id: string, value: string): string {
  return `panel-${id}-${value}`
}

/**
 * Tabs with their panels below. All panels stay in the page, so that what runs in one (a chat) goes on unseen, and without
 * scripts they are read one after the other.
 */
export function Tabs<T extends string>(props: {
  label: string
  tabs: readonly Tab<T>[]
  value: T
  onValue: (value: T) => void
  class?: string
  panelClass?: string
}) {
  const id = createUniqueId()
  return (
    <div class={props.class}>
      <TabList id={id} label={props.label} tabs={props.tabs} value={props.value} onValue={props.onValue} />
      <For each={props.tabs}>
        {(tab) => (
          <div
            role="tabpanel"
            id={panelId(id, tab.value)}
            aria-labelledby={tabId(id, tab.value)}
            hidden={tab.value !== props.value}
            tabindex="0"
            class={`rounded-control ${props.panelClass ?? ''}`}
          >
            {tab.content()}
          </div>
        )}
      </For>
    </div>
  )
}
