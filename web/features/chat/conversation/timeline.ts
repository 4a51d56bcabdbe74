import type { MessageView } from '../../../../worker/contract/chat.ts'
import type { Outgoing } from '../../../api/inbox.ts'
import { dayOf } from '../words.ts'

/** One line of a conversation, and how it stands among its neighbours. */
export interface Line {
  id: string
  /** Null for a message on its way. */
  message: MessageView | null
  outgoing: Outgoing | null
  isMine: boolean
  /** It begins a day. */
  day: string | null
  /** The reader had read everything before it. */
  isFirstUnread: boolean
  /** Of what one person said in one go. */
  isFirst: boolean
  isLast: boolean
  /** The other side has read up to here. */
  isReadMark: boolean
}

export interface Said {
  /** In the order of the room. */
  messages: readonly MessageView[]
  /** Own messages that the room has not confirmed, in the order they were written. */
  outgoing: readonly Outgoing[]
  /** Own messages whose confirmation has come: they are nobody's any more of those on their way. */
  confirmed: ReadonlySet<string>
  me: string | undefined
  /** Where reading began at this visit; null where nothing was unread. */
  unreadAfter: number | null
  /** How far the other side has read; null where that is not told. */
  readByOther: number | null
}

/** Messages of one author within this time belong together. */
const together = 5 * 60_000

export function lineUp(said: Said): Line[] {
  const { messages, me, unreadAfter, readByOther } = said
  const lines: Line[] = messages.map((message) => ({
    id: message.id,
    message,
    outgoing: null,
    isMine: message.author !== null && message.author.handle === me,
    day: null,
    isFirstUnread: false,
    isFirst: true,
    isLast: true,
    isReadMark: false,
  }))
  if (unreadAfter !== null) {
    const first = lines.find(({ message, isMine }) => message?.author && message.seq > unreadAfter && !isMine)
    // Where nothing has been read there is nothing to divide.
    if (first && first !== lines[0]) first.isFirstUnread = true
  }
  if (readByOther !== null) {
    const last = lines.findLast(({ message, isMine }) => isMine && message !== null && message.seq <= readByOther)
    if (last) last.isReadMark = true
  }
  for (const item of stillOnTheirWay(said))
    lines.push({
      id: item.key,
      message: null,
      outgoing: item,
      isMine: true,
      day: null,
      isFirstUnread: false,
      isFirst: true,
      isLast: true,
      isReadMark: false,
    })
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (before === undefined || dayOf(timeOf(before)) !== dayOf(timeOf(line))) line.day = timeOf(line)
    line.isFirst = !before || !belongTogether(before, line)
    if (before) before.isLast = line.isFirst
  }
  return lines
}

/**
 * The fact about an own message may come before the answer to it. From then on it is shown as what it is, a message of the
 * room, and no more as one on its way: the same words twice would be a lie for a moment.
 */
function stillOnTheirWay({ messages, outgoing, confirmed, me }: Said): Outgoing[] {
  const taken = new Set(confirmed)
  return outgoing.filter((item) => {
    if (item.failed !== null) return true
    const own = messages.find(
      (message) =>
        message.seq > item.after &&
        message.author?.handle === me &&
        !taken.has(message.id) &&
        saysTheSame(message, item),
    )
    if (own) taken.add(own.id)
    return own === undefined
  })
}

function saysTheSame({ text, images }: MessageView, item: Outgoing): boolean {
  if (item.text !== null) return text === item.text.normalize('NFC').trim()
  return images.length === item.images.length && images.every(({ media }, index) => media === item.images[index]?.media)
}

function belongTogether(before: Line, line: Line): boolean {
  if (line.day !== null || line.isFirstUnread) return false
  if (isNotice(before) || isNotice(line)) return isNotice(before) && isNotice(line)
  if (before.isMine !== line.isMine) return false
  if (!line.isMine && before.message?.author?.handle !== line.message?.author?.handle) return false
  return Date.parse(timeOf(line)) - Date.parse(timeOf(before)) < together
}

function isNotice({ message }: Line): boolean {
  return message?.notice != null
}

export function timeOf({ message, outgoing }: Line): string {
  return message?.at ?? new Date(outgoing?.writtenAt ?? 0).toISOString()
}
