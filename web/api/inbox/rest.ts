import type { MessageView } from '../../../worker/contract/chat.ts'
import { answer, callMs } from '../call.ts'
import { asProblem } from '../problem.ts'
import { session } from '../session.ts'
import type { InboxRest } from './inbox.ts'

/** The REST side of the inbox, as whoever is signed in. */
export function inboxRest(): InboxRest {
  const ask = (method: string, path: string, body?: unknown, init: Pick<RequestInit, 'headers' | 'keepalive'> = {}) =>
    answer(
      session.call.fetch(`/api/${path}`, {
        ...init,
        method,
        headers: { ...init.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  return {
    send: (room, message, key) =>
      ask('POST', `chats/rooms/${room}/messages`, message, {
        headers: { 'idempotency-key': key },
      }) as Promise<MessageView>,
    edit: (room, message, text) => ask('PATCH', `chats/rooms/${room}/messages/${message}`, { text }),
    remove: (room, message) => ask('DELETE', `chats/rooms/${room}/messages/${message}`),
    markRead: (room, seq, isLast = false) => ask('PUT', `chats/rooms/${room}/read`, { seq }, { keepalive: isLast }),
    async ticket() {
      if (session.account()?.suspension) return null
      try {
        const pending = session.call.fetch('/api/accounts/tickets', {
          method: 'POST',
          signal: AbortSignal.timeout(callMs),
        })
        return ((await answer(pending)) as { ticket: string }).ticket
      } catch (thrown) {
        const problem = asProblem(thrown)
        if (problem.status === 403) return null
        throw problem
      }
    },
  }
}
