import { nobody, signedIn, type Row } from '../table.ts'

/** What people say of each other after a deal, and the score that comes of it. */
export const reviewRows: Row[] = [
  { ask: 'GET /api/reviews/statements', query: () => '?role=seller', answers: { others: 200 } },
  { ask: 'GET /api/reviews', of: 'profile', query: ({ handle }) => `?handle=${handle}`, answers: { others: 200 } },
  {
    ask: 'GET /api/reviews',
    of: 'nothing',
    query: ({ handle }) => `?handle=${handle}`,
    answers: { others: 'not-found' },
  },
  {
    ask: 'GET /api/reviews/summary',
    of: 'profile',
    query: ({ handle }) => `?handle=${handle}`,
    answers: { others: 200 },
  },
  { ask: 'GET /api/reviews/mine', answers: { ...signedIn, others: 200 } },
  { ask: 'GET /api/reviews/pending', answers: { ...signedIn, others: 200 } },
  // What a suspension rests on is there for the suspended.
  { ask: 'GET /api/reviews/ledger', answers: { ...nobody, others: 200 } },

  {
    ask: 'POST /api/reviews',
    of: 'overDeal',
    spends: true,
    body: ({ deal }) => ({ deal, grade: 3, statements: ['kind'] }),
    answers: { ...signedIn, unverified: 'not-a-trader', bidder: 201, seller: 201, others: 'not-found' },
  },
  {
    ask: 'PATCH /api/reviews/{review}',
    of: 'review',
    spends: true,
    body: () => ({ text: '다시 생각했어요' }),
    answers: { ...signedIn, seller: 200, others: 'not-found' },
  },
  {
    ask: 'DELETE /api/reviews/{review}',
    of: 'review',
    spends: true,
    answers: { ...signedIn, seller: 204, others: 'not-found' },
  },
]
