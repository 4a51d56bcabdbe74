import { signedIn, type Row } from '../table.ts'
import { buyNowPrice as price, nextBid } from '../things.ts'

/** What happens in a room: bids, chat, people, the seller's hand on them. */
export const roomRows: Row[] = [
  // Watching. Before publication there is no room, not even for the seller.
  { ask: 'GET /api/auctions/{auction}/state', of: 'running', answers: { others: 200 } },
  { ask: 'GET /api/auctions/{auction}/state', of: 'draft', answers: { others: 'not-found' } },
  { ask: 'GET /api/auctions/{auction}/log', of: 'running', answers: { others: 200 } },
  { ask: 'GET /api/auctions/{auction}/log', of: 'draft', answers: { others: 'not-found' } },
  { ask: 'GET /api/auctions/{auction}/bids', of: 'running', answers: { others: 200 } },
  { ask: 'GET /api/auctions/{auction}/bids', of: 'draft', answers: { others: 'not-found' } },
  { ask: 'GET /api/auctions/{auction}/messages', of: 'running', answers: { others: 200 } },
  { ask: 'GET /api/auctions/{auction}/messages', of: 'draft', answers: { others: 'not-found' } },
  { ask: 'GET /api/auctions/{auction}/participants', of: 'running', answers: { others: 200 } },
  { ask: 'GET /api/auctions/{auction}/participants', of: 'draft', answers: { others: 'not-found' } },
  { ask: 'GET /api/auctions/{auction}/live', of: 'running', when: 'no upgrade', answers: { others: 'not-found' } },

  // Bidding is judged by the room, in its own order: whether it runs comes before who asks.
  { ask: 'GET /api/auctions/{auction}/eligibility', of: 'running', answers: { ...signedIn, others: 200 } },
  { ask: 'GET /api/auctions/{auction}/eligibility', of: 'draft', answers: { ...signedIn, others: 'not-found' } },
  {
    ask: 'POST /api/auctions/{auction}/bids',
    of: 'running',
    isKeyed: true,
    body: nextBid,
    answers: {
      ...signedIn,
      unverified: 'not-a-trader',
      banned: 'not-eligible',
      bidder: 'already-leading',
      seller: 'seller-may-not-bid',
      others: 201,
    },
  },
  {
    ask: 'POST /api/auctions/{auction}/bids',
    of: 'scheduled',
    isKeyed: true,
    body: nextBid,
    answers: { ...signedIn, others: 'auction-not-running' },
  },
  {
    ask: 'POST /api/auctions/{auction}/bids',
    of: 'sold',
    isKeyed: true,
    body: nextBid,
    answers: { ...signedIn, others: 'auction-not-running' },
  },
  {
    ask: 'POST /api/auctions/{auction}/bids',
    of: 'draft',
    isKeyed: true,
    body: nextBid,
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/{auction}/buy-now',
    of: 'running',
    when: 'it cannot be bought any more',
    isKeyed: true,
    body: ({ termsHash }) => ({ price, termsHash }),
    answers: {
      ...signedIn,
      unverified: 'not-a-trader',
      banned: 'not-eligible',
      seller: 'seller-may-not-bid',
      others: 'buy-now-gone',
    },
  },
  {
    ask: 'POST /api/auctions/{auction}/buy-now',
    of: 'buyable',
    spends: true,
    isKeyed: true,
    body: ({ termsHash }) => ({ price, termsHash }),
    asked: ['anonymous', 'invented', 'signedOut', 'suspended', 'unverified', 'seller', 'stranger', 'moderator'],
    answers: {
      ...signedIn,
      unverified: 'not-a-trader',
      seller: 'seller-may-not-bid',
      stranger: 201,
      moderator: 'auction-not-running',
    },
  },
  {
    ask: 'POST /api/auctions/{auction}/buy-now',
    of: 'draft',
    isKeyed: true,
    body: () => ({ price, termsHash: '' }),
    answers: { ...signedIn, others: 'not-found' },
  },

  // One's own bids, and nobody else's: not the seller's, not a moderator's to read.
  { ask: 'GET /api/auctions/{auction}/bids/mine', of: 'running', answers: { ...signedIn, others: 200 } },
  { ask: 'GET /api/auctions/{auction}/bids/mine', of: 'draft', answers: { ...signedIn, others: 'not-found' } },
  {
    ask: 'GET /api/auctions/{auction}/bids/{bid}/receipt',
    of: 'running',
    answers: { ...signedIn, bidder: 200, others: 'not-found' },
  },
  {
    ask: 'GET /api/auctions/{auction}/bids/{bid}/receipt',
    of: 'sold',
    answers: { ...signedIn, bidder: 200, others: 'not-found' },
  },
  {
    ask: 'GET /api/auctions/{auction}/bids/{bid}/receipt',
    of: 'mixture',
    answers: { ...signedIn, others: 'not-found' },
  },

  // Chat.
  {
    ask: 'POST /api/auctions/{auction}/messages',
    of: 'running',
    isKeyed: true,
    body: () => ({ text: '안녕하세요' }),
    answers: { ...signedIn, banned: 'chat-not-allowed', others: 201 },
  },
  {
    ask: 'POST /api/auctions/{auction}/messages',
    of: 'draft',
    isKeyed: true,
    body: () => ({ text: '안녕하세요' }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}/messages/{message}',
    of: 'message',
    spends: true,
    answers: { ...signedIn, bidder: 204, seller: 204, moderator: 'invalid-fields', others: 'forbidden' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}/messages/{message}',
    of: 'message',
    spends: true,
    when: 'for a reason',
    body: () => ({ reason: '욕설' }),
    answers: { ...signedIn, bidder: 204, moderator: 204, seller: 204, others: 'forbidden' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}/messages/{message}',
    of: 'mixture',
    answers: { ...signedIn, others: 'not-found' },
  },

  // The seller's hand, which no moderator lends.
  {
    ask: 'PATCH /api/auctions/{auction}/room',
    of: 'running',
    body: () => ({ slowModeSeconds: 0 }),
    answers: { ...signedIn, seller: 200, others: 'forbidden' },
  },
  {
    ask: 'PATCH /api/auctions/{auction}/room',
    of: 'draft',
    body: () => ({ chatPaused: true }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'GET /api/auctions/{auction}/bans',
    of: 'running',
    answers: { ...signedIn, seller: 200, others: 'forbidden' },
  },
  { ask: 'GET /api/auctions/{auction}/bans', of: 'draft', answers: { ...signedIn, others: 'not-found' } },
  {
    ask: 'PUT /api/auctions/{auction}/bans/{who}',
    of: 'sold',
    body: () => ({ scope: 'chat', reason: '욕설' }),
    answers: { ...signedIn, seller: 204, others: 'forbidden' },
  },
  {
    ask: 'PUT /api/auctions/{auction}/bans/{who}',
    of: 'draft',
    body: () => ({ scope: 'chat', reason: '욕설' }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}/bans/{who}',
    of: 'sold',
    answers: { ...signedIn, seller: 204, others: 'forbidden' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}/bans/{who}',
    of: 'draft',
    answers: { ...signedIn, others: 'not-found' },
  },
]
