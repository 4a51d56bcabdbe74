export type {
  ChatRoomRpc,
  MemberStanding,
  Person,
  RoomChange,
  RoomOpening,
  Said,
  SendAnswer,
  Speaker,
  StoredMessage,
} from './commands.ts'
export { tellDirectRoom } from './blocking.ts'
export { maySeeAttached } from './pictures.ts'
export { chatRoomOf } from './room-client.ts'
export { edit, say, type Editing, type Saying } from './speaking.ts'
export { messageView, messageViews, roomRows } from './views.ts'
