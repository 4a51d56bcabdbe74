import { shutOut, type Asker, type FrameRow } from '../table.ts'
import type { Person } from '../cast.ts'
import { buyNowPrice as price, nextBid } from '../things.ts'

const ticketOf =
  (person: Person) =>
  async (_: unknown, { cast }: Asker) => ({ ticket: await cast.ticket(person) })

/** Signed in enough to be asked: who comes without a ticket watches. */
const watching = { ...shutOut, anonymous: 'not-signed-in' } as const

/** Every frame of a client. All that a person is to the room came with the ticket. */
export const frameRows: FrameRow[] = [
  {
    frame: 'hello',
    of: 'running',
    answers: {
      ...shutOut,
      anonymous: 'welcome, but not-signed-in',
      unverified: 'welcome, but not-a-trader',
      banned: 'welcome, but not-eligible',
      seller: 'welcome, but seller-may-not-bid',
      others: 'welcome',
    },
  },
  {
    frame: 'hello',
    of: 'scheduled',
    answers: { ...shutOut, anonymous: 'welcome, but not-signed-in', others: 'welcome, but auction-not-running' },
  },
  { frame: 'hello', of: 'draft', answers: { others: 4404 } },
  { frame: 'seen', of: 'running', fields: () => ({ seq: 1 }), answers: { ...shutOut, others: 'nothing' } },
  { frame: 'clock', of: 'running', fields: () => ({ sentAt: 1 }), answers: { ...shutOut, others: 'clock' } },

  // Who one is changes by a ticket only, from nobody to somebody, and never to somebody else.
  {
    frame: 'renew',
    of: 'running',
    when: 'with a ticket of the stranger',
    fields: ticketOf('stranger'),
    answers: { ...shutOut, anonymous: 'done', stranger: 'done', others: 'forbidden' },
  },
  {
    frame: 'renew',
    of: 'running',
    when: 'with a ticket of the seller',
    fields: ticketOf('seller'),
    answers: { ...shutOut, anonymous: 'done', seller: 'done', others: 'forbidden' },
  },
  {
    frame: 'renew',
    of: 'running',
    when: 'with an invented ticket',
    fields: ticketOf('invented'),
    answers: { ...shutOut, others: 'sign-in-over' },
  },
  {
    frame: 'renew',
    of: 'running',
    when: 'with a ticket of an ended sign-in',
    fields: ticketOf('signedOut'),
    answers: { ...shutOut, others: 'sign-in-over' },
  },
  {
    frame: 'renew',
    of: 'running',
    when: 'with a ticket of one suspended',
    fields: ticketOf('suspended'),
    answers: { ...shutOut, others: 4403 },
  },

  {
    frame: 'place-bid',
    of: 'running',
    fields: nextBid,
    answers: {
      ...watching,
      unverified: 'not-a-trader',
      banned: 'not-eligible',
      bidder: 'already-leading',
      seller: 'seller-may-not-bid',
      others: 'bid-accepted',
    },
  },
  { frame: 'place-bid', of: 'scheduled', fields: nextBid, answers: { ...watching, others: 'auction-not-running' } },
  {
    frame: 'place-bid',
    of: 'running',
    when: 'in the name of another',
    fields: async (thing, { cast }) => ({ ...(await nextBid(thing)), bidder: cast.stranger.account }),
    answers: { ...shutOut, others: 'malformed-frame' },
  },
  {
    frame: 'place-bid',
    of: 'running',
    when: 'in another auction',
    fields: async (thing) => ({ ...(await nextBid(thing)), auction: thing.auction }),
    answers: { ...shutOut, others: 'malformed-frame' },
  },
  {
    frame: 'buy-now',
    of: 'running',
    when: 'it cannot be bought any more',
    fields: ({ termsHash }) => ({ price, termsHash }),
    answers: {
      ...watching,
      unverified: 'not-a-trader',
      banned: 'not-eligible',
      seller: 'seller-may-not-bid',
      others: 'buy-now-gone',
    },
  },
  {
    frame: 'buy-now',
    of: 'buyable',
    spends: true,
    fields: ({ termsHash }) => ({ price, termsHash }),
    asked: ['anonymous', 'invented', 'signedOut', 'suspended', 'unverified', 'seller', 'stranger', 'moderator'],
    answers: {
      ...watching,
      unverified: 'not-a-trader',
      seller: 'seller-may-not-bid',
      stranger: 'bid-accepted',
      moderator: 'auction-not-running',
    },
  },

  {
    frame: 'send-message',
    of: 'running',
    spends: true,
    fields: () => ({ text: '안녕하세요' }),
    answers: { ...watching, banned: 'chat-not-allowed', others: 'message-sent' },
  },
  {
    frame: 'send-message',
    of: 'running',
    when: 'in the name of another',
    fields: (_, { cast }) => ({ text: '안녕하세요', author: cast.seller.account }),
    answers: { ...shutOut, others: 'malformed-frame' },
  },
  {
    frame: 'delete-message',
    of: 'message',
    spends: true,
    fields: ({ message }) => ({ message }),
    answers: { ...watching, bidder: 'done', moderator: 'invalid-fields', seller: 'done', others: 'forbidden' },
  },
  {
    frame: 'delete-message',
    of: 'mixture',
    when: 'of another room',
    fields: ({ message }) => ({ message }),
    answers: { ...watching, others: 'not-found' },
  },
  {
    frame: 'delete-message',
    of: 'running',
    when: 'made up',
    fields: () => ({ message: 'msg_nonsense' }),
    answers: { ...watching, others: 'not-found' },
  },
]
