import ImagePlus from 'lucide/dist/esm/icons/image-plus.mjs'
import RotateCw from 'lucide/dist/esm/icons/rotate-cw.mjs'
import { createSignal, Show } from 'solid-js'
import type { RoomView } from '../../../../worker/contract/chat.ts'
import { chat as limits, media } from '../../../../worker/contract/limits.ts'
import { answer } from '../../../api/call.ts'
import { session } from '../../../api/session.ts'
import { type Upload, uploadPicture } from '../../../api/upload.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/button/button.tsx'
import { TextField } from '../../../ui/field/text-field.tsx'
import { Progress } from '../../../ui/progress/progress.tsx'
import { chatApi } from '../api.ts'
import { RoomAvatar } from '../room-avatar.tsx'

/** Name and picture of a group, for its owner. */
export function GroupForm(props: { view: RoomView; change: (pending: Promise<RoomView>) => Promise<boolean> }) {
  const t = useTexts('messages')
  const common = useTexts('common')
  // oxlint-disable-next-line solid/reactivity -- what was the name when the form opened
  const [name, setName] = createSignal(props.view.name ?? '')
  const [upload, setUpload] = createSignal<Upload | null>(null)
  let input: HTMLInputElement | undefined

  const save = (json: { name: string | null } | { picture: string | null }) =>
    props.change(answer(chatApi(session.call).rooms[':id'].$patch({ param: { id: props.view.id }, json })))

  const isFailed = () => upload()?.state.phase === 'failed'

  async function setPicture(file: File): Promise<void> {
    upload()?.cancel()
    const started = uploadPicture(file, { purpose: 'chat' })
    setUpload(started)
    const view = await started.done
    if (view) await save({ picture: view.media })
    if (upload() === started) setUpload(null)
  }

  return (
    <div class="flex flex-col gap-4">
      <div class="flex items-center gap-3">
        <RoomAvatar row={props.view} />
        <div class="flex flex-1 flex-wrap items-center gap-2">
          <Button size="small" icon={ImagePlus} onClick={() => input?.click()}>
            {t.members.changePicture}
          </Button>
          <Show when={props.view.picture}>
            <Button size="small" look="quiet" onClick={() => void save({ picture: null })}>
              {t.members.removePicture}
            </Button>
          </Show>
          <Show when={upload()}>
            {(upload) => (
              <Show when={isFailed()} fallback={<Progress label={t.members.picture} value={upload().state.progress} />}>
                <p role="alert" class="text-caption text-brick">
                  {t.members.pictureFailed}
                </p>
                <Button size="small" look="quiet" icon={RotateCw} onClick={() => upload().retry()}>
                  {common.retry}
                </Button>
              </Show>
            )}
          </Show>
        </div>
        <input
          ref={input}
          type="file"
          accept={media.types.join(',')}
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (file) void setPicture(file)
          }}
        />
      </div>
      <form
        class="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void save({ name: name().trim() || null })
        }}
      >
        <TextField class="flex-1" label={t.members.name} value={name()} maxlength={limits.name} onValue={setName} />
        <Button type="submit" class="min-h-12" disabled={name().trim() === (props.view.name ?? '')}>
          {t.members.rename}
        </Button>
      </form>
      <p class="-mt-3 text-caption text-ink-soft">{t.members.nameHint}</p>
    </div>
  )
}
