import sharp, { type Sharp } from 'sharp'

export const types = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const

/** A picture whose left half is red and whose right half is blue, soft enough to compress. */
export function halves(width: number, height: number): Sharp {
  const left = { create: { width: Math.ceil(width / 2), height, channels: 3 as const, background: '#d02020' } }
  return sharp({ create: { width, height, channels: 3, background: '#2020d0' } }).composite([
    { input: left, left: 0, top: 0 },
  ])
}

/** The colour in the middle of a region given in parts of the whole: 0.25, 0.5 is the middle of the left half. */
export async function colourAt(file: Buffer, x: number, y: number): Promise<'red' | 'blue' | 'other'> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  const [red = 0, , blue = 0] = data.subarray(at, at + 3)
  if (red > 120 && blue < 90) return 'red'
  return blue > 120 && red < 90 ? 'blue' : 'other'
}
