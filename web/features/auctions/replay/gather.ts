import type { ChatMessage, MessagePage } from '../../../../worker/contract/auctions.ts'
import type { Hash } from '../../../../worker/contract/ledger.ts'
import { joinPages } from '../verifier/evidence.ts'
import { type Get, pagesOf } from '../verifier/gather.ts'
import { type Recording, recordingOf } from './recording.ts'

/** Everything that happened in an auction's room, from public addresses. Null when there is nothing to play. */
export async function gatherRecording(get: Get, auction: string): Promise<Recording | null> {
  const base = `/api/auctions/${auction}`
  const [pages, messages] = await Promise.all([pagesOf(get, base), messagesOf(get, base)])
  const { lines, openings } = joinPages(pages)
  return recordingOf(lines, new Map(openings.map(({ commitment, amount }) => [commitment as Hash, amount])), messages)
}

/** The API gives them newest first; here they come oldest first. */
async function messagesOf(get: Get, base: string): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { items, nextCursor } = (await get(
      `${base}/messages?limit=50${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )) as MessagePage
    messages.push(...items)
    cursor = nextCursor
  }
  return messages.toReversed()
}
