import { anyone, signedIn, type Row } from '../table.ts'

/** Finding, recommendations, and what people tell of their looking. */
export const searchRows: Row[] = [
  { ask: 'GET /api/search', of: 'draft', query: () => '?q=camera', answers: { ...anyone, others: 200 } },
  {
    ask: 'GET /api/search',
    when: 'for people',
    query: () => '?q=seller&type=people',
    answers: { ...signedIn, others: 200 },
  },
  {
    ask: 'GET /api/search/suggestions',
    of: 'draft',
    query: () => `?q=${encodeURIComponent('카메라')}`,
    answers: { ...anyone, others: 200 },
  },
  { ask: 'GET /api/auctions/recommend', answers: { ...anyone, others: 200 } },
  {
    ask: 'GET /api/recommendations/related',
    of: 'running',
    query: ({ auction }) => `?target=${auction}`,
    answers: { ...anyone, others: 200 },
  },
  {
    ask: 'GET /api/recommendations/related',
    of: 'draft',
    query: ({ auction }) => `?target=${auction}`,
    answers: { ...anyone, others: 'not-found' },
  },

  // What is not there, hidden or one's own is passed over without a word.
  {
    ask: 'POST /api/signals',
    of: 'running',
    body: ({ auction }) => ({ signals: [{ target: auction, kind: 'open', ms: 0 }] }),
    answers: { ...anyone, others: 204 },
  },
  {
    ask: 'POST /api/signals',
    of: 'draft',
    body: ({ auction }) => ({ signals: [{ target: auction, kind: 'open', ms: 0 }] }),
    answers: { ...anyone, others: 204 },
  },
  {
    ask: 'POST /api/recommendations/feedback',
    of: 'running',
    body: ({ auction }) => ({ target: auction, verdict: 'less' }),
    answers: { ...signedIn, others: 204 },
  },
  {
    ask: 'POST /api/recommendations/feedback',
    of: 'draft',
    body: ({ auction }) => ({ target: auction, verdict: 'less' }),
    answers: { ...signedIn, others: 'not-found' },
  },
  { ask: 'DELETE /api/recommendations/history', answers: { ...signedIn, suspended: 204, others: 204 } },
]
