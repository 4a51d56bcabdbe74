import { describe, expect, it } from 'vitest'
import {
  folderOf,
  isFull,
  nextOwner,
  silenceOf,
  type Belonging,
  type Member,
  type RoomState,
} from '../../../worker/chat/rules.ts'
import { wayTo } from '../../../worker/chat/rules/reach.ts'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { chat } from '../../../worker/contract/limits.ts'
import { instant } from '../../../worker/contract/time.ts'

const account = (n: number) => `acc_${n}` as AccountId
const member = (n: number, belonging: Belonging = 'in'): Member => ({
  account: account(n),
  belonging,
  joined: n,
  fromSeq: 1,
  readSeq: 0,
  settings: { muted: false, archived: false, pinned: false },
})
const room = (kind: RoomState['kind'], members: Member[], more: Partial<RoomState> = {}): RoomState => ({
  kind,
  owner: account(1),
  isBlocked: false,
  closesAt: null,
  closedAt: null,
  members,
  ...more,
})
const now = instant(1_000)

describe('who may write', () => {
  const other: [Belonging, boolean, string | null][] = [
    ['in', true, null],
    ['unmet', false, null],
    ['asked', true, 'answer-first'],
    ['declined', true, 'answer-first'],
  ]
  it.each(other)('in a direct room whose other is %s', (belonging, wasWritten, silence) => {
    const state = room('direct', [member(1), member(2, belonging)])
    expect(silenceOf(state, member(1), now, wasWritten)).toBe(silence)
    expect(silenceOf({ ...state, isBlocked: true }, member(1), now, wasWritten)).toBe('cannot-message')
  })

  it('nobody in a deal’s room from the very moment it closes', () => {
    const state = room('deal', [member(1), member(2)], { closesAt: now })
    expect(silenceOf(state, member(1), now, false)).toBe('room-read-only')
    expect(silenceOf(state, member(1), instant(now - 1), false)).toBe(null)
  })

  it('a block means nothing in groups, and in deals that go on', () => {
    for (const kind of ['group', 'deal'] as const)
      expect(silenceOf(room(kind, [member(1), member(2)], { isBlocked: true }), member(1), now, true)).toBe(null)
  })

  it('a block silences both in the room of a deal that has ended, until it closes', () => {
    const state = room('deal', [member(1), member(2)], { isBlocked: true, closesAt: now })
    for (const who of [member(1), member(2)]) {
      expect(silenceOf(state, who, instant(now - 1), false)).toBe('cannot-message')
      expect(silenceOf(state, who, now, false)).toBe('room-read-only')
    }
  })
})

describe('a way to somebody', () => {
  it.each([
    ['everyone', true, 'open'],
    ['everyone', false, 'asking'],
    ['followed', true, 'open'],
    ['followed', false, 'closed'],
    ['nobody', true, 'closed'],
    ['nobody', false, 'closed'],
  ] as const)('who takes messages from %s, following: %s', (messagesFrom, follows, way) => {
    expect(wayTo({ messagesFrom, follows, isBlocked: false })).toBe(way)
    expect(wayTo({ messagesFrom, follows, isBlocked: true })).toBe('unknown')
  })

  it('is none where there is nobody', () => expect(wayTo(undefined)).toBe('unknown'))
})

describe('a group', () => {
  it('passes to the longest member who is in', () => {
    const members = [member(1), member(2, 'asked'), member(3, 'gone'), member(5), member(4)]
    expect(nextOwner(room('group', members), account(1))).toBe(account(4))
    expect(nextOwner(room('group', [member(1), member(2, 'declined')]), account(1))).toBe(null)
  })

  it('holds 50, those who were asked and said no among them', () => {
    const of = (count: number, belonging: Belonging) =>
      room(
        'group',
        Array.from({ length: count }, (_, n) => member(n, belonging)),
      )
    for (const belonging of ['in', 'asked', 'declined'] as const) {
      expect(isFull(of(chat.members - 1, belonging), 1)).toBe(false)
      expect(isFull(of(chat.members, belonging), 1)).toBe(true)
    }
    expect(isFull(of(chat.members, 'gone'), chat.members)).toBe(false)
  })
})

describe('folders', () => {
  it('a request is one, archived or not', () => {
    const asked = { ...member(2, 'asked'), settings: { muted: false, archived: true, pinned: false } }
    expect(folderOf(room('direct', [asked]), asked)).toBe('requests')
  })
})
