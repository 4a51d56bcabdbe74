/** Where whoever looks a problem up can do something about it; the names are words of `service.problem.ways`. */
const places = {
  logIn: { path: '/log-in', codes: ['not-signed-in', 'sign-in-over', 'bad-credentials', 'fresh-proof-needed'] },
  reset: { path: '/forgot-password', codes: ['link-spent'] },
  account: { path: '/settings', codes: ['account-suspended', 'forbidden'] },
  phone: {
    path: '/settings/phone',
    codes: ['not-a-trader', 'phone-too-soon', 'phone-taken', 'proof-spent', 'code-wrong', 'code-spent'],
  },
  profile: { path: '/settings/profile', codes: ['handle-too-soon', 'handle-taken'] },
  mine: {
    path: '/mine?role=selling',
    codes: ['not-a-draft', 'not-cancellable', 'has-bids', 'too-many-auctions', 'notes-closed', 'own-auction'],
  },
  sold: { path: '/mine?role=sold', codes: ['not-relistable'] },
  bids: { path: '/mine?role=bidding', codes: ['open-obligations', 'already-leading'] },
  rules: {
    path: '/rules',
    codes: ['bid-too-low', 'amount-invalid', 'confirmation-needed', 'seller-may-not-bid', 'not-eligible'],
  },
  auctions: {
    path: '/auctions?status=running&sort=ending',
    codes: [
      'not-found',
      'bad-cursor',
      'bad-query',
      'auction-not-running',
      'buy-now-gone',
      'terms-changed',
      'chat-closed',
    ],
  },
} as const satisfies Record<string, { path: string; codes: readonly string[] }>

export type Way = keyof typeof places

export function wayOf(code: string): { way: Way; path: string } | null {
  for (const [way, { path, codes }] of Object.entries(places))
    if ((codes as readonly string[]).includes(code)) return { way: way as Way, path }
  return null
}
