/** Chance from a seed: the same name gives the same numbers, whoever else draws. */
export interface Chance {
  /** 0 to just below 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  is(probability: number): boolean
  among<T>(list: readonly T[]): T
}

/** sfc32 over four words of the name's FNV-1a hash (Practically Random, C. Doty-Humphrey). */
export function chanceOf(name: string): Chance {
  let [a, b, c, d] = [hashOf(`a${name}`), hashOf(`b${name}`), hashOf(`c${name}`), 1]
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    is: (probability) => next() < probability,
    among: (list) => {
      const found = list[Math.floor(next() * list.length)]
      if (found === undefined) throw new Error('nothing to choose from')
      return found
    },
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
