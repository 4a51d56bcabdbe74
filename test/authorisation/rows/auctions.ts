import { anyone, signedIn, type Row } from '../table.ts'

/** Finding, likes, and one auction from its draft to its relisting. */
export const auctionRows: Row[] = [
  // Lists are the same for everyone, and hold no drafts.
  { ask: 'GET /api/auctions/categories', answers: { others: 200 } },
  { ask: 'GET /api/auctions/increments', answers: { others: 200 } },
  { ask: 'GET /api/auctions/keys', answers: { others: 200 } },
  { ask: 'GET /api/auctions', of: 'draft', answers: { others: 200 } },
  { ask: 'GET /api/auctions/popular', answers: { others: 200 } },
  {
    ask: 'GET /api/auctions/cards',
    of: 'draft',
    query: ({ auction }) => `?ids=${auction}`,
    answers: { others: 200 },
  },
  { ask: 'GET /api/auctions/latest/{handle}', of: 'profile', answers: { others: 200 } },
  { ask: 'GET /api/auctions/latest/{handle}', of: 'nothing', answers: { others: 'not-found' } },
  {
    ask: 'GET /api/auctions/mine',
    of: 'draft',
    query: () => '?role=draft',
    answers: { ...signedIn, others: 200 },
  },

  // Likes.
  {
    ask: 'POST /api/likes/auction-likes',
    of: 'running',
    body: ({ auction }) => ({ auction }),
    answers: { ...signedIn, seller: 'own-auction', others: 201 },
  },
  {
    ask: 'POST /api/likes/auction-likes',
    of: 'draft',
    body: ({ auction }) => ({ auction }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'POST /api/likes/auction-likes',
    of: 'nothing',
    body: ({ auction }) => ({ auction }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'GET /api/likes/auction-likes',
    of: 'running',
    query: ({ auction }) => `?ids=${auction}`,
    answers: { ...signedIn, others: 200 },
  },
  { ask: 'GET /api/likes/auction-likes/{auction}', of: 'running', answers: { ...anyone, others: 200 } },
  { ask: 'GET /api/likes/auction-likes/{auction}', of: 'draft', answers: { ...anyone, others: 'not-found' } },
  { ask: 'DELETE /api/likes/auction-likes/{auction}', of: 'running', answers: { ...signedIn, others: 200 } },
  { ask: 'DELETE /api/likes/auction-likes/{auction}', of: 'draft', answers: { ...signedIn, others: 'not-found' } },

  // Reading: a draft is there for its seller alone.
  { ask: 'GET /api/auctions/{auction}', of: 'running', answers: { ...anyone, others: 200 } },
  { ask: 'GET /api/auctions/{auction}', of: 'sold', answers: { ...anyone, others: 200 } },
  { ask: 'GET /api/auctions/{auction}', of: 'draft', answers: { ...anyone, seller: 200, others: 'not-found' } },

  // Selling takes a verified phone.
  {
    ask: 'POST /api/auctions',
    body: () => ({ title: '필름 카메라' }),
    answers: { ...signedIn, unverified: 'not-a-trader', others: 201 },
  },
  {
    ask: 'POST /api/auctions',
    of: 'picture',
    when: 'with that picture',
    body: ({ media }) => ({ images: [media] }),
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 201, others: 'media-not-ready' },
  },
  {
    ask: 'POST /api/auctions',
    of: 'nothing',
    when: 'with a made-up picture',
    body: ({ media }) => ({ images: [media] }),
    answers: { ...signedIn, unverified: 'not-a-trader', others: 'media-not-ready' },
  },

  // Changing: not mine and hidden is not there, not mine and seen is forbidden.
  {
    ask: 'PATCH /api/auctions/{auction}',
    of: 'draft',
    spends: true,
    matches: true,
    body: () => ({ content: '상자도 있어요.' }),
    answers: { ...signedIn, seller: 200, others: 'not-found' },
  },
  {
    ask: 'PATCH /api/auctions/{auction}',
    of: 'running',
    matches: true,
    body: () => ({ startPrice: 100 }),
    answers: { ...signedIn, seller: 'not-a-draft', others: 'forbidden' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}',
    of: 'draft',
    spends: true,
    answers: { ...signedIn, seller: 204, others: 'not-found' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}',
    of: 'scheduled',
    spends: true,
    answers: { ...signedIn, seller: 204, others: 'forbidden' },
  },
  {
    ask: 'DELETE /api/auctions/{auction}',
    of: 'running',
    answers: { ...signedIn, seller: 'not-cancellable', others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/publish',
    of: 'draft',
    spends: true,
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 200, others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/{auction}/publish',
    of: 'running',
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 'not-a-draft', others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/cancel',
    of: 'scheduled',
    spends: true,
    body: () => ({ reason: '깨졌어요.' }),
    answers: { ...signedIn, seller: 200, others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/cancel',
    of: 'running',
    body: () => ({ reason: '깨졌어요.' }),
    answers: { ...signedIn, seller: 'has-bids', others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/cancel',
    of: 'draft',
    body: () => ({ reason: '깨졌어요.' }),
    answers: { ...signedIn, seller: 'not-cancellable', others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/{auction}/notes',
    of: 'running',
    body: () => ({ text: '셔터는 잘 눌려요.' }),
    answers: { ...signedIn, seller: 201, others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/notes',
    of: 'draft',
    body: () => ({ text: '셔터는 잘 눌려요.' }),
    answers: { ...signedIn, seller: 'notes-closed', others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/{auction}/relist',
    of: 'cancelled',
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 201, others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/relist',
    of: 'running',
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 'not-relistable', others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/relist',
    of: 'draft',
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 'not-relistable', others: 'not-found' },
  },

  // For our own relay alone.
  { ask: 'PUT /api/auctions/projections', answers: { others: 'not-found' } },
]
