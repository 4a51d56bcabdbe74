import { protocol } from '../contract/live.ts'
import type { AppContext } from './context.ts'
import { offeredProtocols } from './sockets.ts'

/**
 * Headers that only the edge may set: it strips them from what comes in. `shard` names a part of an auction's audience: where a room
 * sends a newcomer, or the one that had no place.
 */
export const edgeHeaders = {
  ticket: 'x-hallabong-ticket',
  from: 'x-hallabong-from',
  shard: 'x-hallabong-shard',
} as const

const ticketPrefix = 'ticket.'

/** Programs send no Origin and hold no sign-in of a browser that could be misused. */
export function isOwnOrigin(c: AppContext): boolean {
  const origin = c.req.header('origin')
  return origin === undefined || origin === c.var.config.origin || origin === new URL(c.req.url).origin
}

/** The ticket that was offered beside the protocol. */
export function offeredTicket(request: Request): string | null {
  const offered = offeredProtocols(request).find((one) => one.startsWith(ticketPrefix))
  return offered?.slice(ticketPrefix.length) ?? null
}

/** What goes on to the object: the upgrade, and what the edge knows. Nothing else that the client wrote. */
export function inward(request: Request, known: Record<string, string>): Request {
  const headers = new Headers({ upgrade: 'websocket', ...known })
  if (offeredProtocols(request).includes(protocol)) headers.set('sec-websocket-protocol', protocol)
  return new Request(request.url, { headers })
}
