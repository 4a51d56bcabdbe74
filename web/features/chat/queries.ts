import { type Folder, type MessagesPart, type RoomRow, type RoomView } from '../../../worker/contract/chat.ts'
import { api } from '../../../worker/contract/limits.ts'
import { answer, type Call } from '../../api/call.ts'
import type { PageAt } from '../../page.ts'
import { chatApi } from './api.ts'

export const folders = ['inbox', 'requests', 'deals', 'archived'] as const satisfies readonly Folder[]

export interface RoomData {
  view: RoomView
  /** The latest messages, oldest first. */
  messages: MessagesPart['items']
  hasOlder: boolean
}

export async function loadRoom(call: Call, at: PageAt): Promise<RoomData> {
  const room = chatApi(call).rooms[':id']
  const param = { id: at.params['id'] ?? '' }
  const [view, part] = await Promise.all([
    answer(room.$get({ param })),
    answer(room.messages.$get({ param, query: {} })),
  ])
  return { view, messages: part.items.toReversed(), hasOlder: part.more }
}

/** Newest first. */
export function messagesBefore(call: Call, id: string, before: number): Promise<MessagesPart> {
  return answer(chatApi(call).rooms[':id'].messages.$get({ param: { id }, query: { before: String(before) } }))
}

/** Everything after a place, oldest first, however much that is. */
export async function messagesAfter(call: Call, id: string, after: number): Promise<MessagesPart['items']> {
  const items: MessagesPart['items'] = []
  for (;;) {
    const from = items.at(-1)?.seq ?? after
    const part = await answer(
      chatApi(call).rooms[':id'].messages.$get({
        param: { id },
        query: { after: String(from), limit: String(api.page.most) },
      }),
    )
    items.push(...part.items)
    if (!part.more || part.items.length === 0) return items
  }
}

export function findRooms(
  call: Call,
  asked: { folder: Folder; search: string; cursor: string | null },
): Promise<{ items: RoomRow[]; nextCursor: string | null }> {
  const { folder, search, cursor } = asked
  const query = { folder, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }
  return answer(chatApi(call).rooms.$get({ query }))
}
