import { definePage } from '../../page.ts'

export const notificationPages = [
  definePage({
    path: '/notifications',
    source: 'web/features/notifications/notifications-page.tsx',
    module: () =>
      import('./notifications-page.tsx').then((file) => ({
        Page: file.NotificationsPage,
        head: file.notificationsHead,
      })),
    texts: ['notifications'],
    access: 'signed-in',
    load: async (call, at) => (await import('./queries.ts')).loadNotifications(call, at.query['unread'] === 'true'),
  }),
  definePage({
    path: '/settings/notifications',
    source: 'web/features/notifications/telling-page.tsx',
    module: () => import('./telling-page.tsx').then((file) => ({ Page: file.TellingPage, head: file.tellingHead })),
    texts: ['telling', 'settings'],
    access: 'signed-in',
    load: async () => (await import('./queries.ts')).loadTelling(),
  }),
]
