import { createEffect, createSignal, onCleanup } from 'solid-js'

/** A square cut of the picture, in its own pixels. */
export interface SquareCut {
  x: number
  y: number
  width: number
  height: number
}

const mostZoom = 4
const keySteps: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Chooses the square of a picture that will be seen: drag or arrow keys move it, a slider zooms. The picture may not
 * leave the square. A kit's cropper would weigh 12 kB for what these lines do.
 */
export function PictureCrop(props: {
  file: Blob
  label: string
  zoomLabel: string
  hint: string
  onCut: (cut: SquareCut) => void
}) {
  const [size, setSize] = createSignal<{ width: number; height: number } | null>(null)
  const [zoom, setZoom] = createSignal(1)
  /** Middle of the square, as shares of the picture's width and height. */
  const [middle, setMiddle] = createSignal({ x: 0.5, y: 0.5 })
  let box: HTMLDivElement | undefined
  let image: HTMLImageElement | undefined
  let held: { pointer: number; x: number; y: number } | null = null

  // oxlint-disable-next-line solid/reactivity -- another file is another cropper
  const url = URL.createObjectURL(props.file)
  onCleanup(() => URL.revokeObjectURL(url))

  function cutOf(at: { x: number; y: number }): SquareCut | null {
    const whole = size()
    if (!whole) return null
    const side = Math.min(whole.width, whole.height) / zoom()
    const left = Math.min(Math.max(0, at.x * whole.width - side / 2), whole.width - side)
    const top = Math.min(Math.max(0, at.y * whole.height - side / 2), whole.height - side)
    return { x: Math.round(left), y: Math.round(top), width: Math.round(side), height: Math.round(side) }
  }

  function moveBy(xPixels: number, yPixels: number): void {
    const whole = size()
    if (!whole || !box) return
    const scale = Math.min(whole.width, whole.height) / zoom() / box.clientWidth
    const { x, y } = middle()
    const cut = cutOf({ x: x + (xPixels * scale) / whole.width, y: y + (yPixels * scale) / whole.height })
    if (cut) setMiddle({ x: (cut.x + cut.width / 2) / whole.width, y: (cut.y + cut.height / 2) / whole.height })
  }

  createEffect(() => {
    const whole = size()
    const cut = cutOf(middle())
    if (!whole || !cut || !image) return
    props.onCut(cut)
    image.style.width = `${(whole.width / cut.width) * 100}%`
    image.style.height = `${(whole.height / cut.height) * 100}%`
    image.style.left = `${(-cut.x / cut.width) * 100}%`
    image.style.top = `${(-cut.y / cut.height) * 100}%`
  })

  function onKeyDown(event: KeyboardEvent) {
    const step = keySteps[event.key]
    if (!step) return
    event.preventDefault()
    moveBy(step[0] * 12, step[1] * 12)
  }

  return (
    <div class="flex flex-col gap-3">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see its tabindex */}
      <div
        ref={box}
        role="application"
        aria-label={props.label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a picture that is moved has no native element; keys do what the pointer does
        tabindex="0"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          held = { pointer: event.pointerId, x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => {
          if (held?.pointer !== event.pointerId) return
          moveBy(held.x - event.clientX, held.y - event.clientY)
          held = { pointer: event.pointerId, x: event.clientX, y: event.clientY }
        }}
        onPointerUp={() => (held = null)}
        onPointerCancel={() => (held = null)}
        class="relative mx-auto aspect-square w-full max-w-80 cursor-grab touch-none overflow-hidden rounded-full bg-sunken active:cursor-grabbing"
      >
        <img
          ref={image}
          src={url}
          alt=""
          draggable={false}
          class="absolute max-w-none select-none"
          onLoad={(event) =>
            setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
          }
        />
      </div>
      <label class="flex items-center gap-3">
        <span class="font-semibold">{props.zoomLabel}</span>
        <input
          type="range"
          min="1"
          max={mostZoom}
          step="0.05"
          value={zoom()}
          onInput={(event) => setZoom(event.currentTarget.valueAsNumber)}
          class="min-h-11 flex-1 accent-(--tangerine-text)"
        />
      </label>
      <p class="text-caption text-ink-soft">{props.hint}</p>
    </div>
  )
}
