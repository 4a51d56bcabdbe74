/**
 * Colours and brushes of the demo's still lifes: one palette, one light from the upper left. Colours are mixed in OKLab, so
 * that a shadow of orange is a deeper orange and not brown mud.
 */
export const palette = {
  paper: '#f7efe2',
  cream: '#efe2cb',
  butter: '#ecc76b',
  tangerine: '#ef8a2c',
  clay: '#c9633f',
  brick: '#a8402f',
  rose: '#d9948c',
  plum: '#6d4356',
  leaf: '#6e8f4e',
  pine: '#35594a',
  sage: '#a9b796',
  sky: '#8fb3bf',
  sea: '#3f7380',
  navy: '#2c4056',
  stone: '#a49a8c',
  oak: '#c69762',
  walnut: '#7a5238',
  steel: '#b9bdbb',
  ink: '#2b2622',
} as const

export type Paint = (typeof palette)[keyof typeof palette] | `#${string}`

type Lab = [number, number, number]

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const toGamma = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)

function labOf(paint: Paint): Lab {
  const [r, g, b] = [1, 3, 5].map((at) => toLinear(Number.parseInt(paint.slice(at, at + 2), 16) / 255)) as Lab
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function paintOf([lightness, a, b]: Lab): Paint {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const hex = channels.map((c) =>
    Math.round(255 * Math.min(1, Math.max(0, toGamma(c))))
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}

/** `share` of `other` in `paint`, 0 to 1. */
export function mix(paint: Paint, other: Paint, share: number): Paint {
  const [from, to] = [labOf(paint), labOf(other)]
  return paintOf(from.map((value, index) => value + (to[index]! - value) * share) as Lab)
}

/** Towards the warm light, or with a negative amount into the warm shadow. */
export function lit(paint: Paint, amount: number): Paint {
  return amount >= 0 ? mix(paint, '#fff6e6', amount) : mix(paint, '#241a1c', -amount)
}

type Stop = [offset: number, paint: Paint, opacity?: number]

/** Collects what a drawing needs to define, and hands out fills that all see the same light. */
export class Brushes {
  private readonly definitions: string[] = []

  get defs(): string {
    return this.definitions.join('')
  }

  private define(kind: 'linearGradient' | 'radialGradient', attributes: string, stops: Stop[]): string {
    const id = `b${this.definitions.length}`
    const body = stops
      .map(
        ([offset, paint, opacity = 1]) => `<stop offset="${offset}" stop-color="${paint}" stop-opacity="${opacity}"/>`,
      )
      .join('')
    this.definitions.push(`<${kind} id="${id}" ${attributes}>${body}</${kind}>`)
    return `url(#${id})`
  }

  /** A flat thing facing us, lit from the upper left. */
  slab(paint: Paint, contrast = 1): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="0.75" y2="1"', [
      [0, lit(paint, 0.2 * contrast)],
      [0.45, paint],
      [1, lit(paint, -0.2 * contrast)],
    ])
  }

  /** Something round standing upright: light left of the middle, a glow of the room on the far edge. */
  column(paint: Paint, contrast = 1): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="1" y2="0"', [
      [0, lit(paint, -0.1 * contrast)],
      [0.28, lit(paint, 0.26 * contrast)],
      [0.55, paint],
      [0.9, lit(paint, -0.34 * contrast)],
      [1, lit(paint, -0.22 * contrast)],
    ])
  }

  /** Something round lying across. */
  roll(paint: Paint, contrast = 1): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="0" y2="1"', [
      [0, lit(paint, -0.02 * contrast)],
      [0.25, lit(paint, 0.28 * contrast)],
      [0.6, paint],
      [1, lit(paint, -0.36 * contrast)],
    ])
  }

  ball(paint: Paint, contrast = 1): string {
    return this.define('radialGradient', 'cx="0.36" cy="0.3" r="0.78"', [
      [0, lit(paint, 0.42 * contrast)],
      [0.35, lit(paint, 0.08 * contrast)],
      [0.75, lit(paint, -0.18 * contrast)],
      [1, lit(paint, -0.34 * contrast)],
    ])
  }

  /** The inside of a bowl or a hole: dark where the light comes from. */
  hollow(paint: Paint, contrast = 1): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="0.9" y2="0.6"', [
      [0, lit(paint, -0.5 * contrast)],
      [0.7, lit(paint, -0.22 * contrast)],
      [1, lit(paint, -0.05 * contrast)],
    ])
  }

  glass(paint: Paint): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="1" y2="0.4"', [
      [0, lit(paint, 0.6), 0.5],
      [0.3, lit(paint, 0.4), 0.16],
      [0.8, paint, 0.2],
      [1, lit(paint, 0.2), 0.42],
    ])
  }

  /** A veil from `paint` to nothing, downwards. */
  fade(paint: Paint, from: number, to = 0): string {
    return this.define('linearGradient', 'x1="0" y1="0" x2="0" y2="1"', [
      [0, paint, from],
      [1, paint, to],
    ])
  }

  glow(paint: Paint, from: number): string {
    return this.define('radialGradient', 'cx="0.5" cy="0.5" r="0.5"', [
      [0, paint, from],
      [1, paint, 0],
    ])
  }

  /** Where a shape may be painted. */
  clip(shape: string): string {
    const id = `b${this.definitions.length}`
    this.definitions.push(`<clipPath id="${id}">${shape}</clipPath>`)
    return `url(#${id})`
  }
}

type More = Record<string, string | number>

const attributes = (more: More) =>
  Object.entries(more)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')

export function rect(x: number, y: number, width: number, height: number, r: number, fill: string, more: More = {}) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}" fill="${fill}"${attributes(more)}/>`
}

export function oval(cx: number, cy: number, rx: number, ry: number, fill: string, more: More = {}) {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${attributes(more)}/>`
}

export function disc(cx: number, cy: number, r: number, fill: string, more: More = {}) {
  return oval(cx, cy, r, r, fill, more)
}

export function shape(d: string, fill: string, more: More = {}) {
  return `<path d="${d}" fill="${fill}"${attributes(more)}/>`
}

export function stroke(d: string, paint: string, width: number, more: More = {}) {
  return `<path d="${d}" fill="none" stroke="${paint}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${attributes(more)}/>`
}

export function group(content: string, more: More = {}) {
  return `<g${attributes(more)}>${content}</g>`
}

export function turned(content: string, degrees: number, x: number, y: number) {
  return group(content, { transform: `rotate(${degrees} ${x} ${y})` })
}

/** `count` copies of what `draw` makes, in order. */
export function times(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('')
}
