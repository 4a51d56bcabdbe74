import { accounts } from './limits.ts'

/**
 * What a password lacks, for the server and for forms that tell while one types. Whether it is a common one only the server
 * knows, which then adds `common`.
 */
export const passwordFaults = [
  'too-short',
  'too-long',
  'all-digits',
  'needs-letter',
  'needs-digit',
  'needs-sign',
  'like-handle',
  'like-name',
  'like-email',
  'common',
] as const
export type PasswordFault = (typeof passwordFaults)[number]

/** What a password must not resemble. */
export interface Owner {
  handle?: string | null
  name?: string | null
  email?: string | null
}

/** 8 to 64 characters, not all digits, unlike handle, name and e-mail; below 12 with a letter, a digit and a sign. */
export function faultsOf(password: string, owner: Owner = {}): PasswordFault[] {
  const { min, max, plainFrom } = accounts.password
  const length = [...password].length
  const faults: PasswordFault[] = []
  if (length < min) faults.push('too-short')
  if (length > max) faults.push('too-long')
  if (/^\d+$/.test(password)) faults.push('all-digits')
  if (length < plainFrom) {
    if (!/\p{L}/u.test(password)) faults.push('needs-letter')
    if (!/\p{N}/u.test(password)) faults.push('needs-digit')
    if (!/[^\p{L}\p{N}]/u.test(password)) faults.push('needs-sign')
  }
  if (resembles(password, owner.handle)) faults.push('like-handle')
  if (resembles(password, owner.name)) faults.push('like-name')
  if (resembles(password, owner.email?.split('@')[0])) faults.push('like-email')
  return faults
}

/** Built around the word, with little else: a three-letter name inside a long sentence does no harm. */
function resembles(password: string, word: string | null | undefined): boolean {
  const plain = lettersOf(word ?? '')
  if ([...plain].length < 2) return false
  const text = lettersOf(password)
  return text === plain || (text.includes(plain) && [...text].length - [...plain].length < 6)
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
