import { definePage } from '../../page.ts'

export const ownReviewPages = [
  definePage({
    path: '/deals/:id/review',
    source: 'web/features/reviews/write-page.tsx',
    module: () => import('./write-page.tsx').then((file) => ({ Page: file.WritePage, head: file.writeHead })),
    texts: ['reviews'],
    access: 'signed-in',
    load: async (call, at) => (await import('./queries.ts')).loadForWriting(call, at.params['id'] ?? ''),
  }),
  definePage({
    path: '/settings/reviews',
    source: 'web/features/reviews/own-page.tsx',
    module: () => import('./own-page.tsx').then((file) => ({ Page: file.OwnPage, head: file.ownHead })),
    texts: ['reviews'],
    access: 'signed-in',
    load: async (call) => (await import('./queries.ts')).loadOwn(call),
  }),
  // What a suspension rests on can be read while it lasts.
  definePage({
    path: '/settings/manner',
    source: 'web/features/reviews/manner-page.tsx',
    module: () => import('./manner-page.tsx').then((file) => ({ Page: file.MannerPage, head: file.mannerHead })),
    texts: ['reviews', 'profiles'],
    access: 'suspended',
    load: async (call) => (await import('./queries.ts')).loadLedger(call),
  }),
]
