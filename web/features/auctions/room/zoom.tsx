import ChevronLeft from 'lucide/dist/esm/icons/chevron-left.mjs'
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import ZoomIn from 'lucide/dist/esm/icons/zoom-in.mjs'
import ZoomOut from 'lucide/dist/esm/icons/zoom-out.mjs'
import { createSignal, onMount, Show } from 'solid-js'
import type { MediaView } from '../../../../worker/contract/media.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { IconButton } from '../../../ui/button/button.tsx'
import { LiveRegionsOfDialog } from '../../../ui/live-region/live-region.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'

const closest = 4

/**
 * The pictures over the whole screen. Two fingers, a double tap, the wheel or the buttons zoom; one finger or the arrow keys
 * move what is enlarged, and go to the next picture when nothing is.
 */
export function Zoom(props: { images: readonly MediaView[]; first: number; onClose: () => void }) {
  const t = useTexts('room').gallery
  const common = useTexts('common').kit
  // oxlint-disable-next-line solid/reactivity -- where it was opened; from there on it moves by itself
  const [place, setPlace] = createSignal(props.first)
  const [view, setView] = createSignal({ scale: 1, x: 0, y: 0 })
  const fingers = new Map<number, { x: number; y: number }>()
  let dialog: HTMLDialogElement | undefined
  let stage: HTMLDivElement | undefined
  let swipeFrom: { x: number; y: number } | null = null

  onMount(() => dialog?.showModal())

  const image = () => props.images[place()]
  const isLarge = () => view().scale > 1.01

  /** Enlarges about a point of the stage, and keeps the picture on it. */
  function zoomTo(scale: number, at: { x: number; y: number } = { x: 0, y: 0 }): void {
    const next = Math.max(1, Math.min(closest, scale))
    const ratio = next / view().scale
    moveTo(next, at.x - (at.x - view().x) * ratio, at.y - (at.y - view().y) * ratio)
  }

  function moveTo(scale: number, x: number, y: number): void {
    const room = { x: ((stage?.clientWidth ?? 0) * (scale - 1)) / 2, y: ((stage?.clientHeight ?? 0) * (scale - 1)) / 2 }
    setView({
      scale,
      x: Math.max(-room.x, Math.min(room.x, x)),
      y: Math.max(-room.y, Math.min(room.y, y)),
    })
  }

  function turnTo(next: number): void {
    if (next < 0 || next >= props.images.length) return
    setPlace(next)
    moveTo(1, 0, 0)
  }

  /** A point measured from the middle of the stage. */
  function pointOf(event: PointerEvent | MouseEvent): { x: number; y: number } {
    const box = stage?.getBoundingClientRect()
    return box
      ? { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
      : { x: 0, y: 0 }
  }

  function onPointerMove(event: PointerEvent): void {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) {
      const apart = Math.hypot(now.x - other.x, now.y - other.y)
      const was = Math.hypot(before.x - other.x, before.y - other.y)
      if (was > 0) zoomTo((view().scale * apart) / was, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
      swipeFrom = null
    } else if (isLarge()) moveTo(view().scale, view().x + now.x - before.x, view().y + now.y - before.y)
    fingers.set(event.pointerId, now)
  }

  function onPointerUp(event: PointerEvent): void {
    const end = pointOf(event)
    fingers.delete(event.pointerId)
    const aside = swipeFrom && !isLarge() ? end.x - swipeFrom.x : 0
    const down = swipeFrom && !isLarge() ? end.y - swipeFrom.y : 0
    swipeFrom = null
    if (Math.abs(aside) > 60 && Math.abs(aside) > Math.abs(down)) turnTo(place() - Math.sign(aside))
    else if (down > 120) props.onClose()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = 80
    const { scale, x, y } = view()
    const act: Record<string, () => void> = {
      ArrowLeft: () => (isLarge() ? moveTo(scale, x + step, y) : turnTo(place() - 1)),
      ArrowRight: () => (isLarge() ? moveTo(scale, x - step, y) : turnTo(place() + 1)),
      ArrowUp: () => moveTo(scale, x, y + step),
      ArrowDown: () => moveTo(scale, x, y - step),
      '+': () => zoomTo(scale * 1.5),
      '=': () => zoomTo(scale * 1.5),
      '-': () => zoomTo(scale / 1.5),
    }
    const run = act[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- every key has a button, too
    <dialog
      ref={dialog}
      aria-label={t.label}
      onClose={() => props.onClose()}
      onKeyDown={onKeyDown}
      class="m-0 h-dvh max-h-none w-dvw max-w-none bg-paper p-0 backdrop:bg-veil open:flex open:flex-col open:enter-fade"
    >
      <LiveRegionsOfDialog />
      <div class="flex items-center justify-between gap-2 px-2 pt-[env(safe-area-inset-top)]">
        <p class="figures ps-3 font-semibold" aria-live="polite">
          <span class="sr-only">{t.of(place() + 1, props.images.length)}. </span>
          <span aria-hidden="true">
            {place() + 1} / {props.images.length}
          </span>
        </p>
        <div class="flex">
          <IconButton
            icon={ZoomOut}
            label={t.zoomOut}
            disabled={!isLarge()}
            onClick={() => zoomTo(view().scale / 1.6)}
          />
          <IconButton
            icon={ZoomIn}
            label={t.zoomIn}
            disabled={view().scale >= closest}
            onClick={() => zoomTo(view().scale * 1.6)}
          />
          <IconButton icon={X} label={common.close} onClick={() => dialog?.close()} />
        </div>
      </div>
      <div
        ref={stage}
        class={`relative min-h-0 flex-1 touch-none overflow-hidden select-none ${isLarge() ? 'cursor-grab' : 'cursor-zoom-in'}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          fingers.set(event.pointerId, pointOf(event))
          swipeFrom = fingers.size === 1 ? pointOf(event) : null
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onDblClick={(event) => zoomTo(isLarge() ? 1 : 2.5, pointOf(event))}
        onWheel={(event) => {
          event.preventDefault()
          zoomTo(view().scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), pointOf(event))
        }}
      >
        <div
          class="size-full [&_img]:pointer-events-none"
          style={{ transform: `translate(${view().x}px, ${view().y}px) scale(${view().scale})` }}
        >
          <Show when={image()} keyed>
            {(shown) => (
              <Picture
                view={shown}
                sizes="100vw"
                fit="contain"
                eager
                alt={shown.alt || t.noAlt(place() + 1)}
                class="bg-transparent"
              />
            )}
          </Show>
        </div>
        <Show when={props.images.length > 1 && !isLarge()}>
          <div class="pointer-events-none absolute inset-x-2 top-1/2 flex -translate-y-1/2 justify-between">
            <IconButton
              icon={ChevronLeft}
              label={t.previous}
              disabled={place() === 0}
              onClick={() => turnTo(place() - 1)}
              class="pointer-events-auto bg-surface/85 disabled:invisible"
            />
            <IconButton
              icon={ChevronRight}
              label={t.next}
              disabled={place() === props.images.length - 1}
              onClick={() => turnTo(place() + 1)}
              class="pointer-events-auto bg-surface/85 disabled:invisible"
            />
          </div>
        </Show>
      </div>
      <Show when={image()?.alt}>
        {(alt) => (
          <p class="px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-center text-ink-soft">{alt()}</p>
        )}
      </Show>
    </dialog>
  )
}
