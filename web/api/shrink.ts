import { media } from '../../worker/contract/limits.ts'

/** What may be picked. HEIC is left out on purpose: phones then hand over a JPEG. */
export const acceptedTypes = media.types.join(',')

export type UploadType = (typeof media.types)[number]

/** A cut of the picture, in its own pixels. */
export interface Crop {
  x: number
  y: number
  width: number
  height: number
}

/** The file is no picture this browser can read. */
export class UnreadablePicture extends Error {}

const qualities = [0.86, 0.78, 0.7, 0.6, 0.5]

/**
 * The picture as it is sent: at most 1,980 px a side and about 0.2 MB, upright. A file that already is goes as it is;
 * whatever it says about camera and place the server takes out. Throws `UnreadablePicture`.
 */
export async function shrink(file: Blob, crop?: Crop): Promise<Blob> {
  const bitmap = await read(file)
  try {
    const { bytes, pixels } = media.shrinkTo
    const cut = crop ?? { x: 0, y: 0, width: bitmap.width, height: bitmap.height }
    const isSmall = file.size <= bytes && Math.max(cut.width, cut.height) <= pixels
    if (isSmall && !crop && isAccepted(file.type)) return file

    const scale = Math.min(1, pixels / Math.max(cut.width, cut.height))
    let smallest: Blob | null = null
    // A picture of fine grain may not fit at any quality: then it gets smaller.
    for (const step of [1, 0.8, 0.64]) {
      const canvas = draw(bitmap, cut, scale * step)
      for (const quality of qualities) {
        smallest = await encode(canvas, quality)
        if (smallest.size <= bytes) return smallest
      }
    }
    if (!smallest) throw new UnreadablePicture()
    return smallest
  } finally {
    bitmap.close()
  }
}

export function isAccepted(type: string): type is UploadType {
  return (media.types as readonly string[]).includes(type)
}

async function read(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new UnreadablePicture()
  }
}

function draw(bitmap: ImageBitmap, cut: Crop, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(cut.width * scale))
  canvas.height = Math.max(1, Math.round(cut.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new UnreadablePicture()
  // What was see-through becomes white, not black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, cut.x, cut.y, cut.width, cut.height, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const webp = await blobOf(canvas, 'image/webp', quality)
  // A browser that cannot write WebP gives a PNG instead.
  return webp.type === 'image/webp' ? webp : blobOf(canvas, 'image/jpeg', quality)
}

function blobOf(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePicture())), type, quality),
  )
}
