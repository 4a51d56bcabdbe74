import { definePage } from '../../page.ts'

export const problemRoutes = [
  definePage({
    path: '/problems/:code',
    source: 'web/features/problems/problem-page.tsx',
    module: () => import('./problem-page.tsx').then((file) => ({ Page: file.ProblemPage, head: file.problemHead })),
    texts: ['service', 'problems'],
  }),
]
