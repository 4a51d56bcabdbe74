import ImagePlus from 'lucide/dist/esm/icons/image-plus.mjs'
import Trash2 from 'lucide/dist/esm/icons/trash.mjs'
import { createEffect, createSignal, Show } from 'solid-js'
import type { OwnAccount } from '../../../worker/contract/accounts.ts'
import { asProblem } from '../../api/problem.ts'
import { acceptedTypes } from '../../api/shrink.ts'
import { type Upload, uploadPicture } from '../../api/upload.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { useProblemWords } from '../../i18n/problem-words.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Button } from '../../ui/button/button.tsx'
import { PictureCrop, type SquareCut } from '../../ui/picture-crop/picture-crop.tsx'
import { ProblemNote } from '../../ui/problem-note/problem-note.tsx'
import { Progress } from '../../ui/progress/progress.tsx'
import { Sheet } from '../../ui/sheet/sheet.tsx'

/** Picks, cuts, sends and sets the profile's picture; it takes effect by itself, apart from the rest of the form. */
export function ProfilePicture(props: {
  own: OwnAccount
  onBusy: (isBusy: boolean) => void
  /** Sets the picture (its id, or null for none). Rejects with the problem. */
  onPicture: (media: string | null) => Promise<unknown>
}) {
  const t = useTexts('settings')
  const common = useTexts('common')
  const words = useProblemWords()
  const [picked, setPicked] = createSignal<File | null>(null)
  const [upload, setUpload] = createSignal<Upload | null>(null)
  const [problem, setProblem] = createSignal<unknown>(null)
  let cut: SquareCut | undefined
  let input: HTMLInputElement | undefined

  async function send(file: File): Promise<void> {
    setPicked(null)
    setProblem(null)
    const started = uploadPicture(file, { purpose: 'profile', ...(cut ? { crop: cut } : {}) })
    setUpload(started)
    const view = await started.done
    if (view) await set(view.media)
  }

  async function set(media: string | null): Promise<void> {
    try {
      await props.onPicture(media)
      setUpload(null)
    } catch (thrown) {
      setProblem(() => thrown)
    }
  }

  function said(): string | null {
    const state = upload()?.state
    if (!state || state.phase === 'ready' || state.phase === 'failed') return null
    return state.phase === 'processing' ? t.profile.processing : t.profile.uploading
  }

  createEffect(() => props.onBusy(said() !== null))

  function failure(): { title: string; text?: string | undefined } | null {
    const state = upload()?.state
    if (state?.fault) return { title: t.profile.faults[state.fault] ?? words({ code: 'internal' }).title }
    const thrown = state?.problem ?? problem()
    return thrown == null ? null : words(asProblem(thrown))
  }

  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-wrap items-center gap-5">
        <Avatar
          name={props.own.name}
          handle={props.own.handle}
          picture={upload()?.state.view ?? props.own.picture}
          size="huge"
        />
        <div class="flex flex-col items-start gap-1">
          <p class="font-semibold">{t.profile.picture}</p>
          <input
            ref={input}
            type="file"
            accept={acceptedTypes}
            class="sr-only"
            tabindex="-1"
            aria-hidden="true"
            onChange={(event) => {
              setPicked(event.currentTarget.files?.[0] ?? null)
              event.currentTarget.value = ''
            }}
          />
          <Button size="small" icon={ImagePlus} busy={said() !== null} onClick={() => input?.click()}>
            {t.profile.choose}
          </Button>
          <Show when={props.own.picture}>
            <Button size="small" look="quiet" icon={Trash2} onClick={() => void set(null)}>
              {t.profile.removePicture}
            </Button>
          </Show>
        </div>
      </div>
      <div aria-live="polite">
        <Show when={said()}>
          {(said) => (
            <>
              <p class="mb-1.5 text-caption text-ink-soft">{upload()?.state.isSlow ? t.profile.slow : said()}</p>
              <Progress
                label={said()}
                value={upload()?.state.phase === 'sending' ? upload()?.state.progress : undefined}
              />
            </>
          )}
        </Show>
      </div>
      <Show when={failure()}>
        {(failure) => (
          <ProblemNote
            title={failure().title}
            text={failure().text}
            action={
              <Show when={upload()?.state.problem}>
                <Button size="small" onClick={() => upload()?.retry()}>
                  {common.retry}
                </Button>
              </Show>
            }
          />
        )}
      </Show>
      <Sheet
        open={picked() !== null}
        onClose={() => setPicked(null)}
        title={t.profile.cropTitle}
        footer={
          <Button
            look="main"
            wide
            onClick={() => {
              const file = picked()
              if (file) void send(file)
            }}
          >
            {t.profile.use}
          </Button>
        }
      >
        <Show when={picked()} keyed>
          {(file) => (
            <PictureCrop
              file={file}
              label={t.profile.cropArea}
              zoomLabel={t.profile.zoom}
              hint={t.profile.cropHint}
              onCut={(next) => (cut = next)}
            />
          )}
        </Show>
      </Sheet>
    </div>
  )
}
