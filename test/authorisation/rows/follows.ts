import { anyone, signedIn, type Row } from '../table.ts'

/** Follows, requests, blocks and mutes. */
export const followRows: Row[] = [
  {
    ask: 'GET /api/accounts/users',
    query: () => '?search=seller',
    answers: { ...signedIn, others: 200 },
  },
  // Whom somebody blocked is told what a stranger to the house is told.
  {
    ask: 'GET /api/accounts/users/{handle}',
    of: 'shunner',
    answers: { ...anyone, stranger: 'not-found', others: 200 },
  },

  {
    ask: 'POST /api/follows',
    of: 'acquaintance',
    spends: true,
    body: ({ handle }) => ({ handle }),
    answers: { ...signedIn, others: 201 },
  },
  {
    ask: 'POST /api/follows',
    of: 'recluse',
    when: 'a private account',
    body: ({ handle }) => ({ handle }),
    answers: { ...signedIn, seller: 'invalid-fields', others: 201 },
  },
  {
    ask: 'POST /api/follows',
    of: 'shunner',
    body: ({ handle }) => ({ handle }),
    answers: { ...signedIn, stranger: 'not-found', others: 201 },
  },
  {
    ask: 'POST /api/follows',
    of: 'nothing',
    body: ({ handle }) => ({ handle }),
    answers: { ...signedIn, others: 'not-found' },
  },
  ...(['follows', 'followers'] as const).flatMap((list): Row[] => [
    { ask: `GET /api/follows/{handle}/${list}`, of: 'acquaintance', answers: { ...signedIn, others: 200 } },
    {
      ask: `GET /api/follows/{handle}/${list}`,
      of: 'recluse',
      answers: { ...signedIn, seller: 200, others: 'not-found' },
    },
    {
      ask: `GET /api/follows/{handle}/${list}`,
      of: 'shunner',
      answers: { ...signedIn, stranger: 'not-found', others: 200 },
    },
    { ask: `GET /api/follows/{handle}/${list}`, of: 'nothing', answers: { ...signedIn, others: 'not-found' } },
  ]),
  ...(['unfollow', 'unfollower'] as const).flatMap((deed): Row[] => [
    { ask: `DELETE /api/follows/{handle}/${deed}`, of: 'acquaintance', answers: { ...signedIn, others: 204 } },
    {
      ask: `DELETE /api/follows/{handle}/${deed}`,
      of: 'shunner',
      answers: { ...signedIn, stranger: 'not-found', others: 204 },
    },
    { ask: `DELETE /api/follows/{handle}/${deed}`, of: 'nothing', answers: { ...signedIn, others: 'not-found' } },
  ]),

  { ask: 'GET /api/follows/requests', answers: { ...signedIn, others: 200 } },
  {
    ask: 'POST /api/follows/requests/{handle}',
    of: 'petition',
    answers: { ...signedIn, seller: 204, others: 'not-found' },
  },
  // To turn down what nobody asked does nothing; what was asked of the seller stays theirs to answer.
  { ask: 'DELETE /api/follows/requests/{handle}', of: 'petition', answers: { ...signedIn, others: 204 } },
  { ask: 'DELETE /api/follows/requests/{handle}', of: 'nothing', answers: { ...signedIn, others: 'not-found' } },

  ...(['blocks', 'mutes'] as const).flatMap((list): Row[] => [
    { ask: `GET /api/${list}`, answers: { ...signedIn, others: 200 } },
    { ask: `PUT /api/${list}/{handle}`, of: 'acquaintance', spends: true, answers: { ...signedIn, others: 204 } },
    { ask: `PUT /api/${list}/{handle}`, of: 'shunner', spends: true, answers: { ...signedIn, others: 204 } },
    { ask: `PUT /api/${list}/{handle}`, of: 'nothing', answers: { ...signedIn, others: 'not-found' } },
    { ask: `DELETE /api/${list}/{handle}`, of: 'acquaintance', answers: { ...signedIn, others: 204 } },
    { ask: `DELETE /api/${list}/{handle}`, of: 'nothing', answers: { ...signedIn, others: 'not-found' } },
  ]),
]
