import { SignJWT } from 'jose'
import { actor, staff, suspend, type Actor } from '../support/worker/actors.ts'
import { DAY, MINUTE } from '../support/worker/clock.ts'

/** Everyone who asks for everything. Whatever is asked for belongs to the seller, but for the bidder's bid and message. */
export const people = [
  /** Has no token. */
  'anonymous',
  /** Shows a token for the seller's own sign-in, well-formed, but sealed by somebody else. */
  'invented',
  /** Shows a good token of a sign-in that has ended. */
  'signedOut',
  /** A trader who is suspended. */
  'suspended',
  /** Signed in, without a verified phone. */
  'unverified',
  /** A trader who has nothing to do with what is asked for. */
  'stranger',
  /** A trader who has bid, and whom the seller shut out of bids and chat. */
  'banned',
  /** A trader who leads, by a secret maximum. */
  'bidder',
  /** Staff, and a trader. */
  'moderator',
  /** The same with more rights: who may do what a moderator may need not be said again. */
  'admin',
  /** The owner. */
  'seller',
] as const
export type Person = (typeof people)[number]

type Named = Exclude<Person, 'anonymous' | 'invented'>

export interface Cast extends Record<Named, Actor> {
  /** What the person shows: an access token of whatever worth. */
  tokens: Record<Person, string | null>
  /** A ticket for a socket that the person holds, of whatever worth; null for one who cannot have any. */
  ticket(person: Person): Promise<string | null>
}

/** Tickets of people who cannot ask for one any more. A little more than there are frames to try, in a room and in a shard. */
const heldTickets = 100

export async function makeCast(): Promise<Cast> {
  const [signedOut, suspended, unverified, stranger, banned, bidder, moderator, admin, seller] = await Promise.all([
    actor('signed out'),
    actor('suspended'),
    actor('unverified', { by: 'email' }),
    actor('stranger'),
    actor('banned'),
    actor('bidder'),
    staff('moderator'),
    staff('admin'),
    actor('seller'),
  ])
  const named = { signedOut, suspended, unverified, stranger, banned, bidder, moderator, admin, seller }
  const invented = await inventedToken(seller)
  const held = { signedOut: await ticketsOf(signedOut), suspended: await ticketsOf(suspended) }
  await signedOut.post('/api/accounts/logout')
  await suspend(suspended, Date.now() + DAY)

  return {
    ...named,
    tokens: {
      anonymous: null,
      invented,
      ...(Object.fromEntries(Object.entries(named).map(([name, { token }]) => [name, token])) as Record<Named, string>),
    },
    async ticket(person) {
      if (person === 'anonymous') return null
      if (person === 'invented') return withAnotherSeal(await seller.ticket())
      return person === 'signedOut' || person === 'suspended' ? take(held[person]) : named[person].ticket()
    },
  }
}

function inventedToken({ account, login }: Actor): Promise<string> {
  return new SignJWT({ sid: login })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(account)
    .setAudience('hallabong-access')
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(crypto.getRandomValues(new Uint8Array(32)))
}

/** Tickets live for 30 s: these are taken ten minutes ahead. */
async function ticketsOf(person: Actor): Promise<string[]> {
  const taken = Array.from({ length: heldTickets }, async () => {
    const { body } = await person.post('/api/accounts/tickets', undefined, { later: 10 * MINUTE })
    return body.ticket as string
  })
  return Promise.all(taken)
}

function take(tickets: string[]): string {
  const ticket = tickets.pop()
  if (ticket === undefined) throw new Error('no ticket is left')
  return ticket
}

function withAnotherSeal(ticket: string): string {
  const body = ticket.slice(0, ticket.lastIndexOf('.'))
  return `${body}.${'x'.repeat(ticket.length - body.length - 1)}`
}
