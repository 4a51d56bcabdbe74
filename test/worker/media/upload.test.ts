import { runDurableObjectAlarm } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { actor, suspend } from '../../support/worker/actors.ts'
import { ask, origin } from '../../support/worker/app.ts'
import { cronIn, HOUR, laterBy, MINUTE } from '../../support/worker/clock.ts'
import { askForUpload, picture, readyPicture, send, until, upload } from '../../support/worker/media.ts'
import { askAsRelay, describedOnly, drawAll, withRelay } from '../../support/worker/relay.ts'

/** The file as it was sent, if it is still there. */
async function originalOf(media: string) {
  const key = await env.DB.prepare('select original from media where id = ?').bind(media).first<string>('original')
  return env.MEDIA.head(key ?? 'none')
}

const drain = () => env.DRAIN.get(env.DRAIN.idFromName('media'))

/** Ends the pause or lease of a picture in work; a smaller place is due earlier. */
async function makeDue(media: string, place = 0) {
  await env.DB.prepare('update media set next_try_at = ? where id = ?').bind(place, media).run()
}

const get = (path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(`${origin}${path}`, { headers })

describe('asking for an upload', () => {
  it('gives a ticket for two minutes', async () => {
    const seller = await actor('seller')
    const { status, body, headers } = await askForUpload(seller)
    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(body).toMatchObject({
      media: expect.stringMatching(/^med_/),
      upload: { method: 'PUT', headers: { 'content-type': 'image/jpeg' } },
    })
    expect(Math.abs(Date.parse(body.expiresAt) - Date.now() - 2 * MINUTE)).toBeLessThan(10_000)
    const state = await seller.get(`/api/media/${body.media}`)
    expect(state.body).toEqual({
      media: body.media,
      purpose: 'auction',
      state: 'pending',
      reason: null,
      retries: 0,
      view: null,
    })
  })

  it.each([
    [{ contentType: 'image/svg+xml' }, 422, '/contentType'],
    [{ contentType: 'image/heic' }, 422, '/contentType'],
    [{ bytes: 0 }, 422, '/bytes'],
    [{ bytes: 5 * 1024 * 1024 + 1 }, 422, '/bytes'],
    [{ bytes: 1.5 }, 422, '/bytes'],
    [{ purpose: 'malware' as 'auction' }, 422, '/purpose'],
    [{ alt: 'x'.repeat(101) }, 422, '/alt'],
    [{ owner: 'acc_1' } as object, 422, '/owner'],
  ])('refuses %o', async (wish, status, pointer) => {
    const seller = await actor('seller')
    const answer = await askForUpload(seller, wish)
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer])
  })

  it('is for those signed in and not suspended', async () => {
    expect((await ask('POST', '/api/media', { body: {} })).status).toBe(401)
    const seller = await actor('seller')
    await suspend(seller, Date.now() + HOUR)
    const answer = await askForUpload(seller)
    expect([answer.status, answer.body.code]).toEqual([403, 'account-suspended'])
  })

  it('gives one ticket for one key', async () => {
    const seller = await actor('seller')
    const headers = { 'idempotency-key': 'a-key-of-sixteen-characters' }
    const [one, two] = [await askForUpload(seller, {}, { headers }), await askForUpload(seller, {}, { headers })]
    expect(two.body).toEqual(one.body)
  })
})

