import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// The test runner hands out empty style sheets, so it is read as a file.
const css = readFileSync('web/styles/tokens.css', 'utf8')

type Oklch = [lightness: number, chroma: number, hue: number]

/** Token -> its colour in the light and in the dark theme. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g)].map(
    ([, name, light, dark]) => [name!, { light: parse(light!), dark: parse(dark!) }] as const,
  ),
)

function parse(text: string): Oklch {
  return text.split(' ').map(Number) as Oklch
}

/** Linear sRGB, by the matrices of the OKLab definition. */
function linear([lightness, chroma, hue]: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function luminance(colour: Oklch): number {
  const [r, g, b] = linear(colour).map((value) => Math.min(1, Math.max(0, value))) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: Oklch, other: Oklch): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'surface', 'sunken']
const tones = ['tangerine', 'leaf', 'brick', 'sky']
const inks = ['ink', 'ink-soft', 'ink-faint', 'tangerine-text', 'leaf', 'brick', 'sky']

/** Everything that is read: 4.5 to 1 (WCAG AA). */
const texts = [
  ...inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
  ...['ink', 'ink-soft'].map((ink) => [ink, 'raised'] as const),
  ...tones.flatMap((tone) => [
    [tone === 'tangerine' ? 'tangerine-text' : tone, `${tone}-tint`] as const,
    [`on-${tone}`, tone] as const,
    ['ink', `${tone}-tint`] as const,
    ['ink-soft', `${tone}-tint`] as const,
  ]),
  ['on-tangerine', 'tangerine-press'] as const,
  ['paper', 'ink'] as const,
]

/** What shows where a control is and where the focus is: 3 to 1. */
const marks = ['edge', 'focus', 'tangerine-text', 'leaf'].flatMap((mark) =>
  grounds.map((ground) => [mark, ground] as const),
)

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  function ratio(front: string, back: string): number {
    const [one, other] = [tokens.get(front), tokens.get(back)]
    if (!one || !other) throw new Error(`no token ${one ? back : front}`)
    return contrast(one[theme], other[theme])
  }

  test.each(texts)('%s is readable on %s', (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(marks)('%s stands out from %s', (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(3)
  })

  test('no colour lies far outside of what screens can show', () => {
    for (const [name, colours] of tokens)
      for (const value of linear(colours[theme])) expect(Math.abs(value - 0.5), name).toBeLessThanOrEqual(0.52)
  })
})

test('finds every colour of the design', () => {
  expect(tokens.size).toBeGreaterThan(20)
  expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1)
})
