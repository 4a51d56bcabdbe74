import ImageOff from 'lucide/dist/esm/icons/image-off.mjs'
import { createSignal, For, Show } from 'solid-js'
import type { MediaView } from '../../../worker/contract/media.ts'
import { createPrivateFile } from '../../api/private-files.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Icon } from '../../ui/icon/icon.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'

/** A picture that only members see; fills the space it is given. */
export function PrivatePicture(props: { view: MediaView; width: number; alt?: string; fit?: 'cover' | 'contain' }) {
  const t = useTexts('messages')
  const { address, isLost } = createPrivateFile(
    () => props.view,
    () => props.width,
  )
  return (
    <Show
      when={!isLost()}
      fallback={
        <span class="grid size-full place-items-center bg-sunken text-ink-faint">
          <Icon of={ImageOff} class="size-6" label={props.alt === '' ? undefined : t.pictureMissing} />
        </span>
      }
    >
      <Show
        when={address()}
        fallback={<span class="block size-full animate-[breathe_1.6s_ease-in-out_infinite] bg-sunken" />}
      >
        {(src) => (
          <img
            src={src()}
            alt={props.alt ?? props.view.alt}
            width={props.view.width}
            height={props.view.height}
            class={`enter-fade size-full ${props.fit === 'contain' ? 'object-contain' : 'object-cover'}`}
          />
        )}
      </Show>
    </Show>
  )
}

/** The pictures of one message: one as it is, more as a mosaic; each opens large. */
export function MessagePictures(props: { images: readonly MediaView[] }) {
  const t = useTexts('messages')
  const [open, setOpen] = createSignal<number | null>(null)
  const shown = () => {
    const index = open()
    return index === null ? undefined : props.images[index]
  }
  const isAlone = () => props.images.length === 1
  return (
    <>
      <ul
        class={`grid gap-1 overflow-hidden rounded-card ${
          isAlone()
            ? 'w-56 md:w-72'
            : props.images.length === 2 || props.images.length === 4
              ? 'w-60 grid-cols-2 md:w-80'
              : 'w-60 grid-cols-3 md:w-80'
        }`}
      >
        <For each={props.images}>
          {(image, index) => (
            <li>
              <button
                type="button"
                aria-label={[t.picture(index() + 1, props.images.length), image.alt].filter(Boolean).join('. ')}
                onClick={() => setOpen(index())}
                class={`block w-full cursor-zoom-in overflow-hidden focus-visible:-outline-offset-3 ${isAlone() ? shapeOf(image) : 'aspect-square'}`}
              >
                <PrivatePicture view={image} width={480} alt="" />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Sheet
        open={open() !== null}
        onClose={() => setOpen(null)}
        title={t.picture((open() ?? 0) + 1, props.images.length)}
        size="wide"
      >
        <Show when={shown()} keyed>
          {(image) => (
            <div class="h-[70dvh]">
              <PrivatePicture view={image} width={1_080} fit="contain" />
            </div>
          )}
        </Show>
      </Sheet>
    </>
  )
}

/** Its own shape within reason, so that nothing moves when it comes. */
function shapeOf({ width, height }: MediaView): string {
  const ratio = width / height
  return ratio > 1.2 ? 'aspect-4/3' : ratio < 0.85 ? 'aspect-3/4' : 'aspect-square'
}
