import X from 'lucide/dist/esm/icons/x.mjs'
import { createEffect, createUniqueId, type JSX, onCleanup, Show } from 'solid-js'
import { IconButton } from '../button/button.tsx'
import { LiveRegionsOfDialog } from '../live-region/live-region.tsx'
import { useKitWords } from '../words/words.tsx'

/**
 * What has to be answered or read before going on: a sheet from the bottom on phones, a card in the middle elsewhere. It
 * is a native `<dialog>`: the rest of the page is inert, Escape closes it and focus returns to where it was. The content
 * exists only while it is open. Put `autofocus` on the control that should have focus first.
 */
export function Sheet(props: {
  open: boolean
  onClose: () => void
  title: string
  children: JSX.Element
  /** Below the scrolling content, always in view. */
  footer?: JSX.Element
  /** Work that must not be left half done: neither Escape nor the veil nor the cross closes it. */
  busy?: boolean
  size?: 'normal' | 'wide'
}) {
  const words = useKitWords()
  const id = createUniqueId()
  let dialog: HTMLDialogElement | undefined
  let isGone = false

  createEffect(() => {
    if (!dialog) return
    if (props.open && !dialog.open) dialog.showModal()
    else if (!props.open && dialog.open) dialog.close()
  })
  // Taken away open, it would take the focus along.
  onCleanup(() => {
    isGone = true
    dialog?.close()
  })

  const leave = () => {
    if (!props.busy) props.onClose()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the key is Escape, which `cancel` brings
    <dialog
      ref={dialog}
      aria-labelledby={`title-${id}`}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onClose={() => {
        if (props.open && !isGone) props.onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) leave()
      }}
      class={`m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-hidden rounded-t-card bg-surface p-0 shadow-lift backdrop:bg-veil open:flex open:flex-col open:enter-up md:m-auto md:max-h-[85dvh] md:rounded-card ${
        props.size === 'wide' ? 'md:max-w-3xl' : 'md:max-w-lg'
      }`}
    >
      <Show when={props.open}>
        <LiveRegionsOfDialog />
        <header class="flex items-center justify-between gap-2 border-b border-line py-1.5 ps-5 pe-1.5">
          <h2 id={`title-${id}`} class="py-2 text-lead font-bold">
            {props.title}
          </h2>
          <IconButton icon={X} label={words.close} disabled={props.busy ?? false} onClick={leave} />
        </header>
        <div class="min-h-0 flex-1 overflow-y-auto overscroll-contain p-5">{props.children}</div>
        <Show when={props.footer}>
          {(footer) => (
            <footer class="border-t border-line p-4 pb-[max(1rem,env(safe-area-inset-bottom))]">{footer()}</footer>
          )}
        </Show>
      </Show>
    </dialog>
  )
}
