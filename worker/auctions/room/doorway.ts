import type { AccountId, AuctionId } from '../../contract/ids.ts'
import { sockets } from '../../contract/limits.ts'
import { closeCodes, protocol, type ClientFrame, type ServerFrame, type You } from '../../contract/live.ts'
import { iso } from '../../contract/time.ts'
import { redeemTicket, type Participant } from '../../accounts/api.ts'
import { machineTime, type ObjectClock } from '../../kernel/alarms.ts'
import { edgeHeaders } from '../../kernel/live-door.ts'
import { refuseUpgrade, upgraded } from '../../kernel/sockets.ts'
import { liveLimits } from '../../kernel/live-limits.ts'
import type { Seats } from './seats.ts'
import { Session } from './session.ts'

/** What people come into: a room, or a shard of its audience. */
export interface Hall {
  ctx: DurableObjectState
  env: Env
  clock: ObjectClock
  seats: Seats
  auction: AuctionId
  seller: AccountId
  /** Sockets came or went. */
  attended(): void
}

/** Opens a socket into the hall, or accepts it and closes it with the reason as a code. */
export async function openSocket(hall: Hall, request: Request): Promise<Response> {
  const { ctx, env, clock, seats, auction, seller } = hall
  const ticket = request.headers.get(edgeHeaders.ticket)
  const from = request.headers.get(edgeHeaders.from) ?? ''
  const redeemed = ticket === null ? null : await redeemTicket(env, ticket, { auction, seller })
  if (redeemed?.ok === false) return refuseUpgrade(request, protocol, redeemed.close, 'ticket')
  if (!redeemed && seats.visitorsFrom(from) >= liveLimits().visitorsPerAddress)
    return refuseUpgrade(request, protocol, closeCodes.tooManySockets, 'too many sockets')

  const now = machineTime(clock)
  const who = redeemed?.participant ?? null
  if (who) seats.makeRoom(seats.of(who.account))
  const { 0: client, 1: server } = new WebSocketPair()
  ctx.acceptWebSocket(server)
  const authUntil = who ? now + sockets.authorityMs : null
  const session = Session.begin(server, { who, from: who ? '' : from, openedAt: now, authUntil })
  seats.add(session)
  hall.attended()
  seats.expectHello(session)
  return upgraded(request, client, protocol)
}

type Renew = Extract<ClientFrame, { type: 'renew' }>

/** Moves the authority, or makes a signed-in person of a visitor. Null where the socket was closed instead. */
export async function renew(
  hall: Hall,
  session: Session,
  { ref, ticket }: Renew,
  youAre: (who: Participant) => You | Promise<You>,
): Promise<ServerFrame | null> {
  const { env, clock, seats, auction, seller } = hall
  const redeemed = await redeemTicket(env, ticket, { auction, seller })
  if (!redeemed.ok) {
    if (redeemed.close !== closeCodes.suspended) return { type: 'problem', ref, code: 'sign-in-over' }
    seats.close(session, redeemed.close, 'suspended')
    return null
  }
  const { participant } = redeemed
  if (session.who && session.who.account !== participant.account) return { type: 'problem', ref, code: 'forbidden' }
  // It may have gone while the ticket was looked at, and nobody who is not there takes a seat.
  if (!seats.find(session.socket)) return null
  const authUntil = machineTime(clock) + sockets.authorityMs
  seats.makeRoom(seats.of(participant.account), session)
  seats.renew(session, participant, authUntil)
  hall.attended()
  const you = await youAre(participant)
  return { type: 'done', ref, authUntil: iso(authUntil + clock.shiftMs()), you }
}
