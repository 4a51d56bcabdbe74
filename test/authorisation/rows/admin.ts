import { staffOnly, type Row } from '../table.ts'

const until = () => new Date(Date.now() + 3_600_000).toISOString()

/** What staff sees of accounts and does to them. */
export const adminRows: Row[] = [
  {
    ask: 'GET /api/admin/accounts',
    query: () => '?search=seller',
    forStaff: true,
    answers: { ...staffOnly, moderator: 200 },
  },
  {
    ask: 'GET /api/admin/accounts/{account}',
    of: 'member',
    forStaff: true,
    answers: { ...staffOnly, moderator: 200 },
  },
  {
    ask: 'POST /api/admin/accounts/{account}/email',
    of: 'member',
    body: () => ({ reason: '신고 확인' }),
    answers: { ...staffOnly, moderator: 200 },
  },
  {
    ask: 'POST /api/admin/accounts/{account}/suspension',
    of: 'member',
    spends: true,
    body: () => ({ until: until(), reason: 'spam', facts: '같은 글을 여러 번 올렸어요' }),
    answers: { ...staffOnly, moderator: 204 },
  },
  {
    ask: 'DELETE /api/admin/accounts/{account}/suspension',
    of: 'suspendedMember',
    spends: true,
    body: () => ({ reason: '잘못 봤어요' }),
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
    ask: 'DELETE /api/admin/accounts/{account}/suspension',
    of: 'member',
    when: 'that is not suspended',
    body: () => ({ reason: '잘못 봤어요' }),
    answers: { ...staffOnly, moderator: 'not-suspended' },
  },
  {
    ask: 'PUT /api/admin/accounts/{account}/role',
    of: 'member',
    spends: true,
    takes: ['role'],
    body: () => ({ role: 'moderator', reason: '새 운영자' }),
    answers: { ...staffOnly, admin: 204 },
  },
  { ask: 'GET /api/admin/audit', forStaff: true, answers: { ...staffOnly, admin: 200 } },
]
