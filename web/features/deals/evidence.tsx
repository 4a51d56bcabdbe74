import ImageOff from 'lucide/dist/esm/icons/image-off.mjs'
import ImagePlus from 'lucide/dist/esm/icons/image-plus.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createSignal, createUniqueId, For, onCleanup, Show } from 'solid-js'
import { deals as limits } from '../../../worker/contract/limits.ts'
import type { MediaView } from '../../../worker/contract/media.ts'
import { createPrivateFile } from '../../api/private-files.ts'
import { acceptedTypes } from '../../api/shrink.ts'
import { type Upload, uploadPicture } from '../../api/upload.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { Icon } from '../../ui/icon/icon.tsx'
import { Progress } from '../../ui/progress/progress.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'

interface Picked {
  upload: Upload
  preview: string
}

/** Pictures that go with a step. */
export function createEvidence() {
  const [all, setAll] = createSignal<readonly Picked[]>([])

  function remove(one: Picked): void {
    one.upload.cancel()
    URL.revokeObjectURL(one.preview)
    setAll((before) => before.filter((other) => other !== one))
  }

  /** What was sent belongs to the deal now. */
  function keep(): void {
    for (const { preview } of all()) URL.revokeObjectURL(preview)
    setAll([])
  }

  onCleanup(() => {
    for (const one of all()) remove(one)
  })

  return {
    all,
    remove,
    keep,
    isReady: () => all().every(({ upload }) => upload.state.phase === 'ready'),
    media: () => all().flatMap(({ upload }) => upload.state.media ?? []),
    add(files: readonly File[]): void {
      const taken = files.slice(0, limits.media - all().length).map((file) => ({
        upload: uploadPicture(file, { purpose: 'evidence' }),
        preview: URL.createObjectURL(file),
      }))
      setAll((before) => [...before, ...taken])
    },
  }
}

export type Evidence = ReturnType<typeof createEvidence>

/** `hint`: how many there may be, and who sees them, where that is not the two of a deal. */
export function EvidenceField(props: { evidence: Evidence; hint?: string }) {
  const t = useTexts('deals').form
  const id = createUniqueId()
  return (
    <div class="grid gap-1.5">
      <p id={`label-${id}`} class="font-semibold">
        {t.pictures} <span class="ms-1 text-caption font-normal text-ink-faint">{t.optional}</span>
      </p>
      <ul class="flex flex-wrap gap-2">
        <For each={props.evidence.all()}>
          {(picked, index) => (
            <li class="relative size-20 overflow-hidden rounded-control bg-sunken">
              <img src={picked.preview} alt="" class="size-full object-cover" />
              <Show when={picked.upload.state.phase !== 'ready'}>
                <span class="absolute inset-x-0 bottom-0 bg-veil p-1 text-caption text-paper">
                  <Show
                    when={picked.upload.state.phase === 'failed'}
                    fallback={<Progress label={t.picturesBusy} value={picked.upload.state.progress} />}
                  >
                    {t.pictureFailed}
                  </Show>
                </span>
              </Show>
              <button
                type="button"
                aria-label={t.removePicture(index() + 1)}
                class="target absolute -end-1 -top-1 grid place-items-center"
                onClick={() => props.evidence.remove(picked)}
              >
                <span class="grid size-7 place-items-center rounded-full bg-ink text-paper">
                  <Icon of={X} class="size-4" />
                </span>
              </button>
            </li>
          )}
        </For>
        <Show when={props.evidence.all().length < limits.media}>
          <li>
            <label class="grid size-20 cursor-pointer place-items-center rounded-control border-2 border-dashed border-line text-ink-soft hover:border-edge has-focus-visible:outline-3 has-focus-visible:outline-focus">
              <Icon of={ImagePlus} class="size-6" />
              <span class="sr-only">{t.addPicture}</span>
              <input
                type="file"
                multiple
                accept={acceptedTypes}
                aria-describedby={`hint-${id}`}
                class="sr-only"
                onChange={(event) => {
                  props.evidence.add([...(event.currentTarget.files ?? [])])
                  event.currentTarget.value = ''
                }}
              />
            </label>
          </li>
        </Show>
      </ul>
      <p id={`hint-${id}`} class="text-caption text-ink-soft">
        {props.hint ?? t.picturesHint(limits.media)}
      </p>
    </div>
  )
}

/** Pictures that only the parties and moderators see; each opens large. */
export function EvidenceList(props: { media: readonly MediaView[] }) {
  const t = useTexts('deals').form
  const [open, setOpen] = createSignal<number | null>(null)
  const name = (index: number) => t.picture(index + 1, props.media.length)
  const shown = () => {
    const index = open()
    return index === null ? undefined : props.media[index]
  }
  return (
    <Show when={props.media.length > 0}>
      <ul class="mt-2 flex flex-wrap gap-2">
        <For each={props.media}>
          {(view, index) => (
            <li class="size-24 overflow-hidden rounded-control bg-sunken">
              <button
                type="button"
                aria-label={[name(index()), view.alt].filter(Boolean).join('. ')}
                onClick={() => setOpen(index())}
                class="block size-full cursor-zoom-in focus-visible:-outline-offset-3"
              >
                <PrivateImage view={view} alt="" width={480} class="object-cover" />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Sheet open={open() !== null} onClose={() => setOpen(null)} title={name(open() ?? 0)} size="wide">
        <Show when={shown()} keyed>
          {(view) => (
            <div class="h-[70dvh]">
              <PrivateImage view={view} alt={view.alt || name(open() ?? 0)} width={1_080} class="object-contain" />
            </div>
          )}
        </Show>
      </Sheet>
    </Show>
  )
}

function PrivateImage(props: { view: MediaView; alt: string; width: number; class: string }) {
  const t = useTexts('deals').form
  const { address, isLost } = createPrivateFile(
    () => props.view,
    () => props.width,
  )
  return (
    <Show
      when={address()}
      fallback={
        <span class="grid size-full place-items-center text-ink-faint">
          <Show when={isLost()}>
            <Icon of={ImageOff} label={t.pictureMissing} />
          </Show>
        </span>
      }
    >
      {(src) => <img src={src()} alt={props.alt} class={`size-full ${props.class}`} />}
    </Show>
  )
}
