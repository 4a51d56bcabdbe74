import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { uploadPicture } from '../../../web/api/upload.ts'

let asked: string[]
let sent: string[]
let answerTicket: () => void

beforeEach(() => {
  asked = []
  sent = []
  const ticket = Promise.withResolvers<void>()
  answerTicket = ticket.resolve
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 10, height: 10, close: () => {} }))
  vi.stubGlobal('fetch', async (input: string, { method }: RequestInit) => {
    asked.push(`${method} ${input}`)
    if (method === 'DELETE') return new Response(null, { status: 204 })
    await ticket.promise
    return Response.json({ media: 'med_1', upload: { url: 'https://store.example/1', method: 'PUT', headers: {} } })
  })
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends EventTarget {
      upload = new EventTarget()
      #to = ''
      open(method: string, url: string): void {
        this.#to = `${method} ${url}`
      }
      send(): void {
        sent.push(this.#to)
      }
      abort(): void {
        this.dispatchEvent(new Event('abort'))
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const picture = () => uploadPicture(new Blob(['x'], { type: 'image/jpeg' }), { purpose: 'chat' })

test('is sent to where its ticket says', async () => {
  picture()
  answerTicket()
  await expect.poll(() => sent).toEqual(['PUT https://store.example/1'])
})

test('that is given up before its ticket comes is not sent, and taken off the server', async () => {
  const upload = picture()
  await expect.poll(() => asked).toEqual(['POST /api/media'])
  upload.cancel()
  answerTicket()
  await expect.poll(() => [...asked, ...sent]).toEqual(['POST /api/media', 'DELETE /api/media/med_1'])
  expect(await upload.done).toBeNull()
})
