import sharp from 'sharp'
import type { Metadata } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { media as limits } from '../../worker/contract/limits.ts'
import type { RejectionReason } from '../../worker/contract/media.ts'
import type { Turns } from './gate.ts'

/** Only decoders of the five kinds we take are ever reached, whatever the bytes pretend to be (no SVG, PDF or Magick). */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
    'VipsForeignLoadNsgif',
  ],
})
// What libvips caches would never be asked for again, and its own threads would only get in each other's way: the cores
// are shared out by `turns`.
sharp.cache(false)
sharp.concurrency(1)

export interface Size {
  nominal: number
  width: number
  height: number
}

export interface Picture {
  width: number
  height: number
  thumbhash: string
  sizes: Size[]
  /** By file name: `480.avif`, `480.webp`, `share.jpg`. */
  files: Map<string, Buffer>
}

export type Made = { ok: true; picture: Picture } | { ok: false; reason: RejectionReason }

export interface MakeOptions {
  /** What the uploader said it is. */
  contentType: (typeof limits.types)[number]
  /** Whether the JPEG for link previews is wanted. */
  share: boolean
  /** Each piece of work with pixels takes one of these. */
  turns: Turns
  /** For decoding. Default 15. */
  timeoutSeconds?: number
}

/** Thrown instead of a piece of work that nobody waits for any more. */
export class AskerGone extends Error {}

/** Makes every size of a picture, upright and without metadata, or says why it is refused. Throws what `turns` throws. */
export async function makePicture(bytes: Buffer, options: MakeOptions): Promise<Made> {
  const { turns, timeoutSeconds = 15 } = options
  const input = { failOn: 'error', limitInputPixels: limits.pixels ** 2, pages: 1, autoOrient: true } as const
  let metadata: Metadata
  try {
    metadata = await sharp(bytes, input).metadata()
  } catch (error) {
    return { ok: false, reason: isPixelLimit(error) ? 'too-large' : looksLike(bytes) ? 'broken' : 'unsupported' }
  }
  const type = typeOf(metadata)
  if (!type) return { ok: false, reason: 'unsupported' }
  if (type !== options.contentType) return { ok: false, reason: 'wrong-type' }
  const { width, height } = metadata.autoOrient
  if (width > limits.pixels || height > limits.pixels) return { ok: false, reason: 'too-large' }

  const largest = Math.min(width, limits.widths.at(-1) ?? width)
  try {
    // Decoded once; everything else is made from these pixels.
    const { data, info } = await turns(() =>
      sharp(bytes, input)
        .resize({ width: largest })
        .toColourspace('srgb')
        .timeout({ seconds: timeoutSeconds })
        .raw()
        .toBuffer({ resolveWithObject: true }),
    )
    const raw = { width: info.width, height: info.height, channels: info.channels }
    return { ok: true, picture: { width, height, ...(await draw({ data, raw }, options)) } }
  } catch (error) {
    if (error instanceof AskerGone) throw error
    return { ok: false, reason: isTimeout(error) ? 'too-complex' : 'broken' }
  }
}

type Raw = { width: number; height: number; channels: 1 | 2 | 3 | 4 }
interface Pixels {
  data: Buffer
  raw: Raw
}

async function draw(pixels: Pixels, { turns, share }: MakeOptions): Promise<Omit<Picture, 'width' | 'height'>> {
  const sizes = sizesOf(pixels.raw)
  const [thumbhash, preview, ...files] = await Promise.all([
    turns(() => hash(pixels)),
    share ? turns(() => drawShare(pixels)) : null,
    // The largest first: what takes longest should not begin last.
    ...sizes.toReversed().map((size) => drawSize(pixels, size, turns)),
  ])
  const all = new Map(files.toReversed().flat())
  if (preview) all.set('share.jpg', preview)
  return { thumbhash, sizes, files: all }
}

async function drawSize(
  { data, raw }: Pixels,
  { nominal, width, height }: Size,
  turns: Turns,
): Promise<[string, Buffer][]> {
  const scaled = await turns(() => sharp(data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer())
  const from = { raw: { width, height, channels: raw.channels } }
  const [avif, webp] = await Promise.all([
    turns(() => sharp(scaled, from).avif({ quality: 55, effort: 2 }).toBuffer()),
    turns(() => sharp(scaled, from).webp({ quality: 80 }).toBuffer()),
  ])
  return [
    [`${nominal}.avif`, avif],
    [`${nominal}.webp`, webp],
  ]
}

/** Every width up to the picture's own, and its own in place of the first that is larger: nothing is blown up. */
function sizesOf(raw: Raw): Size[] {
  const larger = limits.widths.findIndex((width) => width >= raw.width)
  const nominals = larger === -1 ? limits.widths : limits.widths.slice(0, larger + 1)
  return nominals.map((nominal) => {
    const width = Math.min(nominal, raw.width)
    return { nominal, width, height: Math.max(1, Math.round((raw.height * width) / raw.width)) }
  })
}

/** The whole picture on a blurred enlargement of itself, so that no preview cuts off what is for sale. */
async function drawShare({ data, raw }: Pixels): Promise<Buffer> {
  const { width, height } = limits.share
  const paper = '#fbf7f0'
  const flat = () => sharp(data, { raw }).flatten({ background: paper })
  const behind = await flat().resize(60, 32, { fit: 'cover' }).blur(2).raw().toBuffer({ resolveWithObject: true })
  const front = await flat().resize(width, height, { fit: 'inside' }).raw().toBuffer({ resolveWithObject: true })
  return sharp(behind.data, { raw: rawOf(behind.info) })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .composite([{ input: front.data, raw: rawOf(front.info) }])
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
}

function rawOf({ width, height, channels }: Raw): Raw {
  return { width, height, channels }
}

async function hash({ data, raw }: Pixels): Promise<string> {
  const { data: pixels, info } = await sharp(data, { raw })
    .resize(100, 100, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, pixels)).toString('base64')
}

function typeOf({ format, compression }: Metadata): MakeOptions['contentType'] | null {
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
      return `image/${format}`
    case 'heif':
      return compression === 'av1' ? 'image/avif' : null
    default:
      return null
  }
}

const signatures = [/^\xFF\xD8\xFF/, /^\x89PNG\r\n/, /^RIFF.{4}WEBP/s, /^GIF8[79]a/, /^.{4}ftypavi[fs]/s]

/** Whether the first bytes are those of a kind we take: a damaged picture rather than something else. */
function looksLike(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 16).toString('latin1')
  return signatures.some((signature) => signature.test(start))
}

const isPixelLimit = (error: unknown) => error instanceof Error && /exceeds pixel limit/i.test(error.message)
const isTimeout = (error: unknown) => error instanceof Error && /timeout/i.test(error.message)
