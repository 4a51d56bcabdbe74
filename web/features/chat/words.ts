import type { MessageView, RoomRow, RoomView } from '../../../worker/contract/chat.ts'
import type { Outgoing } from '../../api/inbox.ts'
import type { Format } from '../../i18n/format.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'

/** Names of rooms and sentences about messages, in the language of the page. */
export function useRoomWords() {
  const t = useTexts('messages')
  const format = useFormat()

  const nameOf = (author: MessageView['author']) => author?.name ?? t.formerMember

  /** Its name, or who is in it, or what it is about. */
  function titleOf(row: Pick<RoomRow, 'name' | 'members' | 'deal' | 'kind' | 'membersCount'>): string {
    if (row.kind === 'deal' && row.deal) return row.deal.title
    if (row.name) return row.name
    if (row.members.length === 0) return t.formerMember
    const names = format.list(row.members.map(({ name }) => name))
    const others = row.membersCount - 1 - row.members.length
    return others > 0 ? `${names} +${others}` : names
  }

  /** A line that the room itself wrote. */
  function noticeOf({ notice, text, author }: MessageView): string {
    if (!notice) return ''
    const said = notice.kind === 'deal-moved' ? (t.dealSteps[text ?? ''] ?? t.dealSteps['opened'] ?? '') : (text ?? '')
    return t.notice[notice.kind](nameOf(notice.subject ?? author), said)
  }

  /** What a message says, in one line. */
  function contentOf(message: Pick<MessageView, 'text' | 'images' | 'deleted'>): string {
    if (message.deleted) return t.preview.deleted
    return message.text?.replace(/\s+/g, ' ') ?? t.preview.pictures(message.images.length)
  }

  /** The last word of a room, as its row on the list says it. */
  function previewOf(row: RoomRow, me: string | undefined, pending: Outgoing | undefined): string {
    if (pending) {
      const said = contentOf({ text: pending.text, images: pending.images, deleted: false })
      return pending.failed === null ? t.preview.own(said) : `${t.preview.failed}: ${said}`
    }
    const { last } = row
    if (!last) return t.preview.none
    if (last.notice) return noticeOf(last)
    if (last.author?.handle === me) return t.preview.own(contentOf(last))
    return row.kind === 'group' ? t.preview.of(nameOf(last.author), contentOf(last)) : contentOf(last)
  }

  return { nameOf, titleOf, noticeOf, contentOf, previewOf }
}

/** A day of the Korean calendar, as a number that grows by one a day. */
export function dayOf(at: string | number): number {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return Math.floor((ms + 9 * 3_600_000) / 86_400_000)
}

/** When a room was last spoken in: the time today, the date before. */
export function whenOf(at: string, now: number, format: Format, yesterday: string): string {
  const ago = dayOf(now) - dayOf(at)
  if (ago <= 0) return format.time(at)
  return ago === 1 ? yesterday : format.shortDate(at)
}

/** Everybody of a room but oneself. */
export function othersOf(view: RoomView, me: string | undefined): RoomView['people'] {
  return view.people.filter(({ handle }) => handle !== me)
}
