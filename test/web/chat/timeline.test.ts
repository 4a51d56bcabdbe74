import { describe, expect, test } from 'vitest'
import type { MessageView } from '../../../worker/contract/chat.ts'
import { iso } from '../../../worker/contract/time.ts'
import type { Outgoing } from '../../../web/api/inbox.ts'
import { lineUp, type Said } from '../../../web/features/chat/conversation/timeline.ts'
import { messageOf } from '../inbox/fake-inbox.ts'

const minute = 60_000
const noon = Date.parse('2026-11-21T03:00:00.000Z')
const me = { handle: 'me', name: '나' }
const other = { handle: 'gyul', name: '귤' }

const said = (seq: number, by: MessageView['author'], atMs: number, text = `말 ${seq}`): MessageView =>
  messageOf(seq, text, { author: by, at: iso(atMs) })

const waiting = (text: string, differs: Partial<Outgoing> = {}): Outgoing => ({
  key: `key-${text}-${differs.writtenAt ?? 0}`,
  room: 'room_one',
  text,
  images: [],
  after: 0,
  writtenAt: noon,
  failed: null,
  ...differs,
})

const lines = (differs: Partial<Said>) =>
  lineUp({
    messages: [],
    outgoing: [],
    confirmed: new Set(),
    me: 'me',
    unreadAfter: null,
    readByOther: null,
    ...differs,
  })

describe('grouping', () => {
  test('what one says in one go belongs together; another author, five minutes or a notice begin anew', () => {
    const notice = { ...said(5, null, noon + 7 * minute), notice: { kind: 'renamed' as const, subject: other } }
    const all = lines({
      messages: [
        said(1, other, noon),
        said(2, other, noon + minute),
        said(3, me, noon + minute),
        said(4, me, noon + 7 * minute),
        notice,
        said(6, me, noon + 7 * minute),
      ],
    })
    expect(all.map(({ isFirst, isLast }) => `${isFirst ? 'first' : ''} ${isLast ? 'last' : ''}`.trim())).toEqual([
      'first',
      'last',
      'first last',
      'first last',
      'first last',
      'first last',
    ])
  })

  test('a day of the Korean calendar begins with its first message', () => {
    const beforeMidnight = Date.parse('2026-11-21T14:59:00.000Z')
    const all = lines({ messages: [said(1, other, beforeMidnight), said(2, other, beforeMidnight + 2 * minute)] })
    expect(all.map(({ day }) => day !== null)).toEqual([true, true])
    expect(all.map(({ isFirst }) => isFirst)).toEqual([true, true])
  })
})

describe('marks', () => {
  test('what was unread begins at the first message of somebody else', () => {
    const all = lines({
      messages: [said(1, other, noon), said(2, me, noon), said(3, other, noon), said(4, other, noon)],
      unreadAfter: 1,
    })
    expect(all.filter(({ isFirstUnread }) => isFirstUnread).map(({ id }) => id)).toEqual(['msg_room_one_3'])
  })

  test('where nothing was read before there is nothing to divide', () => {
    const all = lines({ messages: [said(1, other, noon), said(2, other, noon)], unreadAfter: 0 })
    expect(all.some(({ isFirstUnread }) => isFirstUnread)).toBe(false)
  })

  test('the last own message that the other side has read says so', () => {
    const all = lines({
      messages: [said(1, me, noon), said(2, me, noon), said(3, other, noon), said(4, me, noon)],
      readByOther: 3,
    })
    expect(all.filter(({ isReadMark }) => isReadMark).map(({ id }) => id)).toEqual(['msg_room_one_2'])
  })
})

describe('own messages on their way', () => {
  test('stand at the end, in the order they were written', () => {
    const all = lines({ messages: [said(1, other, noon)], outgoing: [waiting('하나'), waiting('둘')] })
    expect(all.map(({ outgoing, isMine }) => [outgoing?.text, isMine])).toEqual([
      [undefined, false],
      ['하나', true],
      ['둘', true],
    ])
  })

  test('are not shown beside the message they have become, although the answer is still to come', () => {
    const item = waiting('안녕', { after: 1 })
    const all = lines({ messages: [said(1, me, noon, '안녕'), said(2, me, noon, '안녕')], outgoing: [item] })
    expect(all.map(({ message, outgoing }) => message?.seq ?? outgoing?.key)).toEqual([1, 2])
  })

  test('that say the same as one that was answered still wait', () => {
    const item = waiting('ㅋㅋ', { after: 0 })
    const posted = said(1, me, noon, 'ㅋㅋ')
    const all = lines({ messages: [posted], outgoing: [item], confirmed: new Set([posted.id]) })
    expect(all.map(({ message, outgoing }) => message?.seq ?? outgoing?.text)).toEqual([1, 'ㅋㅋ'])
  })

  test('each becomes one message only', () => {
    const items = [waiting('네', { writtenAt: noon }), waiting('네', { writtenAt: noon + 1 })]
    const all = lines({ messages: [said(1, me, noon, '네')], outgoing: items })
    expect(all.map(({ message, outgoing }) => message?.seq ?? outgoing?.writtenAt)).toEqual([1, noon + 1])
  })

  test('that failed stay, whatever else was said', () => {
    const all = lines({ messages: [said(1, me, noon, '네')], outgoing: [waiting('네', { failed: 'cannot-message' })] })
    expect(all.length).toBe(2)
  })
})
