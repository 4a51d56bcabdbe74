import { createStore, produce } from 'solid-js/store'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import type { MediaView } from '../../../../worker/contract/media.ts'
import { describePicture, forgetPicture, type Upload, uploadPicture } from '../../../api/upload.ts'

/** A picture of the form: on its way (`upload`) or ready (`view`). */
export interface FormPicture {
  key: string
  view: MediaView | null
  upload: Upload | null
  alt: string
}

const describeAfterMs = 700

let keys = 0

/** Pictures in order; `onReady` hears of each change of those that can be attached. */
export function createPictures(first: readonly MediaView[], onReady: (ready: MediaView[]) => void) {
  const [pictures, setPictures] = createStore<FormPicture[]>(
    first.map((view) => ({ key: view.media, view, upload: null, alt: view.alt })),
  )
  const describing = new Map<string, ReturnType<typeof setTimeout>>()

  const at = (key: string) => pictures.findIndex((picture) => picture.key === key)
  const tell = () => onReady(pictures.flatMap(({ view, alt }) => (view ? [{ ...view, alt }] : [])))

  function add(files: Iterable<File>): number {
    const room = limits.images - pictures.length
    const all = [...files].filter(({ type }) => type === '' || type.startsWith('image/'))
    for (const file of all.slice(0, room)) {
      const key = `new-${++keys}`
      const upload = uploadPicture(file, { purpose: 'auction' })
      setPictures(pictures.length, { key, view: null, upload, alt: '' })
      void receive(key, upload)
    }
    return Math.max(0, all.length - room)
  }

  async function receive(key: string, upload: Upload): Promise<void> {
    const view = await upload.done
    const place = at(key)
    if (view === null || place < 0) return
    setPictures(place, { view, upload: null })
    const alt = pictures[place]?.alt ?? ''
    if (alt !== '') describe(key, alt)
    tell()
  }

  function describe(key: string, alt: string): void {
    const place = at(key)
    if (place < 0) return
    setPictures(place, 'alt', alt)
    const media = pictures[place]?.view?.media
    if (!media) return
    clearTimeout(describing.get(key))
    describing.set(
      key,
      setTimeout(() => {
        describePicture(media, alt.trim()).then(tell, () => {})
      }, describeAfterMs),
    )
  }

  return {
    pictures,
    add,
    describe,
    remove(key: string): void {
      const picture = pictures[at(key)]
      if (!picture) return
      picture.upload?.cancel()
      setPictures((all) => all.filter((one) => one.key !== key))
      tell()
      // The server lets go of it once the draft no longer names it.
      if (picture.view) void forgetPicture(picture.view.media)
    },
    move(key: string, to: number): void {
      const from = at(key)
      if (from < 0 || to < 0 || to >= pictures.length || from === to) return
      setPictures(
        produce((all) => {
          const [picture] = all.splice(from, 1)
          if (picture) all.splice(to, 0, picture)
        }),
      )
      tell()
    },
    isBusy: () => pictures.some(({ upload }) => upload !== null && upload.state.phase !== 'failed'),
  }
}

export type Pictures = ReturnType<typeof createPictures>
