import { idKinds, type IdKind } from '../../worker/contract/ids.ts'
import type { Thing } from './things.ts'

export type NamedId = IdKind & keyof Thing

/** The words of a path that stand for ids of ours. */
export function idsIn(path: string): NamedId[] {
  const words = [...path.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word)
  return words.filter((word): word is NamedId => word in idKinds)
}

/** What others might put in the place of an id, from nearly right to plainly wrong. `another` is a good id of another kind. */
export function madeUpFrom(id: string, another: string): [how: string, id: string][] {
  const [prefix = ''] = id.split('_')
  const digit = id.endsWith('0') ? '1' : '0'
  return [
    ['with another seal', id.slice(0, -1) + digit],
    // New each time, or an object that it should not have made would be there from the time before.
    ['with another body', `${prefix}_${randomBody()}${id.slice(-6)}`],
    ['of another kind', another],
    ['of another kind by its name', another.replace(/^[a-z]+/, prefix)],
    ['in capitals', id.toUpperCase()],
    ['and more', `${id}0`],
    ['a word', 'nonsense'],
    ['a number', '1'],
    ['very long', 'a'.repeat(3_000)],
    ['a query', encodeURIComponent("' or 1=1 --")],
    ['a null byte', '%00'],
    ['no UTF-8', '%ff'],
    ['a path', '..%2f..%2fadmin'],
  ]
}

function randomBody(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  return Array.from(bytes, (byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]).join('')
}
