import { definePage } from '../../page.ts'

export const legalRoutes = [
  definePage({
    path: '/terms',
    source: 'web/features/legal/legal-pages.tsx',
    module: () => import('./legal-pages.tsx').then((file) => ({ Page: file.TermsPage, head: file.termsHead })),
    texts: ['service', 'terms'],
  }),
  definePage({
    path: '/privacy',
    source: 'web/features/legal/legal-pages.tsx',
    module: () => import('./legal-pages.tsx').then((file) => ({ Page: file.PrivacyPage, head: file.privacyHead })),
    texts: ['service', 'privacy'],
  }),
  definePage({
    path: '/rules',
    source: 'web/features/legal/legal-pages.tsx',
    module: () => import('./legal-pages.tsx').then((file) => ({ Page: file.RulesPage, head: file.rulesHead })),
    texts: ['service', 'rules'],
  }),
  definePage({
    path: '/about',
    source: 'web/features/legal/about-page.tsx',
    module: () => import('./about-page.tsx').then((file) => ({ Page: file.AboutPage, head: file.aboutHead })),
    texts: ['about'],
  }),
]
