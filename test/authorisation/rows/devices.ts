import { aSubscription } from '../things.ts'
import { nobody, signedIn, type Row } from '../table.ts'

/** Browsers that are pushed to: everybody's own. */
export const deviceRows: Row[] = [
  { ask: 'GET /api/notifications/devices', answers: { ...signedIn, others: 200 } },
  { ask: 'POST /api/notifications/devices', body: () => aSubscription, answers: { ...signedIn, others: 201 } },
  {
    ask: 'DELETE /api/notifications/devices/{device}',
    of: 'device',
    spends: true,
    answers: { ...nobody, seller: 204, others: 'not-found' },
  },
]
