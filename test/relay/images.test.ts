import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { thumbHashToRGBA } from 'thumbhash'
import { createGate, createTurns } from '../../relay/images/gate.ts'
import { createImages } from '../../relay/images/images.ts'
import { makePicture } from '../../relay/images/make.ts'
import type { MakeOptions, Picture } from '../../relay/images/make.ts'
import type { PictureStore } from '../../relay/images/store.ts'
import type { ImageJob } from '../../worker/contract/relay.ts'
import { colourAt, halves, types } from '../support/pictures.ts'

const turns = createTurns(2)()

async function made(bytes: Buffer, contentType: MakeOptions['contentType'], share = false): Promise<Picture> {
  const result = await makePicture(bytes, { contentType, share, turns })
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result.picture
}

const refused = (bytes: Buffer, contentType: MakeOptions['contentType'] = 'image/png') =>
  makePicture(bytes, { contentType, share: false, turns })

describe('a picture', () => {
  it('is made in every width up to its own, in both formats', async () => {
    const { sizes, files, width, height } = await made(await halves(2_400, 1_200).jpeg().toBuffer(), 'image/jpeg')
    expect([width, height]).toEqual([2_400, 1_200])
    expect(sizes).toEqual([
      { nominal: 160, width: 160, height: 80 },
      { nominal: 480, width: 480, height: 240 },
      { nominal: 1_080, width: 1_080, height: 540 },
      { nominal: 1_980, width: 1_980, height: 990 },
    ])
    for (const { nominal, width, height } of sizes) {
      expect(await sharp(files.get(`${nominal}.avif`)).metadata()).toMatchObject({
        format: 'heif',
        compression: 'av1',
        width,
        height,
      })
      expect(await sharp(files.get(`${nominal}.webp`)).metadata()).toMatchObject({ format: 'webp', width, height })
    }
    expect(files.size).toBe(8)
  })

  it('is never blown up: the last size is its own', async () => {
    const { sizes } = await made(await halves(300, 200).png().toBuffer(), 'image/png')
    expect(sizes).toEqual([
      { nominal: 160, width: 160, height: 107 },
      { nominal: 480, width: 300, height: 200 },
    ])
  })

  it.each(types)('may come as %s', async (type) => {
    const { files } = await made(await halves(200, 100)[type]().toBuffer(), `image/${type}`)
    expect(await colourAt(files.get('160.webp')!, 0.25, 0.5)).toBe('red')
    expect(await colourAt(files.get('160.avif')!, 0.75, 0.5)).toBe('blue')
  })

  it('is the first frame of an animation', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 200, height: 100, channels: 3, background } })
        .png()
        .toBuffer()
    const gif = await sharp([await frame('#d02020'), await frame('#2020d0')], { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await sharp(gif).metadata()).pages).toBe(2)
    const { files, height } = await made(gif, 'image/gif')
    expect(height).toBe(100)
    expect(await colourAt(files.get('160.webp')!, 0.5, 0.5)).toBe('red')
    expect((await sharp(files.get('160.webp')).metadata()).pages).toBeUndefined()
  })

  it('stands upright, whatever way the camera was held', async () => {
    // Orientation 6: turn right by a quarter, so what was left comes up.
    const photo = await halves(400, 200).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()
    const { files, width, height } = await made(photo, 'image/jpeg')
    expect([width, height]).toEqual([200, 400])
    expect(await colourAt(files.get('160.webp')!, 0.5, 0.25)).toBe('red')
    expect(await colourAt(files.get('160.webp')!, 0.5, 0.75)).toBe('blue')
  })

  it('says nothing about where, when and with what it was taken', async () => {
    const photo = await halves(400, 200)
      .withExif({
        IFD0: { Make: 'Nikon', Copyright: 'Somebody' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '33/1 29/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '126/1 31/1 0/1',
        },
      })
      .withXmp(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
      )
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const before = await sharp(photo).metadata()
    expect([before.exif, before.xmp, before.icc].every(Boolean)).toBe(true)
    const { files } = await made(photo, 'image/jpeg', true)
    for (const [name, bytes] of files) {
      const { exif, xmp, iptc, icc } = await sharp(bytes).metadata()
      expect([name, exif, xmp, iptc, icc]).toEqual([name, undefined, undefined, undefined, undefined])
      expect(bytes.includes('Nikon')).toBe(false)
    }
  })

  it('keeps what is transparent, and lies on paper in the preview of a link', async () => {
    const glass = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#ffffff00' } })
      .png()
      .toBuffer()
    const { files } = await made(glass, 'image/png', true)
    expect((await sharp(files.get('480.webp')).metadata()).hasAlpha).toBe(true)
    const { dominant } = await sharp(files.get('share.jpg')).stats()
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200)
  })

  it('gets a JPEG of 1,200 x 630 for previews that shows all of it', async () => {
    const { files } = await made(await halves(600, 1_200).jpeg().toBuffer(), 'image/jpeg', true)
    const share = files.get('share.jpg')!
    expect(await sharp(share).metadata()).toMatchObject({ format: 'jpeg', width: 1_200, height: 630 })
    expect(await colourAt(share, 0.45, 0.02)).toBe('red')
    expect(await colourAt(share, 0.55, 0.98)).toBe('blue')
  })

  it('has a blur that looks like it', async () => {
    const { thumbhash } = await made(await halves(400, 200).jpeg().toBuffer(), 'image/jpeg')
    expect(Buffer.from(thumbhash, 'base64').length).toBeLessThan(40)
    const { w, h, rgba } = thumbHashToRGBA(Buffer.from(thumbhash, 'base64'))
    const left = (Math.floor(h / 2) * w + Math.floor(w / 5)) * 4
    const right = left + Math.floor((w * 3) / 5) * 4
    expect(rgba[left]! > rgba[left + 2]!).toBe(true)
    expect(rgba[right]! < rgba[right + 2]!).toBe(true)
  })

  it.each([
    [1, 5_000],
    [5_000, 1],
    [1, 1],
  ])('may be %i x %i', async (width, height) => {
    const { sizes } = await made(
      await sharp({ create: { width, height, channels: 3, background: '#888' } })
        .png()
        .toBuffer(),
      'image/png',
      true,
    )
    expect(sizes.every((size) => size.width >= 1 && size.height >= 1)).toBe(true)
  })
})

