import { nobody, staffOnly, type Row } from '../table.ts'

/** Statements of reasons, appeals and their answers. */
export const moderationRows: Row[] = [
  { ask: 'GET /api/decisions', answers: { ...nobody, others: 200 } },
  {
    ask: 'GET /api/decisions/{decision}',
    of: 'decision',
    answers: { ...nobody, seller: 200, others: 'not-found' },
  },
  {
    ask: 'POST /api/decisions/{decision}/appeal',
    of: 'decision',
    spends: true,
    body: () => ({ text: '사실과 달라요' }),
    answers: { ...nobody, seller: 201, others: 'not-found' },
  },

  { ask: 'GET /api/moderation/appeals', of: 'appealed', forStaff: true, answers: { ...staffOnly, moderator: 200 } },
  {
    ask: 'POST /api/moderation/appeals/{decision}/answer',
    of: 'appealed',
    spends: true,
    body: () => ({ outcome: 'uphold', reason: '다시 보았어요' }),
    asked: [
      'anonymous',
      'invented',
      'signedOut',
      'suspended',
      'unverified',
      'stranger',
      'bidder',
      'seller',
      'moderator',
    ],
    answers: { ...staffOnly, moderator: 204 },
  },
  {
    ask: 'POST /api/moderation/appeals/{decision}/answer',
    of: 'decision',
    when: 'that nobody appealed against',
    body: () => ({ outcome: 'uphold', reason: '다시 보았어요' }),
    answers: { ...staffOnly, moderator: 'not-found' },
  },
]
