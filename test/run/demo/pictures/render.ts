import sharp from 'sharp'
import { Brushes } from './paint.ts'
import { stage } from './stage.ts'
import type { Drawing, Scenery } from './stage.ts'

export type Draw = (brushes: Brushes) => Drawing

interface Framing {
  /** Which detail to look at; the whole without one. */
  detail?: number | undefined
  /** Edge of the picture, in pixels. */
  side?: number
}

/** A JPEG of the still life with the grain of a film in it. */
export async function photograph(
  draw: Draw,
  scenery: Scenery,
  { detail, side = 1_080 }: Framing = {},
): Promise<Buffer> {
  const brushes = new Brushes()
  const drawing = draw(brushes)
  const cut = detail === undefined ? undefined : drawing.details[detail]
  const svg = Buffer.from(stage(drawing, brushes, scenery, { cut, side }))
  return sharp(svg)
    .flatten({ background: scenery.wall })
    .composite([{ input: await grain(side), blend: 'soft-light' }])
    .jpeg({ quality: 84 })
    .toBuffer()
}

const grains = new Map<number, Promise<Buffer>>()

function grain(side: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 13 } as const
  const made =
    grains.get(side) ??
    sharp({ create: { width: side, height: side, channels: 3, background: '#808080', noise } })
      .greyscale()
      .blur(0.6)
      .png({ compressionLevel: 1 })
      .toBuffer()
  grains.set(side, made)
  return made
}
