import { definePage } from '../../page.ts'

const sides = ['follows', 'followers'] as const

const hidden = [
  { path: '/settings/blocked', list: 'blocks' },
  { path: '/settings/muted', list: 'mutes' },
] as const

export const followRoutes = [
  ...sides.map((side) =>
    definePage({
      path: `/users/:handle/${side}`,
      source: 'web/features/follows/follow-lists-page.tsx',
      module: () =>
        import('./follow-lists-page.tsx').then((file) => ({ Page: file.FollowListPage, head: file.followListHead })),
      texts: ['people', 'profiles'],
      access: 'signed-in',
      load: async (call, at) => (await import('./queries.ts')).loadFirstOfSide(call, at.params.handle ?? '', side),
    }),
  ),
  definePage({
    path: '/settings/follow-requests',
    source: 'web/features/follows/requests-page.tsx',
    module: () => import('./requests-page.tsx').then((file) => ({ Page: file.RequestsPage, head: file.requestsHead })),
    texts: ['people', 'profiles', 'settings'],
    access: 'signed-in',
    load: async (call) => (await import('./queries.ts')).loadRequests(call),
  }),
  ...hidden.map(({ path, list }) =>
    definePage({
      path,
      source: 'web/features/follows/shut-out-page.tsx',
      module: () => import('./shut-out-page.tsx').then((file) => ({ Page: file.ShutOutPage, head: file.shutOutHead })),
      texts: ['people', 'profiles', 'settings'],
      access: 'signed-in',
      load: async (call) => ({ list, page: await (await import('./queries.ts')).loadShutOut(call, list) }),
    }),
  ),
]
