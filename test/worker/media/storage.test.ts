import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AccountId, MediaId } from '../../../worker/contract/ids.ts'
import { instant, type Instant } from '../../../worker/contract/time.ts'
import { readConfig } from '../../../worker/env.ts'
import { createDb } from '../../../worker/kernel/db.ts'
import { createIds, randomToken } from '../../../worker/kernel/ids.ts'
import { insertMedia } from '../../../worker/media/queries.ts'
import { fileKey, storageOf, type Storage } from '../../../worker/media/storage.ts'
import { actor } from '../../support/worker/actors.ts'
import { origin } from '../../support/worker/app.ts'
import { cronIn, DAY, HOUR, MINUTE } from '../../support/worker/clock.ts'
import { askForUpload, picture, send, until, upload } from '../../support/worker/media.ts'
import { askAsRelay, drawAll, withRelay } from '../../support/worker/relay.ts'

// One suite on both: project `worker` runs it on the R2 binding, `worker-s3` on a real server that speaks S3.
const isSkipped = env.TEST_STORAGE === 's3, skipped'
const config = isSkipped ? null : readConfig(env)

/** Whatever the store says to a request that it takes, and to one that it does not. */
const taken = (status: number) => status === 200 || status === 204

const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text))

function store(): Promise<Storage> {
  if (!config) throw new Error('no store')
  return storageOf(env, config)
}

/** An upload that somebody has asked for, until then. */
async function place(until: Instant = instant(Date.now() + 2 * MINUTE)) {
  if (!config) throw new Error('no store')
  const media = createIds(config.idSecret).mint('media')
  const key = `original/${randomToken()}`
  const at = instant(Date.now())
  const known = { contentType: 'image/jpeg', bytes: picture.byteLength }
  const rest = { owner: 'acc_1' as AccountId, purpose: 'auction' as const, alt: '', expiresAt: until, createdAt: at }
  await insertMedia(createDb(env.DB), { id: media, original: key, ...known, ...rest })
  const address = await (await store()).uploadAddress({ media, key, ...known, until })
  return { media, key, until, ticket: { upload: { ...address, method: 'PUT' as const } } }
}

async function statusOf(response: Response): Promise<number> {
  await response.arrayBuffer()
  return response.status
}

async function textOf(key: string): Promise<string | null> {
  const file = await (await store()).read(key)
  return file && new Response(file.body).text()
}

