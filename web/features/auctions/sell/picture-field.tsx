import Camera from 'lucide/dist/esm/icons/camera.mjs'
import GripVertical from 'lucide/dist/esm/icons/grip-vertical.mjs'
import ImagePlus from 'lucide/dist/esm/icons/image-plus.mjs'
import RotateCcw from 'lucide/dist/esm/icons/rotate-ccw.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createSignal, createUniqueId, For, onCleanup, onMount, Show } from 'solid-js'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { acceptedTypes } from '../../../api/shrink.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { Chip } from '../../../ui/chip/chip.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { announceNow } from '../../../ui/live-region/live-region.tsx'
import { Picture } from '../../../ui/picture/picture.tsx'
import { Progress } from '../../../ui/progress/progress.tsx'
import { showToast } from '../../../ui/toast/toast.tsx'
import type { FormPicture, Pictures } from './pictures.ts'

/** Pictures of an auction: picked, dropped, pasted or taken; put in order by dragging or by keys; described for those who do not see them. */
export function PictureField(props: { pictures: Pictures; error: string | undefined }) {
  const t = useTexts('sell').pictures
  const id = createUniqueId()
  const [isOver, setOver] = createSignal(false)
  const [dragged, setDragged] = createSignal<string | null>(null)
  const items = () => props.pictures.pictures
  const isFull = () => items().length >= limits.images
  let list: HTMLOListElement | undefined
  let picker: HTMLInputElement | undefined
  let camera: HTMLInputElement | undefined

  function take(files: FileList | null | undefined): void {
    if (!files || files.length === 0) return
    if (props.pictures.add(files) > 0) showToast({ text: t.tooMany(limits.images), tone: 'brick' })
  }

  onMount(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.clipboardData?.files.length) take(event.clipboardData.files)
    }
    document.addEventListener('paste', onPaste)
    onCleanup(() => document.removeEventListener('paste', onPaste))
  })

  function move(key: string, to: number): void {
    const from = items().findIndex((picture) => picture.key === key)
    if (to < 0 || to >= items().length || to === from) return
    props.pictures.move(key, to)
    announceNow(t.moved(to + 1))
  }

  /** The picture under the pointer gives way: works alike for mouse and finger. */
  function dragOver(event: PointerEvent): void {
    const key = dragged()
    if (key === null) return
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-place]')
    if (under && list?.contains(under)) move(key, Number(under.dataset.place))
  }

  return (
    <div
      class={`grid gap-3 rounded-card border-2 border-dashed p-3 transition-colors ${isOver() ? 'border-tangerine bg-tangerine-tint' : props.error ? 'border-brick' : 'border-line'}`}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <Show when={items().length > 0}>
        <ol ref={list} class="grid gap-3 sm:grid-cols-2">
          <For each={items()}>
            {(picture, index) => (
              <li
                data-place={index()}
                class={`grid grid-cols-[6rem_1fr] gap-3 rounded-card border bg-surface p-2 ${dragged() === picture.key ? 'border-tangerine opacity-70' : 'border-line'}`}
              >
                <div class="relative size-24 overflow-hidden rounded-control bg-sunken">
                  <Show when={picture.view} fallback={<Sending picture={picture} />}>
                    {(view) => <Picture view={view()} sizes="6rem" alt="" />}
                  </Show>
                  <Show when={index() === 0}>
                    <Chip tone="tangerine" solid class="absolute start-1 top-1">
                      {t.cover}
                    </Chip>
                  </Show>
                </div>
                <div class="flex min-w-0 flex-col gap-1">
                  <div class="flex items-center justify-end">
                    <button
                      type="button"
                      aria-label={t.move(index() + 1, items().length)}
                      class="target me-auto grid cursor-grab touch-none place-items-center rounded-control text-ink-soft hover:bg-sunken"
                      onKeyDown={(event) => {
                        const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
                        if (step === undefined) return
                        event.preventDefault()
                        const button = event.currentTarget
                        move(picture.key, index() + step)
                        button.focus()
                      }}
                      onPointerDown={(event) => {
                        event.currentTarget.setPointerCapture(event.pointerId)
                        setDragged(picture.key)
                      }}
                      onPointerMove={dragOver}
                      onPointerUp={() => setDragged(null)}
                      onPointerCancel={() => setDragged(null)}
                    >
                      <Icon of={GripVertical} />
                    </button>
                    <IconButton
                      icon={X}
                      label={`${t.remove} ${index() + 1}`}
                      onClick={() => props.pictures.remove(picture.key)}
                    />
                  </div>
                  <Show
                    when={picture.upload?.state.phase === 'failed' && picture.upload}
                    fallback={<Description picture={picture} pictures={props.pictures} />}
                  >
                    {(upload) => <Failed picture={picture} onRetry={() => upload().retry()} />}
                  </Show>
                </div>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <div class="flex flex-wrap items-center gap-2">
        <Button
          icon={ImagePlus}
          disabled={isFull()}
          aria-describedby={`hint-${id} error-${id}`}
          aria-invalid={props.error ? 'true' : undefined}
          onClick={() => picker?.click()}
        >
          {t.add}
        </Button>
        <Button icon={Camera} class="pointer-fine:hidden" disabled={isFull()} onClick={() => camera?.click()}>
          {t.take}
        </Button>
        <input
          ref={picker}
          type="file"
          accept={acceptedTypes}
          multiple
          hidden
          data-picker
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
        <input
          ref={camera}
          type="file"
          accept={acceptedTypes}
          capture="environment"
          hidden
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
        <p id={`hint-${id}`} class="text-caption text-ink-soft">
          {t.help(limits.images)} <span class="pointer-coarse:hidden">{t.drop}.</span>
        </p>
      </div>
      <p id={`error-${id}`} aria-live="polite" class="text-caption font-medium text-brick empty:hidden">
        {props.error}
      </p>
    </div>
  )
}

function Sending(props: { picture: FormPicture }) {
  const t = useTexts('sell').pictures
  const state = () => props.picture.upload?.state
  const words = () => {
    const now = state()
    if (!now) return ''
    if (now.phase === 'shrinking') return t.shrinking
    return now.phase === 'sending' ? t.sending(Math.round(now.progress * 100)) : t.processing
  }
  return (
    <Show when={state()?.phase !== 'failed'}>
      <div class="absolute inset-0 grid content-center gap-1.5 p-2 text-center text-caption text-ink-soft">
        {words()}
        <Progress label={words()} value={state()?.phase === 'sending' ? state()?.progress : undefined} />
      </div>
    </Show>
  )
}

function Description(props: { picture: FormPicture; pictures: Pictures }) {
  const t = useTexts('sell').pictures
  const id = createUniqueId()
  return (
    <>
      <label for={`alt-${id}`} class="text-caption text-ink-soft">
        {t.describe}
      </label>
      <input
        id={`alt-${id}`}
        type="text"
        maxlength="100"
        value={props.picture.alt}
        title={t.describeHelp}
        onInput={(event) => props.pictures.describe(props.picture.key, event.currentTarget.value)}
        class="min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-2.5 text-body"
      />
      <Show when={props.picture.upload?.state.isSlow}>
        <p class="text-caption text-ink-soft">{t.slow}</p>
      </Show>
    </>
  )
}

function Failed(props: { picture: FormPicture; onRetry: () => void }) {
  const t = useTexts('sell').pictures
  const words = useProblemWords()
  const reason = () => {
    const state = props.picture.upload?.state
    if (state?.fault) return t.faults[state.fault]
    return state?.problem ? words(state.problem).title : t.faults.failed
  }
  return (
    <div role="alert" class="grid gap-1">
      <p class="text-caption font-medium text-brick">{reason()}</p>
      <Button size="small" icon={RotateCcw} onClick={() => props.onRetry()}>
        {t.retry}
      </Button>
    </div>
  )
}
