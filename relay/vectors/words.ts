/**
 * Words of a text as both search and embedder read them: NFC, lower case, full-width letters made narrow. A word that holds
 * several scripts, as names of models do, also tells its parts.
 */
export interface Word {
  /** Without a particle where it had one behind a digit or a Latin letter: `아이폰15를` is `아이폰15`. */
  text: string
  /** Runs of one script, in order; one for an ordinary word. */
  parts: string[]
}

export function normalise(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .toLowerCase()
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
const partPattern = /[\p{Script=Hangul}ㄱ-ㅣ]+|\p{N}+|[^\p{Script=Hangul}ㄱ-ㅣ\p{N}]+/gu
const hangul = /^[가-힣]+$/

export function wordsOf(text: string): Word[] {
  return [...normalise(text).matchAll(wordPattern)].map(([whole]) => {
    const parts = whole.match(partPattern) ?? [whole]
    const end = parts.at(-1)
    if (parts.length > 1 && end !== undefined && particles.has(end)) parts.pop()
    return { text: parts.join(''), parts }
  })
}

/** Words that say how somebody asks or sells, not what. They count only where nothing else is said. */
const fillers = new Set(
  `a an and any for from i in is it keep looking of on or some something that the this to want with
   것 거 때 좀 수 할 쓰는 쓸 있는 하는 사고 싶어요 싶다 삽니다 팝니다 팔아요 구해요 구합니다 찾아요 찾습니다 있나요 주세요 중고`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** The words without fillers, unless there is nothing else. */
export function tellingOf(words: readonly Word[]): readonly Word[] {
  const telling = words.filter(({ text }) => !fillers.has(text))
  return telling.length > 0 ? telling : words
}

export function isHangul(part: string): boolean {
  return hangul.test(part)
}

/**
 * What Korean hangs on a noun: particles, and the commonest forms of "to be". No dictionary says where the noun ends, so a
 * stem is a guess (`고양이` loses its end), and whoever uses it keeps the whole word as well.
 */
const particles = new Set(
  `은 는 이 가 을 를 의 에 와 과 도 만 로 나 랑 야 요 께 들 용
   에서 에게 한테 으로 부터 까지 처럼 보다 마다 조차 밖에 이나 이랑 하고 라도 이라 이란 이며 에는 에도 에만 에요 예요 이야 들이 들을 들은 들의 로는
   에서는 에서도 으로는 으로도 이라도 이에요 입니다 이었던 에게서 한테서 이라는 까지도 까지는 부터는`
    .split(/\s+/)
    .filter((particle) => particle !== ''),
)
const longest = 3

/** A Hangul word without its particle, or null where it has none. At least one syllable stays. */
export function stemOf(word: string): string | null {
  for (let length = Math.min(longest, word.length - 1); length > 0; length--)
    if (particles.has(word.slice(-length))) return word.slice(0, -length)
  return null
}

/** An English word in the singular (Harman's S-stemmer, 1991). */
export function singularOf(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word
  if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (/[^su]s$/.test(word)) return word.slice(0, -1)
  return word
}
