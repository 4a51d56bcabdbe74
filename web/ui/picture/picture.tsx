import ImageOff from 'lucide/dist/esm/icons/image-off.mjs'
import { type Accessor, createEffect, createSignal, on, Show } from 'solid-js'
import { isServer } from 'solid-js/web'
import { Icon } from '../icon/icon.tsx'

/** What a picture needs to be shown; the API's media view fits. */
export interface PictureView {
  alt: string
  width: number
  height: number
  thumbhash: string
  sources: readonly { width: number; avif: string; webp: string }[]
}

/**
 * A picture in the size that fits, AVIF or WebP, over its blur until it is there; the space is the parent's, which it
 * fills (`cover`) or fits into (`contain`). `sizes` as in HTML: how wide it will be shown. `eager` for the first of a page.
 * `alt` replaces the picture's own text where the words beside it already say the same (then it is empty).
 */
export function Picture(props: {
  view: PictureView | null | undefined
  sizes: string
  fit?: 'cover' | 'contain'
  eager?: boolean
  alt?: string
  class?: string
}) {
  const [failed, setFailed] = createSignal(false)
  let under: HTMLImageElement | undefined
  const blur = createBlur(
    () => props.view?.thumbhash,
    () => under,
  )
  const fit = () => (props.fit === 'contain' ? 'object-contain' : 'object-cover')
  const set = (format: 'avif' | 'webp') => props.view?.sources.map((one) => `${one[format]} ${one.width}w`).join(', ')
  createEffect(
    on(
      () => props.view,
      () => setFailed(false),
      { defer: true },
    ),
  )
  return (
    <div class={`relative size-full overflow-hidden bg-sunken ${props.class ?? ''}`}>
      <Show
        when={failed() ? null : props.view}
        fallback={
          <span class="absolute inset-0 grid place-items-center text-ink-faint">
            <Icon of={ImageOff} class="size-7" label={props.alt ?? props.view?.alt} />
          </span>
        }
      >
        {(view) => (
          <>
            <img ref={under} src={blur()} alt="" aria-hidden="true" class={`absolute inset-0 size-full ${fit()}`} />
            <picture>
              <source type="image/avif" srcset={set('avif')} sizes={props.sizes} />
              <img
                src={view().sources.find((one) => one.width >= 480)?.webp ?? view().sources.at(-1)?.webp}
                srcset={set('webp')}
                sizes={props.sizes}
                alt={props.alt ?? view().alt}
                width={view().width}
                height={view().height}
                loading={props.eager ? 'eager' : 'lazy'}
                fetchpriority={props.eager ? 'high' : 'auto'}
                decoding="async"
                class={`absolute inset-0 size-full ${fit()}`}
                onError={() => setFailed(true)}
              />
            </picture>
          </>
        )}
      </Show>
    </div>
  )
}

let makeBlur: ((thumbhash: string) => string | null) | null = null

/** For the edge: hands over what makes blurs (`blur.ts`), so that it is in no page's first load. */
export function makeBlursWith(make: (thumbhash: string) => string | null): void {
  makeBlur = make
}

/**
 * The edge writes the blur into the page, and waking leaves it there. What makes blurs comes to the browser only for
 * pictures that the edge has not seen.
 */
function createBlur(thumbhash: Accessor<string | undefined>, image: () => HTMLImageElement | undefined) {
  if (isServer) return () => makeBlur?.(thumbhash() ?? '') ?? undefined
  const [url, setUrl] = createSignal<string | undefined>()
  createEffect(
    on(thumbhash, (hash, before) => {
      if (!hash || (before === undefined && image()?.hasAttribute('src'))) return
      void import('./blur.ts').then((file) => setUrl(file.blurUrl(hash) ?? undefined)).catch(() => {})
    }),
  )
  return url
}