describe('a file is refused', () => {
  it('that is not what it says', async () => {
    expect(await refused(await halves(100, 100).jpeg().toBuffer(), 'image/png')).toEqual({
      ok: false,
      reason: 'wrong-type',
    })
  })

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['PDF', '%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj'],
    ['nothing', ''],
  ])('that is %s', async (_what, text) => {
    expect(await refused(Buffer.from(text))).toEqual({ ok: false, reason: 'unsupported' })
  })

  it('that is TIFF, which sharp could read', async () => {
    expect(await refused(await halves(100, 100).tiff().toBuffer())).toEqual({ ok: false, reason: 'unsupported' })
  })

  it.each(types)('that breaks off in the middle: %s', async (type) => {
    const noisy = sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
    const whole = await noisy[type]().toBuffer()
    expect(await refused(whole.subarray(0, whole.length / 2), `image/${type}`)).toEqual({ ok: false, reason: 'broken' })
  })

  it('that is only the beginning of a picture', async () => {
    expect(await refused((await halves(100, 100).png().toBuffer()).subarray(0, 12))).toEqual({
      ok: false,
      reason: 'broken',
    })
  })

  it.each([
    [5_001, 10],
    [10, 5_001],
    [16_000, 16_000],
  ])('that unpacks to %i x %i', async (width, height) => {
    const small = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    expect(small.length).toBeLessThan(1_000_000)
    expect(await refused(small)).toEqual({ ok: false, reason: 'too-large' })
  })

  it('that claims more pixels than its bytes could be, before any of them is decoded', async () => {
    const png = await halves(100, 100).png().toBuffer()
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    expect(await refused(png)).toMatchObject({ ok: false })
  })
})

