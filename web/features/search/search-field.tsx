import Search from 'lucide/dist/esm/icons/search.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createEffect, createSignal, on, Show } from 'solid-js'
import { useTexts } from '../../i18n/i18n.ts'
import { Button } from '../../ui/button/button.tsx'
import { Icon } from '../../ui/icon/icon.tsx'
import { useHref } from '../../ui/navigation/navigation.ts'
import { type Asked, searchHref } from './queries.ts'

/** A form that is a link whose query is typed; suggestions come later and by themselves. */
export function SearchField(props: { asked: Asked }) {
  const t = useTexts('search')
  const action = useHref(() => searchHref({}))
  /** What is being typed; null until then, and again once it has been looked for. */
  const [typed, setTyped] = createSignal<string | null>(null)
  let input: HTMLInputElement | undefined
  createEffect(
    on(
      () => props.asked.q,
      (q) => {
        setTyped(null)
        if (q === '') input?.focus({ preventScroll: true })
      },
    ),
  )
  const words = () => typed() ?? props.asked.q
  return (
    // With words the header's field has them on wide screens; without, this is the page.
    <search class={`mt-3 block max-w-2xl ${props.asked.q ? 'md:hidden' : ''}`}>
      <form
        method="get"
        action={action()}
        class="flex gap-2"
        // On phones the keyboard would stay over what was found.
        onSubmit={() => matchMedia('(pointer: coarse)').matches && input?.blur()}
      >
        <Show when={props.asked.type !== 'auctions'}>
          <input type="hidden" name="type" value={props.asked.type} />
        </Show>
        <div data-suggestions class="relative min-w-0 flex-1">
          <span class="pointer-events-none absolute inset-y-0 start-3.5 grid place-items-center text-ink-faint">
            <Icon of={Search} />
          </span>
          <input
            ref={input}
            type="search"
            name="q"
            data-suggest
            required
            aria-label={t.field}
            placeholder={t.placeholder}
            maxlength="100"
            enterkeyhint="search"
            value={words()}
            onInput={(event) => setTyped(event.currentTarget.value)}
            class="min-h-12 w-full rounded-full border border-edge bg-surface ps-11 pe-12 text-lead [&::-webkit-search-cancel-button]:hidden"
          />
          <Show when={words() !== ''}>
            <button
              type="button"
              aria-label={t.clear}
              onClick={() => {
                setTyped('')
                if (!input) return
                input.value = ''
                input.focus()
              }}
              class="target absolute end-0.5 top-0.5 grid place-items-center rounded-full text-ink-soft hover:bg-sunken"
            >
              <Icon of={X} />
            </button>
          </Show>
        </div>
        <Button type="submit" look="main" class="rounded-full max-sm:sr-only">
          {t.submit}
        </Button>
      </form>
    </search>
  )
}
