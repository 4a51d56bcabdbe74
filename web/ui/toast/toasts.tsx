import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs'
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import Info from 'lucide/dist/esm/icons/info.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createEffect, For, on, Show } from 'solid-js'
import { Icon } from '../icon/icon.tsx'
import { announce } from '../live-region/live-region.tsx'
import { Link } from '../link/link.tsx'
import { dismissToast, type ShownToast, toasts } from './toast.tsx'
import { useKitWords } from '../words/words.tsx'

const icons = { leaf: CircleCheck, brick: CircleAlert, sky: Info }
const colours = { leaf: 'text-leaf', brick: 'text-brick', sky: 'text-sky' }

/** Over everything, a dialog too: at the screen's lower end, or its upper one while a sheet has the lower. */
export function Toasts() {
  const words = useKitWords()
  let box: HTMLDivElement | undefined

  createEffect(
    on(toasts, (shown, before = []) => {
      // What is shown last lies on top; older browsers leave it beneath a dialog.
      if (box?.showPopover) {
        if (box.matches(':popover-open')) box.hidePopover()
        if (shown.length > 0) box.showPopover()
      }
      const latest = shown.at(-1)
      // A dialog makes the rest of the page inert, and this region silent.
      if (latest && latest !== before.at(-1) && document.querySelector('dialog[open]'))
        announce([latest.title, latest.text].filter(Boolean).join('. '))
    }),
  )

  return (
    <div
      ref={box}
      popover="manual"
      aria-live="polite"
      class="pointer-events-none fixed inset-x-0 top-auto bottom-[calc(var(--tabbar-height)+env(safe-area-inset-bottom)+0.75rem)] z-50 m-0 flex h-auto w-full flex-col items-center gap-2 overflow-visible border-0 bg-transparent p-0 px-4 text-ink md:bottom-6 [:root:has(dialog[open])_&]:max-md:top-4 [:root:has(dialog[open])_&]:max-md:bottom-auto"
    >
      <For each={toasts()}>
        {(toast) => (
          <div class="enter-up pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-card border border-line bg-surface py-1 pr-1 pl-4 shadow-lift">
            <span class={colours[toast.tone ?? 'sky']}>
              <Icon of={icons[toast.tone ?? 'sky']} />
            </span>
            <Words toast={toast} />
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  class="target rounded-control px-3 font-semibold text-tangerine-text hover:bg-sunken"
                  onClick={() => {
                    action().run()
                    dismissToast(toast.id)
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <button
              type="button"
              aria-label={words.dismiss}
              class="target grid place-items-center rounded-full text-ink-faint hover:bg-sunken hover:text-ink"
              onClick={() => dismissToast(toast.id)}
            >
              <Icon of={X} />
            </button>
          </div>
        )}
      </For>
    </div>
  )
}

function Words(props: { toast: ShownToast }) {
  const words = () => (
    <>
      <Show when={props.toast.title}>
        <span class="block font-semibold">{props.toast.title}</span>
      </Show>
      <span class="line-clamp-2">{props.toast.text}</span>
    </>
  )
  return (
    <Show when={props.toast.href} fallback={<p class="min-w-0 flex-1 py-2">{words()}</p>}>
      {(href) => (
        <Link
          bare
          href={href()}
          class="min-w-0 flex-1 rounded-control py-2 hover:underline"
          onClick={() => {
            props.toast.onFollow?.()
            dismissToast(props.toast.id)
          }}
        >
          {words()}
        </Link>
      )}
    </Show>
  )
}