describe('the gate before the cores', () => {
  it('lets some run, some wait, and turns the rest away', async () => {
    const gate = createGate(2, 1)
    const done: (() => void)[] = []
    const work = () => new Promise<string>((resolve) => done.push(() => resolve('made')))
    const results = [gate.run(work), gate.run(work), gate.run(work)]
    expect(gate.counts()).toEqual({ running: 2, waiting: 1 })
    expect(await gate.run(work)).toBeNull()
    done.shift()!()
    await results[0]
    expect(gate.counts()).toEqual({ running: 2, waiting: 0 })
    for (const end of done) end()
    expect(await Promise.all(results)).toEqual(['made', 'made', 'made'])
    await gate.idle()
  })

  it('never gives one place to two, whoever comes while it changes hands', async () => {
    const gate = createGate(1, 9)
    let running = 0
    let most = 0
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    }
    const first = gate.run(work)
    const waiting = gate.run(work)
    const late = first.then(() => gate.run(work))
    await Promise.all([first, waiting, late])
    expect(most).toBe(1)
  })

  it('lets what was begun first go first, and others take the places that it leaves', async () => {
    const draw = createTurns(1)
    const [first, second] = [draw(), draw()]
    const done: string[] = []
    const piece = (name: string) => async () => void done.push(name)
    await Promise.all([
      second(piece('second, alone yet')),
      second(piece('second')),
      first(piece('first')),
      first(piece('first again')),
    ])
    expect(done).toEqual(['second, alone yet', 'first', 'first again', 'second'])
  })

  it('gives the place of work that failed to the next', async () => {
    const gate = createGate(1, 1)
    const first = gate.run(() => Promise.reject(new Error('no')))
    const second = gate.run(() => Promise.resolve('made'))
    await expect(first).rejects.toThrow('no')
    expect(await second).toBe('made')
  })
})

describe('a job whose asker has gone', () => {
  it('is not begun when its turn comes', async () => {
    const bytes = await halves(50, 50).png().toBuffer()
    const fetched: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const store: PictureStore = {
      async fetch(address) {
        fetched.push(address)
        await gate
        return { ok: true, bytes }
      },
      put: async () => ({ ok: true }),
    }
    const images = createImages(store, { cores: 1 })
    const job = (source: string): ImageJob => ({
      kind: 'image',
      id: '0123456789abcdef',
      contentType: 'image/png',
      source,
      targets: { '160.avif': '/a', '160.webp': '/b' },
    })
    const asker = new AbortController()
    // With one core three are in hand.
    const patient = ['/1', '/2', '/3'].map((source) => images.process(job(source), new AbortController().signal))
    const gone = images.process(job('/4'), asker.signal)
    expect(images.counts()).toEqual({ running: 3, waiting: 1 })
    asker.abort()
    release()
    for (const made of patient) expect(await made).toMatchObject({ ok: true, result: { state: 'ready' } })
    expect(await gone).toMatchObject({ ok: false, code: 'busy' })
    expect(fetched).toEqual(['/1', '/2', '/3'])
  })

  it('is not gone on with, and nothing of it is stored', async () => {
    const asker = new AbortController()
    const stored: string[] = []
    const store: PictureStore = {
      async fetch() {
        asker.abort()
        return { ok: true, bytes: await halves(50, 50).png().toBuffer() }
      },
      async put(_target, name) {
        stored.push(name)
        return { ok: true }
      },
    }
    const job: ImageJob = { kind: 'image', id: '0123456789abcdef', contentType: 'image/png', source: '/a', targets: {} }
    const images = createImages(store, { cores: 1 })
    expect(await images.process(job, asker.signal)).toMatchObject({ ok: false, code: 'busy' })
    await images.idle()
    expect(stored).toEqual([])
  })
})
