import { nobody, type Row } from '../table.ts'

/** What one was told is one's own, suspended or not: nobody else's can even be named. */
const own = { ...nobody, others: 200 } as const
const done = { ...nobody, others: 204 } as const

export const notificationRows: Row[] = [
  { ask: 'GET /api/live', when: 'without an upgrade', answers: { others: 'not-found' } },
  { ask: 'GET /api/notifications', of: 'notification', answers: own },
  { ask: 'GET /api/notifications/count', answers: own },
  {
    ask: 'POST /api/notifications/read',
    of: 'notification',
    body: ({ notification }) => ({ ids: [notification] }),
    spends: true,
    answers: done,
  },
  { ask: 'GET /api/notifications/preferences', answers: own },
  { ask: 'PUT /api/notifications/preferences', body: () => ({ kinds: {}, quiet: null }), answers: own },
  { ask: 'DELETE /api/notifications/{notification}', of: 'notification', spends: true, answers: done },
  { ask: 'DELETE /api/notifications', of: 'notification', spends: true, answers: done },
]
