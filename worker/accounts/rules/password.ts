import { commonPasswords } from './common-passwords.ts'

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

/** So many characters around a common word add nothing that is not guessed first. */
const trimmings = 6

/**
 * Whether everybody's list of guesses holds it: as it is, without the digits and signs that people put around a word, or with its
 * usual disguises taken off (`P@ssw0rd!23` is `password`).
 */
export function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  const stem = plain.replaceAll(/^[^a-z]+|[^a-z]+$/g, '')
  const bare = [...stem].map((letter) => lookalikes[letter] ?? letter).join('')
  const forms = [plain, stem, bare].flatMap((text) => [
    text,
    text.replaceAll(/[^a-z0-9]/g, ''),
    text.replaceAll(/[^a-z]/g, ''),
  ])
  return forms.some((form) => isGuessed(form) && isTrimming(plain, form))
}

function isGuessed(form: string): boolean {
  return commonPasswords.has(form) || isSeries(form)
}

function isTrimming(plain: string, form: string): boolean {
  return plain.length - form.length <= trimmings || isSeries(plain.replace(form, ''))
}

function isSeries(text: string): boolean {
  return text.length >= 4 && (isRepetition(text) || isRun(text))
}

/** One to four characters over and over: `aaaaaaaa`, `abababab`, `qwerqwerqwer`. */
function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+.{0,1}$/u.test(text)
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Neighbours in the alphabet or on the keyboard either way: `abcdefgh`, `poiuytrewq`. */
function isRun(text: string): boolean {
  return rows.some((row) => row.includes(text) || [...row].reverse().join('').includes(text))
}
