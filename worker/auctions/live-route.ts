import { Hono } from 'hono'
import { closeCodes, protocol } from '../contract/live.ts'
import type { AppContext, AppEnv } from '../kernel/context.ts'
import { describe } from '../kernel/describe.ts'
import { deriveKey, fingerprint } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { addressOf } from '../kernel/rate-limit.ts'
import { edgeHeaders, inward, isOwnOrigin, offeredTicket } from '../kernel/live-door.ts'
import { isUpgrade, refuseUpgrade } from '../kernel/sockets.ts'
import { seat } from './seating.ts'

/** The door to a room's socket: who may knock is decided here, who comes in by the room. */
export const liveRoutes = new Hono<AppEnv>().get(
  '/auctions/:id/live',
  describe({
    summary: 'The live socket of one auction',
    tag: 'auction rooms',
    caller: 'anyone',
    answers: { 101: null },
    problems: ['not-found'],
    detail: `A WebSocket with subprotocol \`${protocol}\`; \`ticket.{ticket}\` beside it signs in. A refusal opens, then closes with a code.`,
  }),
  async (c) => {
    const request = c.req.raw
    if (!isUpgrade(request)) throw new Problem('not-found')
    const id = c.req.param('id')
    if (!isOwnOrigin(c)) return refuseUpgrade(request, protocol, closeCodes.suspended, 'foreign origin')
    if (!c.var.ids.isGenuine('auction', id))
      return refuseUpgrade(request, protocol, closeCodes.unknown, 'unknown auction')
    return seat(c.env, id, (asked) => inward(request, { ...knownOf(c), ...asked }))
  },
)

function knownOf(c: AppContext): Record<string, string> {
  const from = fingerprint(deriveKey(c.var.config.idSecret, 'visitors'), addressOf(c)).slice(0, 16)
  const ticket = offeredTicket(c.req.raw)
  return { [edgeHeaders.from]: from, ...(ticket === null ? {} : { [edgeHeaders.ticket]: ticket }) }
}
