import ChevronLeft from 'lucide/dist/esm/icons/chevron-left.mjs'
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs'
import { createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import type { MediaView } from '../../../../worker/contract/media.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { lazyPart } from '../../../i18n/lazy-part.ts'
import { IconButton } from '../../../ui/button/button.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'

const Zoom = lazyPart(() => import('./zoom.tsx').then((file) => file.Zoom), [])

const sizes = '(width >= 80rem) 34rem, (width >= 48rem) 60vw, 100vw'

/** The pictures side by side: pushed by thumb, arrows or keys, and opened large. `children` lie on the first corner. */
export function Gallery(props: { images: readonly MediaView[]; children?: JSX.Element }) {
  const t = useTexts('room').gallery
  const [place, setPlace] = createSignal(0)
  const [zoomed, setZoomed] = createSignal<number | null>(null)
  const count = () => props.images.length
  let track: HTMLUListElement | undefined

  function show(next: number): void {
    const at = Math.max(0, Math.min(count() - 1, next))
    track?.scrollTo({ left: at * track.clientWidth, behavior: 'smooth' })
  }

  return (
    <section aria-label={t.label} class="grid gap-2">
      <div class="relative -mx-4 overflow-hidden bg-sunken md:mx-0 md:rounded-card md:border md:border-line">
        <ul
          ref={track}
          class="flex aspect-[4/3] snap-x snap-mandatory overflow-x-auto overscroll-x-contain [scrollbar-width:none] md:aspect-square"
          onScroll={(event) => {
            const { scrollLeft, clientWidth } = event.currentTarget
            if (clientWidth > 0) setPlace(Math.round(scrollLeft / clientWidth))
          }}
        >
          <For each={props.images}>
            {(image, index) => (
              <li class="relative w-full shrink-0 snap-center">
                <button
                  type="button"
                  class="block size-full cursor-zoom-in focus-visible:-outline-offset-4"
                  aria-label={`${t.of(index() + 1, count())}: ${image.alt || t.noAlt(index() + 1)}. ${t.zoom}`}
                  onClick={() => setZoomed(index())}
                  onFocus={() => show(index())}
                >
                  <Picture view={image} sizes={sizes} alt="" eager={index() === 0} />
                </button>
              </li>
            )}
          </For>
        </ul>
        <div class="pointer-events-none absolute inset-x-3 top-3 flex items-start justify-between gap-2">
          {props.children}
        </div>
        <Show when={count() > 1}>
          <span
            aria-hidden="true"
            class="figures pointer-events-none absolute end-3 bottom-3 rounded-full bg-surface/85 px-2.5 py-0.5 text-caption font-semibold backdrop-blur-sm"
          >
            {place() + 1} / {count()}
          </span>
          <div class="needs-script pointer-events-none absolute inset-x-2 top-1/2 hidden -translate-y-1/2 justify-between md:flex">
            <IconButton
              icon={ChevronLeft}
              label={t.previous}
              disabled={place() === 0}
              onClick={() => show(place() - 1)}
              class="pointer-events-auto bg-surface/85 backdrop-blur-sm disabled:invisible"
            />
            <IconButton
              icon={ChevronRight}
              label={t.next}
              disabled={place() === count() - 1}
              onClick={() => show(place() + 1)}
              class="pointer-events-auto bg-surface/85 backdrop-blur-sm disabled:invisible"
            />
          </div>
        </Show>
      </div>
      <Show when={count() > 1}>
        <ul class="needs-script hidden grid-cols-6 gap-2 md:grid">
          <For each={props.images}>
            {(image, index) => (
              <li>
                <button
                  type="button"
                  aria-label={t.show(index() + 1)}
                  aria-current={place() === index() ? 'true' : undefined}
                  onClick={() => show(index())}
                  class="block aspect-square w-full overflow-hidden rounded-control border-2 border-transparent opacity-70 transition-opacity hover:opacity-100 aria-[current=true]:border-tangerine-text aria-[current=true]:opacity-100"
                >
                  <Picture view={image} sizes="5rem" alt="" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Suspense>
        <Show when={zoomed() !== null}>
          <Zoom images={props.images} first={zoomed() ?? 0} onClose={() => setZoomed(null)} />
        </Show>
      </Suspense>
    </section>
  )
}
