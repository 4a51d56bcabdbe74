import { initialsOf, lettersOf } from './jamo.ts'
import { isHangul, singularOf, stemOf, tellingOf, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/**
 * The keywords of a text, the same for every index behind: one of them stores them, compares them whole and knows nothing
 * of languages. Each begins with the sign of its kind, so that kinds never meet.
 *
 * | kind | of `카메라를` and `RTX 3080` | finds |
 * |---|---|---|
 * | word | `카메라를` `카메라` `rtx` `3080` `rtx3080` | words with and without particles, models however they are spaced |
 * | pair | `_카메` `_메라` `_라를` | words in another spacing and inside longer ones; pairs run across spaces |
 * | beginning | `>ㅋㅏ` … `>ㅋㅏㅁㅔㄹㅏ` `>rt` `>rtx` | words being typed, down to half a syllable; of titles and names only |
 * | initials | `#ㅋㅁ` `#ㅋㅁㄹ` | the habit of typing first letters; of titles and names only |
 */
export interface Described {
  /** A title or a name: tells most, and can be found by a beginning. */
  title: string
  /** What else is said. The first 1,000 characters count. */
  content: string
}

/** Raised when the tokens of a text change: an index made before is then built anew. */
export const tokensVersion = 1

const contentLength = 1_000
/** How often a word of a title counts: that often it stands among the tokens. */
const titleWeight = 3
const beginningLetters = { least: 2, most: 14 } as const
const initialLetters = { least: 2, most: 8 } as const

/** All tokens of a thing, repeated as they weigh. */
export function tokensOf({ title, content }: Described): string[] {
  const titled = wordsOf(title)
  const named = plainTokens(titled)
  const tokens = Array.from({ length: titleWeight }, () => named).flat()
  for (const { text, parts } of titled) {
    for (const part of new Set([text, ...parts])) tokens.push(...beginningsOf(part))
    tokens.push(...initialBeginningsOf(text))
  }
  return [...tokens, ...plainTokens(wordsOf([...content].slice(0, contentLength).join('')))]
}

/** What is looked for when somebody types this. */
export function queryTokensOf(text: string): string[] {
  const words = tellingOf(wordsOf(text))
  const tokens = plainTokens(words)
  for (const { text } of words) {
    if (/^[ㄱ-ㅎ]+$/.test(text)) tokens.push(`#${lettersOf(text).slice(0, initialLetters.most)}`)
    const letters = lettersOf(text)
    if (letters.length >= beginningLetters.least) tokens.push(`>${letters.slice(0, beginningLetters.most)}`)
  }
  return [...new Set(tokens)]
}

function plainTokens(words: readonly Word[]): string[] {
  const tokens: string[] = []
  for (const [index, word] of words.entries()) {
    tokens.push(...formsOf(word.text))
    if (word.parts.length > 1) tokens.push(...word.parts.flatMap(formsOf))
    const next = words[index + 1]
    if (next && isOneName(word.text, next.text)) tokens.push(...formsOf(word.text + next.text))
  }
  return [...tokens, ...pairsOf(words)]
}

function formsOf(word: string): string[] {
  if (!isHangul(word)) return [singularOf(word)]
  const stem = stemOf(word)
  return stem === null ? [word] : [word, stem]
}

/** `rtx 3080`, `아이폰 15` and `air pods` are as often written in one. */
function isOneName(word: string, next: string): boolean {
  return (/\p{L}$/u.test(word) && /^\p{N}/u.test(next)) || (/^[a-z]{2,}$/.test(word) && /^[a-z]{3,}$/.test(next))
}

/** Neighbouring syllables, those of neighbouring words as well. */
function pairsOf(words: readonly Word[]): string[] {
  const pairs: string[] = []
  let before = ''
  for (const { text } of words)
    for (const char of text) {
      if (!isHangul(char)) before = ''
      else {
        if (before !== '') pairs.push(`_${before}${char}`)
        before = char
      }
    }
  return pairs
}

function beginningsOf(word: string): string[] {
  const letters = lettersOf(word)
  const { least, most } = beginningLetters
  const count = Math.min(letters.length, most) - least + 1
  return Array.from({ length: Math.max(0, count) }, (_, more) => `>${letters.slice(0, least + more)}`)
}

function initialBeginningsOf(word: string): string[] {
  const initials = initialsOf(word)
  const { least, most } = initialLetters
  const count = Math.min(initials.length, most) - least + 1
  return Array.from({ length: Math.max(0, count) }, (_, more) => `#${initials.slice(0, least + more)}`)
}
