import ImagePlus from 'lucide/dist/esm/icons/image-plus.mjs'
import Pencil from 'lucide/dist/esm/icons/pencil.mjs'
import RotateCw from 'lucide/dist/esm/icons/rotate-cw.mjs'
import SendHorizontal from 'lucide/dist/esm/icons/send-horizontal.mjs'
import X from 'lucide/dist/esm/icons/x.mjs'
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { chat as limits, media } from '../../../../worker/contract/limits.ts'
import { asProblem, type ApiProblem } from '../../../api/problem.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button, IconButton } from '../../../ui/button/button.tsx'
import { Icon } from '../../../ui/icon/icon.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Progress } from '../../../ui/progress/progress.tsx'
import { type Attachments, createAttachments } from './attachments.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { useRoom } from './room-context.ts'

/** Below so many letters it is told how many are left. */
const tellLeft = 50

/** Where one writes: Enter sends, Shift and Enter breaks the line, Escape leaves the changing of a message. */
export function Composer() {
  const t = useTexts('messages')
  const words = useProblemWords()
  const room = useRoom()
  const attachments = createAttachments()
  const [text, setText] = createSignal(draftOf(room.id))
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [isSaving, setSaving] = createSignal(false)
  const left = () => limits.text - [...text().trim()].length
  const pictures = () => (room.editing() ? [] : attachments.all())
  const canSend = () => {
    if (left() < 0 || isSaving()) return false
    if (pictures().length > 0) return attachments.isReady()
    return text().trim() !== ''
  }
  let box: HTMLTextAreaElement | undefined
  let draft = ''

  /** As high as what is written, within reason. */
  function fit(): void {
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight + 2}px`
  }
  createEffect(on(text, fit))

  createEffect(
    on(
      room.editing,
      (message, before) => {
        setProblem(null)
        if (message) {
          if (!before) draft = text()
          setText(message.text ?? '')
          box?.focus()
        } else if (before) setText(draft)
      },
      { defer: true },
    ),
  )
  onCleanup(() => keepDraft(room.id, room.editing() ? draft : text()))

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault()
    if (!canSend()) return
    const said = text().trim()
    const message = room.editing()
    if (message) return save(said)
    if (pictures().length > 0) room.send({ images: attachments.take() })
    if (said !== '') room.send({ text: said })
    setText('')
    keepDraft(room.id, '')
    box?.focus()
  }

  async function save(said: string): Promise<void> {
    const message = room.editing()
    if (!message) return
    setSaving(true)
    setProblem(null)
    try {
      if (said !== message.text) await room.edit(message, said)
      room.setEditing(null)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setSaving(false)
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Hangul is composed with every syllable: that Enter belongs to the input method.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && !event.shiftKey) void submit(event)
    else if (event.key === 'Escape' && room.editing()) {
      event.preventDefault()
      room.setEditing(null)
    }
  }

  return (
    <form
      class="border-t border-line bg-paper px-2 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:px-4"
      onSubmit={(event) => void submit(event)}
    >
      <Show when={problem()}>{(failed) => <ProblemNote {...words(failed())} class="mb-2" />}</Show>
      <Show when={room.editing()}>
        <p class="mb-1 flex items-center gap-2 ps-3 text-caption font-semibold text-tangerine-text">
          <Icon of={Pencil} class="size-4" />
          {t.composer.editing}
          <span class="ms-auto">
            <IconButton icon={X} label={t.composer.stop} onClick={() => room.setEditing(null)} />
          </span>
        </p>
      </Show>
      <Show when={pictures().length > 0}>
        <Pictures attachments={attachments} />
      </Show>
      <div class="flex items-end gap-1">
        <Show when={!room.editing() && !room.view().textOnly}>
          <PictureButton attachments={attachments} />
        </Show>
        <textarea
          ref={box}
          id="message"
          rows="1"
          aria-label={t.composer.label}
          aria-describedby="message-hint"
          aria-invalid={left() < 0 ? 'true' : undefined}
          placeholder={t.composer.placeholder}
          autocomplete="off"
          enterkeyhint="send"
          value={text()}
          onInput={({ currentTarget: { value } }) => {
            setText(value)
            if (value.trim() !== '' && !room.editing()) room.typing()
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'))
            if (files.length === 0 || room.editing() || room.view().textOnly) return
            event.preventDefault()
            attachments.add(files)
          }}
          class="max-h-40 min-h-11 min-w-0 flex-1 resize-none rounded-[22px] border border-edge bg-surface px-4 py-2.5 text-lead leading-5.5 aria-invalid:border-brick"
        />
        <Button
          type="submit"
          look="main"
          aria-label={room.editing() ? t.composer.save : t.composer.send}
          title={room.editing() ? t.composer.save : t.composer.send}
          busy={isSaving()}
          disabled={!canSend()}
          class="size-11 rounded-full! px-0!"
        >
          <Icon of={SendHorizontal} />
        </Button>
      </div>
      {/* Not live: it counts, and would be spoken with every letter. */}
      <p id="message-hint" class="px-4 pt-1 text-caption text-ink-faint">
        <Show
          when={left() >= tellLeft}
          fallback={<span class={left() < 0 ? 'font-semibold text-brick' : ''}>{t.composer.left(left())}</span>}
        >
          <span class="pointer-coarse:sr-only">{room.view().textOnly ? t.textOnly : t.composer.hint}</span>
        </Show>
      </p>
    </form>
  )
}

function PictureButton(props: { attachments: Attachments }) {
  const t = useTexts('messages')
  let input: HTMLInputElement | undefined
  return (
    <>
      <IconButton icon={ImagePlus} label={t.composer.addPictures} onClick={() => input?.click()} />
      <input
        ref={input}
        type="file"
        accept={media.types.join(',')}
        multiple
        hidden
        onChange={(event) => {
          props.attachments.add([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

function Pictures(props: { attachments: Attachments }) {
  const t = useTexts('messages')
  return (
    <div class="px-2 pb-2">
      <ul aria-label={t.composer.pictures} class="rail gap-3 pt-3 pe-3">
        <For each={props.attachments.all()}>
          {(one, index) => (
            <li class="relative size-24 shrink-0">
              <img src={one.preview} alt="" class="size-full rounded-control object-cover" />
              <Show when={one.upload.state.phase !== 'ready' && one.upload.state.phase !== 'failed'}>
                <span class="absolute inset-x-1 bottom-1">
                  <Progress value={one.upload.state.progress} label={t.composer.pictures} />
                </span>
              </Show>
              <Show when={one.upload.state.phase === 'failed'}>
                <span class="absolute inset-0 grid place-items-center rounded-control bg-veil">
                  <IconButton
                    icon={RotateCw}
                    label={t.composer.retryPicture(index() + 1)}
                    class="bg-surface!"
                    onClick={() => one.upload.retry()}
                  />
                </span>
              </Show>
              <IconButton
                icon={X}
                label={t.composer.removePicture(index() + 1)}
                class="absolute! -end-3 -top-3 bg-surface! shadow-lift"
                onClick={() => props.attachments.remove(one)}
              />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.attachments.hasFailed()}>
        <p role="alert" class="mt-1 text-caption text-brick">
          {t.composer.pictureFailed}
        </p>
      </Show>
      <Show when={props.attachments.isTooMany()}>
        <p role="alert" class="mt-1 text-caption text-brick">
          {t.composer.tooMany(limits.images)}
        </p>
      </Show>
    </div>
  )
}
