import { lettersOf } from '../vectors/jamo.ts'
import { isHangul, singularOf, stemOf, tellingOf, wordsOf } from '../vectors/words.ts'
import { conceptsIn, conceptsOf, meantBy } from './lexicon.ts'
import type { Concept } from './lexicon.ts'
import { unit } from './embedder.ts'
import type { Embedder, Thing } from './embedder.ts'

/** Raised with every change that turns vectors: an index made before is then built anew. */
const version = 1
const dimension = 256
const positionsPerFeature = 4

/** How much each kind of feature tells, as lengths; a word's letter groups share one length. */
const weights = { word: 1, letters: 1.2, concept: 2.4, group: 1.2 } as const
/** A title tells more than what is written below it. */
const contentWeight = 0.5
const contentLength = 1_000
const gramLengths = [3, 4] as const

/**
 * The embedder that needs nothing, gives the same vector on every computer, and is quick: words, groups of 3 and 4 letters
 * (Hangul taken apart, so a typo keeps most of them) and the concepts of `lexicon.ts`, hashed into 256 signed dimensions
 * (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009; letter groups after Bojanowski et al.,
 * "Enriching Word Vectors with Subword Information", 2017). It knows spelling well and meaning only as far as its lexicon.
 */
export const offlineEmbedder: Embedder = {
  id: `offline/${version}/${dimension}`,
  dimension,
  floor: 0.2,
  async embedThings(things) {
    return things.map(vectorOfThing)
  },
  async embedWords(words) {
    return vectorOf(words, { isAsked: true })
  },
}

function vectorOfThing({ title, content }: Thing): Float32Array {
  const titled = vectorOf(title, { isTitle: true })
  const said = vectorOf([...content].slice(0, contentLength).join(''), {})
  return unit(titled.map((value, index) => value + contentWeight * (said[index] ?? 0)))
}

interface Role {
  isTitle?: boolean
  /** Somebody's words, which may be misspelt. */
  isAsked?: boolean
}

function vectorOf(text: string, { isTitle = false, isAsked = false }: Role): Float32Array {
  const vector = new Float32Array(dimension)
  const words = tellingOf(wordsOf(text))
  for (const [index, { text, parts }] of words.entries()) {
    for (const part of new Set([text, ...parts])) {
      const stem = (isHangul(part) ? stemOf(part) : null) ?? singularOf(part)
      addFeature(vector, `w${stem}`, weights.word)
      // Letter groups of a long text would drown what it is about.
      if (isTitle || isAsked) addLetters(vector, stem)
      const concepts = isHangul(part) ? inHangul(part, stem) : conceptsOf(stem)
      const meant = isAsked && concepts.length === 0 ? meantBy(stem) : null
      addConcepts(vector, meant === null ? concepts : conceptsOf(meant))
    }
    const next = words[index + 1]
    if (next) addConcepts(vector, conceptsOf(`${text} ${singularOf(next.text)}`))
  }
  return unit(vector)
}

/** A stem that is known says more than the word around it: `고양이` is known whole, `기타를` is not. */
function inHangul(word: string, stem: string): readonly Concept[] {
  return conceptsIn(conceptsOf(word).length > 0 ? word : stem)
}

function addConcepts(vector: Float32Array, concepts: readonly Concept[]) {
  for (const { concept, group } of concepts) {
    if (concept !== null) addFeature(vector, `c${concept}`, weights.concept)
    addFeature(vector, `g${group}`, concept === null ? weights.concept : weights.group)
  }
}

function addLetters(vector: Float32Array, word: string) {
  const letters = `<${lettersOf(word)}>`
  const grams = gramLengths.flatMap((length) =>
    Array.from({ length: Math.max(0, letters.length - length + 1) }, (_, at) => letters.slice(at, at + length)),
  )
  for (const gram of grams) addFeature(vector, `l${gram}`, weights.letters / Math.sqrt(grams.length))
}

function addFeature(vector: Float32Array, feature: string, weight: number) {
  const share = weight / Math.sqrt(positionsPerFeature)
  let hash = hashOf(feature)
  for (let index = 0; index < positionsPerFeature; index++) {
    const position = (hash >>> 1) % dimension
    vector[position] = (vector[position] ?? 0) + (hash & 1 ? share : -share)
    hash = mix(hash + 0x9e3779b9)
  }
}

/** FNV-1a over UTF-16, stirred by the end of MurmurHash3. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return mix(hash)
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
