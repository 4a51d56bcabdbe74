import { createSignal, onCleanup } from 'solid-js'
import { chat as limits } from '../../../../worker/contract/limits.ts'
import type { MediaView } from '../../../../worker/contract/media.ts'
import { type Upload, uploadPicture } from '../../../api/upload.ts'

export interface Attachment {
  upload: Upload
  /** The file itself, to be seen before anything is uploaded. */
  preview: string
}

/** Pictures that will go with the next message. */
export function createAttachments() {
  const [all, setAll] = createSignal<readonly Attachment[]>([])
  const [isTooMany, setTooMany] = createSignal(false)

  function drop({ preview }: Attachment): void {
    URL.revokeObjectURL(preview)
  }

  onCleanup(() => {
    for (const one of all()) {
      one.upload.cancel()
      drop(one)
    }
  })

  return {
    all,
    isTooMany,
    isReady: () => all().every(({ upload }) => upload.state.phase === 'ready'),
    hasFailed: () => all().some(({ upload }) => upload.state.phase === 'failed'),
    add(files: readonly File[]): void {
      const room = limits.images - all().length
      setTooMany(files.length > room)
      const taken = files.slice(0, Math.max(0, room)).map((file) => ({
        upload: uploadPicture(file, { purpose: 'chat' }),
        preview: URL.createObjectURL(file),
      }))
      setAll((before) => [...before, ...taken])
    },
    remove(one: Attachment): void {
      one.upload.cancel()
      drop(one)
      setTooMany(false)
      setAll((before) => before.filter((other) => other !== one))
    },
    /** Hands over what is ready; nothing stays. */
    take(): MediaView[] {
      const views = all().flatMap(({ upload }) => upload.state.view ?? [])
      for (const one of all()) drop(one)
      setAll([])
      setTooMany(false)
      return views
    },
  }
}

export type Attachments = ReturnType<typeof createAttachments>
