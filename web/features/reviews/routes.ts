import { definePage } from '../../page.ts'

export const reviewPages = [
  definePage({
    path: '/users/:handle/reviews',
    source: 'web/features/reviews/received-page.tsx',
    module: () => import('./received-page.tsx').then((file) => ({ Page: file.ReceivedPage, head: file.receivedHead })),
    texts: ['reviews', 'profiles'],
    load: async (call, at) => (await import('./queries.ts')).loadReceived(call, at.params['handle'] ?? ''),
  }),
]