describe('an upload', () => {
  it('becomes a picture with immutable files, and the original goes', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller, { alt: '필름 카메라' })
    const sent = await send(ticket)
    expect([sent.status, await sent.text()]).toEqual([204, ''])
    const { body } = await until(seller, ticket.media, 'ready')
    const at = (name: string) => `/media/${ticket.media}/${name}`
    expect(body.view).toEqual({
      media: ticket.media,
      alt: '필름 카메라',
      width: 800,
      height: 400,
      thumbhash: 'AAAA',
      sources: [
        { width: 160, height: 80, avif: at('160.avif'), webp: at('160.webp') },
        { width: 480, height: 240, avif: at('480.avif'), webp: at('480.webp') },
        { width: 800, height: 400, avif: at('1080.avif'), webp: at('1080.webp') },
      ],
      share: at('share.jpg'),
    })
    expect(relay.jobs).toHaveLength(1)
    expect(relay.jobs[0]).toMatchObject({ contentType: 'image/jpeg' })
    expect(await originalOf(ticket.media)).toBeNull()
  })

  it('is served to anyone for a year, without a query', async () => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    const file = await get(`/media/${media}/480.avif`)
    expect([file.status, await file.text()]).toEqual([200, 'file 480.avif'])
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'image/avif',
      'content-length': '13',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(file.headers.get('content-security-policy')).toContain("default-src 'none'")
    const etag = file.headers.get('etag') ?? ''
    const again = await get(`/media/${media}/480.avif`, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const share = await get(`/media/${media}/share.jpg`)
    await share.text()
    expect(share.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })

  it.each(['/480.png', '/481.avif', '/share.avif', '/%2e%2e%2foriginal', '/'])('has no file %s', async (name) => {
    withRelay()
    const seller = await actor('seller')
    const media = await readyPicture(seller)
    const file = await get(`/media/${media}${name}`)
    await file.text()
    expect(file.status).toBe(404)
  })

  it('of a private purpose has no public file, only an address that asks who is looking', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    for (const purpose of ['chat', 'evidence'] as const) {
      const media = await readyPicture(seller, { purpose })
      const file = await get(`/media/${media}/480.avif`)
      await file.text()
      expect(file.status).toBe(404)
      const { view } = (await seller.get(`/api/media/${media}`)).body
      const addresses = view.sources.flatMap(({ avif, webp }: { avif: string; webp: string }) => [avif, webp])
      expect(addresses).toContain(`/api/media/${media}/file?name=480.avif`)
      for (const address of addresses) expect(address).toMatch(`/api/media/${media}/file?name=`)
      expect(await env.MEDIA.head(`private/${media}/480.avif`)).not.toBeNull()
    }
    expect(relay.jobs.map((job) => 'share.jpg' in job.targets)).toEqual([false, false])
  })

  it.each([
    ['another type', picture, { 'content-type': 'image/png' }],
    ['another length', picture.slice(1), {}],
    ['no type', picture, { 'content-type': '' }],
  ])('is refused with %s, and may be sent again', async (_what, file, headers) => {
    withRelay()
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    const wrong = await send(ticket, file, headers)
    expect([wrong.status, (await wrong.json<{ code: string }>()).code]).toEqual([422, 'upload-mismatch'])
    const right = await send(ticket)
    await right.text()
    expect(right.status).toBe(204)
    await until(seller, ticket.media, 'ready')
  })

  it('is taken once, also when two come at the same moment', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    const answers = await Promise.all([send(ticket), send(ticket), send(ticket)])
    await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409, 409])
    await until(seller, ticket.media, 'ready')
    const late = await send(ticket)
    await late.text()
    expect(late.status).toBe(409)
    expect(relay.jobs).toHaveLength(1)
  })

  it('is refused after two minutes', async () => {
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    const late = await laterBy(2 * MINUTE + 1, () => send(ticket))
    await late.text()
    expect(late.status).toBe(404)
  })

  it('is refused at an address that we did not seal', async () => {
    const seller = await actor('seller')
    const [{ body: mine }, { body: other }] = [await askForUpload(seller), await askForUpload(seller)]
    const { url } = mine.upload
    const forged = [
      url.replace(mine.media, other.media),
      url.replace(/until=(\d)/, 'until=9'),
      url.replace(/seal=(.)/, (_: string, first: string) => `seal=${first === 'A' ? 'B' : 'A'}`),
      url.replace(/&seal=.*/, ''),
      url.replace(mine.media, 'med_00000000000000000000000000'),
      url.replace(/\?/, '/480.avif?'),
    ]
    for (const address of forged) {
      const answer = await send({ upload: { ...mine.upload, url: address } })
      await answer.text()
      expect([address, answer.status]).toEqual([address, 404])
    }
  })
})

