import { exports } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { MediaPurpose, UploadTicket } from '../../../worker/contract/media.ts'
import type { Actor } from './actors.ts'
import { origin, type Answer, type Request } from './app.ts'

export const picture = new Uint8Array(new TextEncoder().encode('the bytes of a picture, as far as anyone here looks'))

export interface Wish {
  contentType?: string
  bytes?: number
  purpose?: MediaPurpose
  alt?: string
}

export function askForUpload(person: Actor, wish: Wish = {}, request: Request = {}): Promise<Answer> {
  const body = { contentType: 'image/jpeg', bytes: picture.byteLength, purpose: 'auction', ...wish }
  return person.post('/api/media', body, request)
}

/** Sends a file to where a ticket says. */
export function send(
  { upload }: Pick<UploadTicket, 'upload'>,
  file: Uint8Array<ArrayBuffer> = picture,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = { method: upload.method, headers: { origin, ...upload.headers, ...headers }, body: file }
  // A store of its own is asked directly, as the browser does.
  if (URL.canParse(upload.url)) return fetch(upload.url, request)
  return exports.default.fetch(new URL(upload.url, origin), request)
}

/** A picture of this person in the state that it reaches after the upload. */
export async function upload(person: Actor, wish: Wish = {}): Promise<string> {
  const { body } = await askForUpload(person, wish)
  await (await send(body)).text()
  return body.media
}

/** Waits until a picture is in a state: what follows an upload runs after its answer. */
export function until(person: Actor, media: string, state: string): Promise<Answer> {
  return vi.waitFor(
    async () => {
      const answer = await person.get(`/api/media/${media}`)
      if (answer.body.state !== state) throw new Error(`${media} is ${answer.body.state}`)
      return answer
    },
    { timeout: 20_000, interval: 10 },
  )
}

/** A ready picture. */
export async function readyPicture(person: Actor, wish: Wish = {}): Promise<string> {
  const media = await upload(person, wish)
  await until(person, media, 'ready')
  return media
}
