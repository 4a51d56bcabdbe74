import { rgbaToDataURL, thumbHashToRGBA } from 'thumbhash'

const side = 6

/**
 * A data URL of a few hundred bytes for a ThumbHash: a picture of 6 x 6 that the browser smooths when it stretches it. It
 * is an image, not a style, because the pages' policy allows no inline styles. Null where the hash is not one.
 */
export function blurUrl(thumbhash: string): string | null {
  try {
    const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(thumbhash), (c) => c.charCodeAt(0)))
    const small = new Uint8Array(side * side * 4)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const from = (Math.floor(((y + 0.5) * h) / side) * w + Math.floor(((x + 0.5) * w) / side)) * 4
        small.set(rgba.subarray(from, from + 4), (y * side + x) * 4)
      }
    return rgbaToDataURL(side, side, small)
  } catch {
    return null
  }
}
