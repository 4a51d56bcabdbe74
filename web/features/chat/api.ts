import type { chatRoutes } from '../../../worker/chat/routes.ts'
import type { Call } from '../../api/call.ts'
import { client } from '../../api/client.ts'

/** The typed client of rooms and messages. */
export function chatApi(call: Call) {
  return client<typeof chatRoutes>(call).chats
}
