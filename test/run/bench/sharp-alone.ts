import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { media as limits } from '../../../worker/contract/limits.ts'
import { inParallel, timed } from './pace.ts'

// What the relay is measured beside: a process that makes all files of the pictures in a folder each time it is told to, and
// answers with the seconds it took.
const [folder = '.'] = process.argv.slice(2)
const cores = availableParallelism()
sharp.cache(false)
sharp.concurrency(1)
const photos = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))))
process.on('message', async () => {
  process.send?.(
    await timed(() => inParallel(cores, photos.length, (index) => plain(photos[index] ?? Buffer.alloc(0)))),
  )
})
process.send?.('ready')

async function plain(bytes: Buffer): Promise<void> {
  const widest = limits.widths.at(-1) ?? 0
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize({ width: widest, withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const open = () => sharp(data, { raw: { width, height, channels } })
  const larger = limits.widths.findIndex((each) => each >= width)
  for (const nominal of limits.widths.slice(0, larger === -1 ? undefined : larger + 1)) {
    const sized = open().resize({ width: nominal, withoutEnlargement: true })
    await sized.clone().avif({ quality: 55, effort: 2 }).toBuffer()
    await sized.clone().webp({ quality: 80 }).toBuffer()
  }
  const share = await open()
    .resize({ ...limits.share, fit: 'inside' })
    .png({ compressionLevel: 1 })
    .toBuffer()
  await sharp({ create: { ...limits.share, channels: 3, background: '#fbf7f0' } })
    .composite([{ input: share }])
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
}
