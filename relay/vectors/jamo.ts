/** The 19 first, 21 middle and 28 last letters of a Hangul syllable as one types them, doubled ones taken apart. */
const first = 'ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')
const middle = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const last =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')
/** Doubled letters that stand alone, as while somebody is typing. */
const apart: Record<string, string> = {
  ...Object.fromEntries(
    'ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ'.split(' ').map(split),
  ),
  ...Object.fromEntries('ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ'.split(' ').map(split)),
}

function split(letters: string): [string, string] {
  return [letters.slice(0, 1), letters.slice(1)]
}

const syllables = { from: 0xac00, to: 0xd7a3 } as const

/**
 * A text with each Hangul syllable as its letters: `값` is `ㄱㅏㅂㅅ`. By that the half-typed `카멜` is the beginning of
 * `카메라`, and a wrong vowel is one letter wrong. Everything else stays. (Unicode 16, section 3.12: arithmetic of syllables.)
 */
export function lettersOf(text: string): string {
  let letters = ''
  for (const char of text) {
    const code = char.charCodeAt(0)
    if (code < syllables.from || code > syllables.to) letters += apart[char] ?? char
    else {
      const index = code - syllables.from
      letters += `${first[Math.floor(index / 588)]}${middle[Math.floor((index % 588) / 28)]}${last[index % 28]}`
    }
  }
  return letters
}

/** The first letters of a word's syllables: `카메라` is `ㅋㅁㄹ`. */
export function initialsOf(word: string): string {
  let initials = ''
  for (const char of word) {
    const code = char.charCodeAt(0)
    if (code >= syllables.from && code <= syllables.to) initials += first[Math.floor((code - syllables.from) / 588)]
  }
  return initials
}