describe('the making of the files', () => {
  it('tells why a picture was refused, and keeps nothing of it', async () => {
    const relay = withRelay()
    relay.draw = async (job) => {
      await drawAll(job)
      return { ok: true, value: { state: 'rejected', reason: 'broken' } }
    }
    const seller = await actor('seller')
    const media = await upload(seller)
    const { body } = await until(seller, media, 'rejected')
    expect(body).toMatchObject({ reason: 'broken', view: null })
    expect((await env.MEDIA.list({ prefix: `public/${media}/` })).objects).toEqual([])
    expect(await originalOf(media)).toBeNull()
  })

  it('is tried again by itself when the relay was away for a moment', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    relay.act = 'is-away'
    const media = await upload(seller)
    await expect.poll(() => relay.jobs.length).toBe(1)
    relay.act = 'works'
    await makeDue(media)
    expect(await runDurableObjectAlarm(drain())).toBe(true)
    const { body } = await until(seller, media, 'ready')
    expect(body.retries).toBe(1)
  })

  it('is taken up by cron when whoever was at it died', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    relay.draw = () => {
      throw new Error('the object dies here')
    }
    const media = await upload(seller)
    await expect.poll(() => relay.jobs.length).toBe(1)
    relay.draw = async (job) => ({ ok: true, value: await drawAll(job) })
    await cronIn(0)
    expect((await seller.get(`/api/media/${media}`)).body.state).toBe('processing')
    await makeDue(media)
    await cronIn(0)
    await until(seller, media, 'ready')
    expect(relay.jobs).toHaveLength(2)
  })

  it('takes the oldest upload first, four at a time', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    const held = new Set<string>()
    let isOpen = false
    let inHand = 0
    let most = 0
    relay.draw = async (job) => {
      inHand += 1
      most = Math.max(most, inHand)
      if (!isOpen) held.add(job.id)
      // Looked for, not told: what runs in the drain's object may not be woken from outside it.
      while (held.has(job.id)) await new Promise((resolve) => setTimeout(resolve, 5))
      const value = await drawAll(job)
      inHand -= 1
      return { ok: true, value }
    }
    const send = async (count: number) => {
      const pictures: string[] = []
      while (pictures.length < count) pictures.push(await upload(seller))
      return pictures
    }
    const first = await send(4)
    await expect.poll(() => held.size).toBe(4)
    const rest = await send(9)
    for (const [place, media] of rest.toReversed().entries()) await makeDue(media, place)
    held.clear()
    await expect.poll(() => held.size).toBe(4)
    expect([...held].toSorted()).toEqual(rest.toReversed().slice(0, 4).toSorted())
    isOpen = true
    held.clear()
    for (const media of [...first, ...rest]) await until(seller, media, 'ready')
    expect(most).toBe(4)
  })

  it('ends with "failed" when the relay cannot read the job', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    relay.act = 'refuses'
    const media = await upload(seller)
    expect((await until(seller, media, 'rejected')).body.reason).toBe('failed')
  })

  it('has one effect however many tries end', async () => {
    const relay = withRelay()
    const seller = await actor('seller')
    const { draw } = relay
    // The first try's lease is over before it ends, so another one has it too; then both end.
    relay.draw = async (job) => {
      relay.draw = draw
      await makeDue(job.id)
      await drain().nudge('media')
      return { ok: true, value: await describedOnly(job) }
    }
    const media = await upload(seller)
    await until(seller, media, 'ready')
    expect(relay.jobs).toHaveLength(2)
    await expect.poll(() => relay.toldOf(media)).toEqual(['media-ready'])
    await cronIn(0)
    expect(relay.toldOf(media)).toEqual(['media-ready'])
  })

  it('lets only the relay read an original or write a file', async () => {
    const relay = withRelay()
    const answers: [string, number][] = []
    relay.draw = async (job) => {
      const target = job.targets['480.avif'] ?? ''
      const strangers: [string, Response][] = [
        ['unsigned read', await get(job.source)],
        ['unsigned write', await exports.default.fetch(`${origin}${target}`, { method: 'PUT', body: 'x' })],
        ['another secret', await askAsRelay('GET', job.source, new Uint8Array(), new Uint8Array(32))],
        ['another name', await askAsRelay('PUT', target.replace('480', '160'), new Uint8Array(1))],
        ['beyond its length', await askAsRelay('PUT', target, new Uint8Array(9 * 1024 * 1024))],
      ]
      for (const [what, response] of strangers) {
        await response.text()
        answers.push([what, response.status])
      }
      return { ok: true, value: await drawAll(job) }
    }
    const seller = await actor('seller')
    const media = await upload(seller)
    await until(seller, media, 'ready')
    expect(answers).toEqual([
      ['unsigned read', 404],
      ['unsigned write', 404],
      ['another secret', 404],
      ['another name', 404],
      ['beyond its length', 413],
    ])
    const [job] = relay.jobs
    const late = await askAsRelay('PUT', job?.targets['480.avif'] ?? '', new Uint8Array(1))
    await late.text()
    expect(late.status).toBe(409)
  })
})

describe('an upload that nobody finished', () => {
  it('is noticed as soon as its owner asks, when the file came another way', async () => {
    withRelay()
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    expect((await seller.get(`/api/media/${ticket.media}`)).body.state).toBe('pending')
    const row = await env.DB.prepare('select original from media where id = ?').bind(ticket.media).first('original')
    await env.MEDIA.put(String(row), picture)
    expect((await seller.get(`/api/media/${ticket.media}`)).body.state).toBe('processing')
    await until(seller, ticket.media, 'ready')
  })

  it('is noticed by cron when the file had come', async () => {
    withRelay()
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    const row = await env.DB.prepare('select original from media where id = ?').bind(ticket.media).first('original')
    await env.MEDIA.put(String(row), picture)
    await cronIn(3 * MINUTE)
    // Objects keep their own time, which is three minutes behind cron's here.
    await makeDue(ticket.media)
    await drain().nudge('media')
    expect((await until(seller, ticket.media, 'ready')).status).toBe(200)
  })

  it('expires when it had not', async () => {
    const seller = await actor('seller')
    const { body: ticket } = await askForUpload(seller)
    await cronIn(3 * MINUTE)
    expect((await seller.get(`/api/media/${ticket.media}`)).body).toMatchObject({
      state: 'rejected',
      reason: 'expired',
    })
  })
})
