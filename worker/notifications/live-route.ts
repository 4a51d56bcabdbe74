import { Hono } from 'hono'
import { readTicket } from '../accounts/api.ts'
import { closeCodes, protocol } from '../contract/live.ts'
import type { AppEnv } from '../kernel/context.ts'
import { describe } from '../kernel/describe.ts'
import { edgeHeaders, inward, isOwnOrigin, offeredTicket } from '../kernel/live-door.ts'
import { Problem } from '../kernel/problem.ts'
import { isUpgrade, refuseUpgrade } from '../kernel/sockets.ts'

/** The door to one's own Inbox: whose it is, the ticket says; what it is worth, the Inbox decides. */
export const inboxLiveRoutes = new Hono<AppEnv>().get(
  '/live',
  describe({
    summary: 'The live socket of one person',
    tag: 'notifications',
    caller: 'anyone',
    answers: { 101: null },
    problems: ['not-found'],
    detail: `A WebSocket with subprotocols \`${protocol}\` and \`ticket.{ticket}\`. A refusal opens, then closes with a code.`,
  }),
  async (c) => {
    const request = c.req.raw
    if (!isUpgrade(request)) throw new Problem('not-found')
    if (!isOwnOrigin(c)) return refuseUpgrade(request, protocol, closeCodes.suspended, 'foreign origin')
    const text = offeredTicket(request)
    const ticket = text === null ? null : readTicket(c.var.config, text)
    if (text === null || !ticket) return refuseUpgrade(request, protocol, closeCodes.authorityOver, 'ticket')
    const inboxes = c.env.INBOX
    return inboxes.get(inboxes.idFromName(ticket.account)).fetch(inward(request, { [edgeHeaders.ticket]: text }))
  },
)
