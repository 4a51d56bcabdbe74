import { readTicket, standingOf } from '../../accounts/api.ts'
import type { AccountId } from '../../contract/ids.ts'
import { sockets } from '../../contract/limits.ts'
import { closeCodes, protocol } from '../../contract/live.ts'
import { readConfig } from '../../env.ts'
import { machineTime } from '../../kernel/alarms.ts'
import { edgeHeaders } from '../../kernel/live-door.ts'
import type { SignIn } from '../../kernel/sessions.ts'
import { refuseUpgrade, upgraded } from '../../kernel/sockets.ts'
import type { Endings } from './endings.ts'
import type { LiveInbox } from './live-inbox.ts'
import { InboxSession, type Owner } from './session.ts'

type Admitted = { ok: true; who: Owner } | { ok: false; close: number }

/**
 * What a ticket is worth here, once. The socket counts as held from the redemption on: a sign-in that ends while we look up how it
 * stands is noticed by `endings`, one that ends later finds the socket.
 */
export async function admit(
  inbox: LiveInbox,
  endings: Endings,
  text: string,
  owner: AccountId | null = null,
): Promise<Admitted> {
  const over = { ok: false, close: closeCodes.authorityOver } as const
  const ticket = readTicket(readConfig(inbox.env), text)
  if (!ticket || (owner !== null && ticket.account !== owner)) return over
  const { account, login, nonce } = ticket
  if (!inbox.holders.redeem(nonce, login, 'inbox', machineTime(inbox.clock))) return over
  const isEnded = endings.watch(login)
  const standing = await standingOf(inbox.env, { account, login } satisfies SignIn)
  const ended = isEnded()
  if (!standing.ok) return standing
  if (ended !== null) return { ok: false, close: ended }
  const { handle, name } = standing.actor
  return { ok: true, who: { account, login, handle, name } }
}

/** Opens a socket, or accepts it and closes it with the reason as a code. */
export async function openSocket(
  ctx: DurableObjectState,
  inbox: LiveInbox,
  endings: Endings,
  request: Request,
): Promise<Response> {
  const admitted = await admit(inbox, endings, request.headers.get(edgeHeaders.ticket) ?? '')
  if (!admitted.ok) {
    inbox.after()
    return refuseUpgrade(request, protocol, admitted.close, 'ticket')
  }
  const { listeners, clock } = inbox
  const now = machineTime(clock)
  // Those that fell silent without a close go first.
  listeners.sweep()
  listeners.makeRoom(listeners.all())
  const { 0: client, 1: server } = new WebSocketPair()
  ctx.acceptWebSocket(server)
  const session = InboxSession.begin(server, {
    who: admitted.who,
    openedAt: now,
    authUntil: now + sockets.authorityMs,
  })
  listeners.add(session)
  listeners.expectHello(session)
  inbox.attended()
  return upgraded(request, client, protocol)
}
