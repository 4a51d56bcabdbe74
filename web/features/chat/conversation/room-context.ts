import { createContext, useContext } from 'solid-js'
import type { MessageView } from '../../../../worker/contract/chat.ts'
import type { Conversation } from './conversation.ts'

export interface OpenRoom extends Conversation {
  /** Reactive: the own message that the composer is changing. */
  editing: () => MessageView | null
  setEditing: (message: MessageView | null) => void
}

const RoomContext = createContext<OpenRoom>()

export const RoomProvider = RoomContext.Provider

export function useRoom(): OpenRoom {
  const room = useContext(RoomContext)
  if (!room) throw new Error('outside of a conversation')
  return room
}
