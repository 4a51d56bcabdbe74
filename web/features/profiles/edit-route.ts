import { definePage } from '../../page.ts'

export const profileEditRoute = definePage({
  path: '/settings/profile',
  source: 'web/features/profiles/profile-edit-page.tsx',
  module: () =>
    import('./profile-edit-page.tsx').then((file) => ({ Page: file.ProfileEditPage, head: file.profileEditHead })),
  texts: ['settings', 'forms'],
  access: 'signed-in',
})
