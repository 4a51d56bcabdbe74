import { sockets } from '../../../worker/contract/limits.ts'
import type { Chance } from '../siege/chance.ts'

/** Which socket a frame is meant for: an auction's, or a person's own. */
export type Door = 'auction' | 'inbox'

export type Frame = string | Buffer

type Fields = Record<string, unknown>

const known: Record<Door, readonly Fields[]> = {
  auction: [
    { type: 'hello', epoch: 'none', seq: 1 },
    { type: 'renew', ref: 'r', ticket: 'acc.login.1.nonce.seal' },
    { type: 'clock', ref: 'r', sentAt: 1 },
    { type: 'seen', seq: 1 },
    { type: 'place-bid', ref: 'r', key: 'a-key-of-sixteen', kind: 'exact', amount: 100, confirm: true },
    { type: 'buy-now', ref: 'r', key: 'a-key-of-sixteen', price: 100, termsHash: '0' },
    { type: 'send-message', ref: 'r', key: 'a-key-of-sixteen', text: 'hello' },
    { type: 'delete-message', ref: 'r', message: 'msg_none' },
  ],
  inbox: [
    { type: 'hello', epoch: 'none', seq: 1 },
    { type: 'renew', ref: 'r', ticket: 'acc.login.1.nonce.seal' },
    { type: 'clock', ref: 'r', sentAt: 1 },
    { type: 'seen', seq: 1 },
    { type: 'send-message', ref: 'r', key: 'a-key-of-sixteen', room: 'room_none', text: 'hello', images: [] },
    { type: 'edit-message', ref: 'r', room: 'room_none', message: 'msg_none', text: 'hello' },
    { type: 'delete-message', ref: 'r', room: 'room_none', message: 'msg_none' },
    { type: 'mark-read', ref: 'r', room: 'room_none', roomSeq: 1 },
    { type: 'typing', room: 'room_none' },
  ],
}

/** As JSON has them. None is an amount that a room would accept as a bid. */
const oddValues = [
  'null',
  'true',
  '-1',
  '0',
  '-0',
  '0.5',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740991',
  '9007199254740993',
  '18446744073709551616',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e"',
  '"constructor"',
  '[]',
  '{}',
  '[[[[[[]]]]]]',
  '{"__proto__":{"type":"hello"}}',
  '{"toString":null,"valueOf":null}',
]

/** Names that mean something, though not as the type of a client's frame. */
const oddTypes = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'welcome',
  'batch',
  'bid-placed',
  'auction-ended',
  'HELLO',
  'hello ',
  '',
  'x'.repeat(4_000),
]

/** Something of the wire that nobody should send, from a seed: by chance a byte off, or far from anything. */
export function hostileFrame(chance: Chance, door: Door): Frame {
  switch (chance.below(12)) {
    case 0:
      return noise(chance)
    case 1:
      return noise(chance).toString('latin1')
    case 2:
      return brokenJson(chance, door)
    case 3:
      return among(chance, ['null', '1', '"text"', '[]', 'true', '', ' ', '{', '\ufeff{}', '{}{}', 'ping ', 'NaN'])
    case 4:
      return nested(chance)
    case 5:
      return unknownFrame(chance)
    case 6:
      return nearTheLimit(chance)
    case 7:
      return written(without(frameOf(chance, door), chance))
    case 8:
      return withExtra(frameOf(chance, door), chance)
    case 9:
      return written(frameOf(chance, door))
    default:
      return withOddValue(frameOf(chance, door), chance)
  }
}

/** Well formed, and allowed, and of no use: only that there are many of them is wrong. */
export function harmlessFrame(chance: Chance, door: Door): Frame {
  const one = chance.below(8)
  if (one === 0) return written({ type: 'hello', epoch: 'none', seq: 9_007_199_254_740_991 })
  if (one === 1) return written({ type: 'hello', seq: 0 })
  if (one === 2) return written({ type: 'seen', seq: 9_007_199_254_740_991 })
  if (one === 3) return unknownFrame(chance)
  return written(frameOf(chance, door, `r${chance.below(1_000_000)}`))
}

export function tooLargeFrame(chance: Chance): Frame {
  const bytes = sockets.frameBytes + 1 + chance.below(among(chance, [10, 10_000, 1_000_000]))
  return chance.below(2) === 0 ? Buffer.alloc(bytes, chance.below(256)) : `{"type":"${'a'.repeat(bytes)}"}`
}

export function malformedFrame(chance: Chance, door: Door): Frame {
  return chance.below(2) === 0 ? brokenJson(chance, door) : noise(chance)
}

function frameOf(chance: Chance, door: Door, ref?: string): Fields {
  const frame = { ...among(chance, known[door]) }
  // A key of its own: one that is known has its answer already.
  if ('key' in frame) frame['key'] = `hostile-${String(chance.below(1e9)).padStart(12, '0')}`
  if ('ref' in frame && ref !== undefined) frame['ref'] = ref
  return frame
}

function noise(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: chance.below(300) }, () => chance.below(256)))
}

function brokenJson(chance: Chance, door: Door): string {
  const text = written(frameOf(chance, door))
  const at = 1 + chance.below(text.length - 1)
  return chance.below(2) === 0 ? text.slice(0, at) : `${text.slice(0, at)}${String.fromCharCode(1)}${text.slice(at)}`
}

/** As deep as a frame's size lets it be. */
function nested(chance: Chance): string {
  const depth = 1 + chance.below(sockets.frameBytes / 2 - 20)
  const arrays = `${'['.repeat(depth)}${']'.repeat(depth)}`
  if (chance.below(3) === 0) return arrays
  if (chance.below(2) === 0) return `{"type":${arrays}}`
  const objects = Math.floor(depth / 4)
  return `{"type":"hello","epoch":${'{"a":'.repeat(objects)}1${'}'.repeat(objects)}}`
}

function unknownFrame(chance: Chance): string {
  return written({ type: among(chance, oddTypes), ref: 'r'.repeat(chance.below(200)), seq: 1 })
}

/** Some bytes under or over what a frame may have, counted in bytes and not in letters. */
function nearTheLimit(chance: Chance): string {
  const letter = among(chance, ['a', 'ü', '한', '🍊'])
  const frame = { type: 'send-message', ref: 'r', key: 'a-key-of-sixteen', text: '' }
  const room = sockets.frameBytes - written(frame).length + chance.below(9) - 4
  return written({ ...frame, text: letter.repeat(Math.floor(room / Buffer.byteLength(letter))) })
}

function without(frame: Fields, chance: Chance): Fields {
  const left = among(chance, Object.keys(frame))
  return Object.fromEntries(Object.entries(frame).filter(([name]) => name !== left))
}

/** Fields that a client never has: who bids, where, for what. */
function withExtra(frame: Fields, chance: Chance): string {
  const name = among(chance, [
    'bidder',
    'auction',
    'price',
    'account',
    'role',
    'who',
    'seq',
    '__proto__',
    'constructor',
  ])
  return written(frame).replace(/\}$/, `,"${name}":${among(chance, oddValues)}}`)
}

function withOddValue(frame: Fields, chance: Chance): string {
  const odd = among(chance, Object.keys(frame))
  const fields = Object.entries(frame).map(
    ([name, value]) => `${JSON.stringify(name)}:${name === odd ? among(chance, oddValues) : JSON.stringify(value)}`,
  )
  return `{${fields.join(',')}}`
}

function written(frame: object): string {
  return JSON.stringify(frame)
}

export function among<T>(chance: Chance, list: readonly T[]): T {
  return list[chance.below(list.length)] as T
}