describe.skipIf(isSkipped)('the storage of pictures', () => {
  it('has a server to talk to where a run asks for one', () => {
    expect(config?.storage.kind).toBe(env.TEST_STORAGE === undefined ? 'r2' : 's3')
  })

  describe('an upload', () => {
    it('lands with exactly the type and length that were signed, and only once', async () => {
      withRelay()
      const { key, ticket } = await place()
      expect(taken(await statusOf(await send(ticket)))).toBe(true)
      expect(await textOf(key)).toBe(new TextDecoder().decode(picture))
      const other = picture.slice().reverse()
      expect(taken(await statusOf(await send(ticket, other)))).toBe(false)
      expect(await textOf(key)).toBe(new TextDecoder().decode(picture))
    })

    it.each([
      ['another type', picture, { 'content-type': 'image/png' }],
      ['no type', picture, { 'content-type': '' }],
      ['a byte less', picture.slice(1), {}],
      ['a byte more', bytesOf(`${new TextDecoder().decode(picture)}!`), {}],
      ['nothing', new Uint8Array(), {}],
    ])('is refused with %s, leaves nothing, and may be sent again', async (_what, file, headers) => {
      withRelay()
      const { key, ticket } = await place()
      expect(taken(await statusOf(await send(ticket, file, headers)))).toBe(false)
      expect(await (await store()).has(key)).toBe(false)
      expect(taken(await statusOf(await send(ticket)))).toBe(true)
    })

    it('is refused at an address that was not signed', async () => {
      const [mine, other] = [await place(), await place()]
      const { url, headers, method } = mine.ticket.upload
      const forged = [
        url.replace(mine.media, other.media).replace(mine.key, other.key),
        url.replace(/(until=|X-Amz-Expires=)(\d)/, '$19'),
        url.replace(/(seal=|X-Amz-Signature=)(..)/, '$100'),
        url.replace(/(seal|X-Amz-Signature)=[^&]*/, ''),
        url.replace(/\?.*/, ''),
      ]
      for (const address of forged) {
        expect(address).not.toBe(url)
        const status = await statusOf(await send({ upload: { url: address, headers, method } }))
        expect([address, taken(status)]).toEqual([address, false])
      }
      for (const { key } of [mine, other]) expect(await (await store()).has(key)).toBe(false)
    })

    it('is refused when its time is over', async () => {
      withRelay()
      const { ticket, key, until } = await place(instant(Date.now() + 1_500))
      await expect.poll(() => Date.now(), { interval: 100 }).toBeGreaterThan(until + 1_000)
      expect(taken(await statusOf(await send(ticket)))).toBe(false)
      expect(await (await store()).has(key)).toBe(false)
    })
  })

  describe('the relay', () => {
    const soon = () => instant(Date.now() + 2 * MINUTE)

    async function inWork() {
      const { media, key, ticket } = await place()
      await statusOf(await send(ticket))
      await env.DB.prepare("update media set state = 'processing', next_try_at = ? where id = ?")
        .bind(Date.now() + HOUR, media)
        .run()
      return { media, key }
    }

    it('reads an original and writes files by addresses of its own, each good for one thing', async () => {
      withRelay()
      const { media, key } = await inWork()
      const storage = await store()
      const source = await storage.sourceAddress(media, key, soon())
      const name = '160.avif'
      const target = await storage.fileAddress(media, name, fileKey(media, 'auction', name), soon())
      const read = await askAsRelay('GET', source)
      expect([read.status, new Uint8Array(await read.arrayBuffer())]).toEqual([200, picture])
      expect(taken(await statusOf(await askAsRelay('PUT', target, bytesOf('one'))))).toBe(true)
      expect(taken(await statusOf(await askAsRelay('PUT', target, bytesOf('two'))))).toBe(true)
      expect(await textOf(fileKey(media, 'auction', name))).toBe('two')

      expect(taken(await statusOf(await askAsRelay('PUT', source, bytesOf('x'))))).toBe(false)
      expect(taken(await statusOf(await askAsRelay('GET', target)))).toBe(false)
      const elsewhere = target.replace(name, '480.avif')
      expect(taken(await statusOf(await askAsRelay('PUT', elsewhere, bytesOf('x'))))).toBe(false)
      expect(await textOf(key)).toBe(new TextDecoder().decode(picture))
      expect(await storage.has(fileKey(media, 'auction', '480.avif'))).toBe(false)
    })

    it('does neither when the time is over', async () => {
      withRelay()
      const { media, key } = await inWork()
      const storage = await store()
      const end = instant(Date.now() + 1_500)
      const source = await storage.sourceAddress(media, key, end)
      const target = await storage.fileAddress(media, '160.avif', fileKey(media, 'auction', '160.avif'), end)
      await expect.poll(() => Date.now(), { interval: 100 }).toBeGreaterThan(end + 1_000)
      expect(taken(await statusOf(await askAsRelay('GET', source)))).toBe(false)
      expect(taken(await statusOf(await askAsRelay('PUT', target, bytesOf('x'))))).toBe(false)
      expect(await storage.has(fileKey(media, 'auction', '160.avif'))).toBe(false)
    })
  })

  describe('the Worker itself', () => {
    it('finds nothing where there is nothing, and removes it without a word', async () => {
      const storage = await store()
      const key = `original/${randomToken()}`
      expect([await storage.has(key), await storage.read(key)]).toEqual([false, null])
      await storage.remove([key, `${key}-too`])
    })

    it('removes what it is told and nothing else', async () => {
      withRelay()
      const [one, two] = [await place(), await place()]
      for (const { ticket } of [one, two]) await statusOf(await send(ticket))
      const storage = await store()
      await storage.remove([one.key, `${one.key}-too`])
      expect([await storage.has(one.key), await storage.has(two.key)]).toEqual([false, true])
    })

    it('lets nobody read without a signature, not even what it serves', async () => {
      withRelay()
      const { media, key, ticket } = await place()
      await statusOf(await send(ticket))
      const { storage } = config ?? {}
      const doors =
        storage?.kind === 's3'
          ? [`${storage.endpoint}/${storage.bucket}/${key}`, `${storage.endpoint}/${storage.bucket}?list-type=2`]
          : [`${origin}/${key}`, `${origin}/media/${key}`, `${origin}/api/media/uploads/${media}`]
      for (const door of doors) {
        const response = URL.canParse(door) && !door.startsWith(origin) ? fetch(door) : exports.default.fetch(door)
        expect([door, taken(await statusOf(await response))]).toEqual([door, false])
      }
    })
  })

  describe('a picture', () => {
    const served = (media: string, name = '480.avif', headers: Record<string, string> = {}) =>
      exports.default.fetch(`${origin}/media/${media}/${name}`, { headers })

    it('goes the whole way: sent, made, served, removed', async () => {
      withRelay()
      const seller = await actor('seller')
      const media = (await upload(seller)) as MediaId
      await until(seller, media, 'ready')
      const original = await env.DB.prepare('select original from media where id = ?').bind(media).first('original')
      // It goes when the files are told, not before.
      await expect.poll(async () => (await store()).has(String(original))).toBe(false)
      const file = await served(media)
      const etag = file.headers.get('etag') ?? ''
      expect([file.status, await file.text(), etag.length > 2]).toEqual([200, 'file 480.avif', true])
      expect(await statusOf(await served(media, '480.avif', { 'if-none-match': etag }))).toBe(304)
      expect((await seller.delete(`/api/media/${media}`)).status).toBe(204)
      expect(await statusOf(await served(media))).toBe(404)
      expect(await (await store()).has(fileKey(media, 'auction', '480.avif'))).toBe(false)
    })

    it('of a private purpose lies where no address leads', async () => {
      withRelay()
      const seller = await actor('seller')
      const media = (await upload(seller, { purpose: 'chat' })) as MediaId
      await until(seller, media, 'ready')
      expect(await statusOf(await served(media))).toBe(404)
      expect(await textOf(fileKey(media, 'chat', '480.avif'))).toBe('file 480.avif')
    })

    it('that nothing shows is gone after a day, row, files and all', async () => {
      withRelay()
      const seller = await actor('seller')
      const media = (await upload(seller)) as MediaId
      await until(seller, media, 'ready')
      const key = fileKey(media, 'auction', '480.avif')
      await cronIn(DAY - HOUR)
      expect(await (await store()).has(key)).toBe(true)
      await cronIn(DAY + MINUTE)
      expect(await (await store()).has(key)).toBe(false)
      expect(await env.DB.prepare('select id from media where id = ?').bind(media).first()).toBeNull()
    })

    it('leaves nothing behind that came late: after its ticket, or after it was removed', async () => {
      const relay = withRelay()
      const seller = await actor('seller')
      const { body: ticket } = await askForUpload(seller)
      const late: string[] = []
      let removed = ''
      relay.draw = async (job) => {
        // Its owner removes it while the files are being made, and its maker does not know.
        removed = job.id
        expect((await seller.delete(`/api/media/${job.id}`)).status).toBe(204)
        await drawAll(job).catch(() => {})
        return { ok: false, retry: true, code: 'storage-failed' }
      }
      const media = (await upload(seller)) as MediaId
      // A store of its own does not tell that something came; its owner's asking makes the Worker look.
      await expect
        .poll(async () => {
          await seller.get(`/api/media/${media}`)
          return removed
        })
        .toBe(media)
      late.push(fileKey(media, 'auction', '160.avif'))
      await cronIn(3 * MINUTE)
      expect((await seller.get(`/api/media/${ticket.media}`)).body).toMatchObject({ reason: 'expired' })
      // Its ticket is good by the store's clock, which was not moved.
      await statusOf(await send(ticket))
      const row = await env.DB.prepare('select original from media where id = ?').bind(ticket.media).first('original')
      late.push(String(row))
      await cronIn(DAY + MINUTE)
      for (const key of late) expect([key, await (await store()).has(key)]).toEqual([key, false])
      for (const id of [media, ticket.media])
        expect(await env.DB.prepare('select id from media where id = ?').bind(id).first()).toBeNull()
    })
  })
})
