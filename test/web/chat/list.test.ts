import { describe, expect, test } from 'vitest'
import { applyFact, applySnapshot, nothingYet } from '../../../web/api/inbox/state.ts'
import { byRank } from '../../../web/features/chat/list/rooms.ts'
import { dayOf } from '../../../web/features/chat/words.ts'
import { iso } from '../../../worker/contract/time.ts'
import { messageOf, room, rowOf } from '../inbox/fake-inbox.ts'

const none = { rooms: 0, messages: 0, notifications: 0, requests: 0 }
const muted = { muted: false, archived: false, pinned: true }

describe('order', () => {
  test('pinned ones first, then the latest message first', () => {
    const rows = [
      rowOf('room_a', { at: iso(1_000) }),
      rowOf('room_b', { at: iso(3_000) }),
      rowOf('room_c', { at: iso(500), settings: muted }),
      rowOf('room_d', { at: iso(2_000) }),
    ]
    expect(rows.sort(byRank).map(({ id }) => id)).toEqual(['room_c', 'room_b', 'room_d', 'room_a'])
  })
})

describe('rooms as they are known', () => {
  test('an edit or a deletion of the last word shows on the list', () => {
    const state = nothingYet()
    const last = messageOf(1, '오타')
    applySnapshot(state, { rooms: [rowOf(room, { last, lastSeq: 1 })], unread: none })
    const about = { seq: 1, type: 'message-changed', room, message: last.id, roomSeq: 1, at: iso(1_001) } as const
    applyFact(state, { ...about, text: '고침', deleted: false, unread: none, roomUnread: 0 })
    expect(state.rooms[room]?.last?.text).toBe('고침')
    applyFact(state, { ...about, text: null, deleted: true, unread: none, roomUnread: 0 })
    expect(state.rooms[room]?.last).toMatchObject({ deleted: true, text: null })
  })

  test('a snapshot drops rooms that are no more, and keeps those it does not speak of', () => {
    const state = nothingYet()
    applySnapshot(state, { rooms: [rowOf('room_a'), rowOf('room_b')], unread: none })
    state.rooms['room_z'] = rowOf('room_z', { folder: 'archived' })
    applySnapshot(state, { rooms: [rowOf('room_b')], unread: none })
    expect(Object.keys(state.rooms).sort()).toEqual(['room_b', 'room_z'])
  })

  test('a full snapshot says nothing of older rooms', () => {
    const state = nothingYet()
    const latest = Array.from({ length: 50 }, (_, index) => rowOf(`room_${index}`, { at: iso(10_000 + index) }))
    state.rooms['room_old'] = rowOf('room_old', { at: iso(1_000) })
    state.rooms['room_gone'] = rowOf('room_gone', { at: iso(20_000) })
    applySnapshot(state, { rooms: latest, unread: none })
    expect(state.rooms['room_old']).toBeDefined()
    expect(state.rooms['room_gone']).toBeUndefined()
  })
})

test('days are of the Korean calendar', () => {
  expect(dayOf('2026-11-21T15:00:00.000Z') - dayOf('2026-11-21T14:59:59.999Z')).toBe(1)
  expect(dayOf('2026-11-21T15:00:00.000Z')).toBe(dayOf('2026-11-22T14:59:59.999Z'))
})
