import { definePage } from '../../../page.ts'

export const settingsPages = [
  definePage({
    path: '/settings',
    source: 'web/features/accounts/settings/settings-page.tsx',
    module: () => import('./settings-page.tsx').then((file) => ({ Page: file.SettingsPage, head: file.settingsHead })),
    texts: ['settings'],
    access: 'suspended',
  }),
  definePage({
    path: '/settings/sign-ins',
    source: 'web/features/accounts/settings/sign-ins-page.tsx',
    module: () => import('./sign-ins-page.tsx').then((file) => ({ Page: file.SignInsPage, head: file.signInsHead })),
    texts: ['settings'],
    access: 'suspended',
    load: () => import('./own-data.ts').then((file) => file.loadSignIns()),
  }),
  definePage({
    path: '/settings/password',
    source: 'web/features/accounts/settings/password-page.tsx',
    module: () => import('./password-page.tsx').then((file) => ({ Page: file.PasswordPage, head: file.passwordHead })),
    texts: ['settings', 'accounts', 'forms'],
    access: 'suspended',
  }),
  definePage({
    path: '/settings/phone',
    source: 'web/features/accounts/settings/phone-page.tsx',
    module: () => import('./phone-page.tsx').then((file) => ({ Page: file.PhonePage, head: file.phoneHead })),
    texts: ['settings', 'accounts', 'forms'],
    access: 'signed-in',
  }),
  definePage({
    path: '/settings/preferences',
    source: 'web/features/accounts/settings/preferences-page.tsx',
    module: () =>
      import('./preferences-page.tsx').then((file) => ({
        Page: file.PreferencesPage,
        head: file.preferencesHead,
      })),
    texts: ['settings'],
    access: 'suspended',
    load: () => import('./own-data.ts').then((file) => file.loadPreferences()),
  }),
]
