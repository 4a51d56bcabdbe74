import type { Component } from 'solid-js'
import type { MediaView } from '../../../worker/contract/media.ts'
import type { Area } from '../../i18n/dictionaries.ts'
import { definePage, type PageProps, type PageRoute } from '../../page.ts'
import type { AppealsData } from './appeals-page.tsx'

/** How pictures that only some may see are shown, brought by the feature that takes evidence. */
export type Pictures = Component<{ media: readonly MediaView[] }>

/** For staff alone: rendered in the browser, read with the reader's own token, and refused by the API to everybody else. */
export function staffPages(pictures: { texts: readonly Area[]; part: () => Promise<Pictures> }): PageRoute[] {
  // Made once: another component in its place would begin the page anew.
  let Page: Component<PageProps<AppealsData>> | undefined
  return [
    definePage({
      path: '/staff',
      source: 'web/features/staff/accounts-page.tsx',
      module: () => import('./accounts-page.tsx').then((file) => ({ Page: file.AccountsPage, head: file.staffHead })),
      texts: ['staff'],
      access: 'signed-in',
      load: async (call, at) => (await import('./queries.ts')).findAccounts(call, at.query['search'] ?? ''),
    }),
    definePage({
      path: '/staff/accounts/:account',
      source: 'web/features/staff/account-page.tsx',
      module: () => import('./account-page.tsx').then((file) => ({ Page: file.AccountPage, head: file.accountHead })),
      texts: ['staff', 'decisions'],
      access: 'signed-in',
      load: async (call, at) => (await import('./queries.ts')).loadAccount(call, at.params['account'] ?? ''),
    }),
    definePage<AppealsData>({
      path: '/staff/appeals',
      source: 'web/features/staff/appeals-page.tsx',
      async module() {
        const [{ AppealsPage, appealsHead }, Shown] = await Promise.all([import('./appeals-page.tsx'), pictures.part()])
        Page ??= (props) => <AppealsPage {...props} pictures={Shown} />
        return { Page, head: appealsHead }
      },
      texts: ['staff', 'decisions', ...pictures.texts],
      access: 'signed-in',
      load: async (call, at) => {
        const { loadAppeals, stateOf } = await import('./queries.ts')
        return loadAppeals(call, stateOf(at, 'answered'))
      },
    }),
    definePage({
      path: '/staff/cases',
      source: 'web/features/staff/cases-page.tsx',
      module: () => import('./cases-page.tsx').then((file) => ({ Page: file.CasesPage, head: file.casesHead })),
      texts: ['staff'],
      access: 'signed-in',
      load: async (call, at) => {
        const { loadCases, stateOf } = await import('./queries.ts')
        return loadCases(call, stateOf(at, 'closed'))
      },
    }),
    definePage({
      path: '/staff/audit',
      source: 'web/features/staff/audit-page.tsx',
      module: () => import('./audit-page.tsx').then((file) => ({ Page: file.AuditPage, head: file.auditHead })),
      texts: ['staff'],
      access: 'signed-in',
      load: async (call) => (await import('./queries.ts')).loadAudit(call),
    }),
  ]
}
