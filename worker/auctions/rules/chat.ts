import type { RoomState } from '../../contract/live.ts'
import { roomChat } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'

export interface ChatSettings {
  slowModeSeconds: number
  chatPaused: boolean
  chatFrom: RoomState['chatFrom']
}

export const chatSettingsAtFirst: ChatSettings = { slowModeSeconds: 0, chatPaused: false, chatFrom: 'all' }

export interface Writer {
  /** The seller and moderators write while the chat is paused and pay no slow mode. */
  isHost: boolean
  isTrader: boolean
  isFollowing: boolean
  isBanned: boolean
  lastAt: Instant | null
}

export type ChatRefusal =
  | { code: 'chat-closed' | 'chat-paused' | 'chat-not-allowed' }
  | { code: 'too-many-requests'; retryAfterMs: number }

/** Open from publication until 10 minutes after the end, whatever kind of end it was. */
export function isChatOpen(endedAt: Instant | null, at: Instant): boolean {
  return endedAt === null || at < endedAt + roomChat.openAfterEndMs
}

/** Why this person may not write now, or null. */
export function refusalToWrite(
  settings: ChatSettings,
  endedAt: Instant | null,
  writer: Writer,
  at: Instant,
): ChatRefusal | null {
  if (!isChatOpen(endedAt, at)) return { code: 'chat-closed' }
  if (writer.isBanned) return { code: 'chat-not-allowed' }
  if (!writer.isHost) {
    if (settings.chatPaused) return { code: 'chat-paused' }
    if (settings.chatFrom === 'traders' && !writer.isTrader) return { code: 'chat-not-allowed' }
    if (settings.chatFrom === 'followers' && !writer.isFollowing) return { code: 'chat-not-allowed' }
  }
  const everyMs = writer.isHost ? roomChat.everyMs : Math.max(roomChat.everyMs, settings.slowModeSeconds * 1_000)
  const wait = writer.lastAt === null ? 0 : writer.lastAt + everyMs - at
  return wait > 0 ? { code: 'too-many-requests', retryAfterMs: wait } : null
}
