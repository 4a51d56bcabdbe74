/** Reaches browsers and pure rules: it imports nothing. */

/**
 * What people are told who need not be looking. `fold`: a newer one of the same kind and target joins the unread one
 * ("and 12 others"). `always`: cannot be switched off in the app. `push` and `mail` are what somebody has who never chose.
 */
export const notificationKinds = {
  'auction-started': { push: true, mail: false },
  'auction-soon': { push: true, mail: false },
  outbid: { push: true, mail: false, fold: true },
  'ending-soon': { push: true, mail: false },
  won: { push: true, mail: true },
  lost: { push: true, mail: false },
  'first-bid': { push: true, mail: false },
  sold: { push: true, mail: true },
  unsold: { push: true, mail: false },
  'auction-cancelled': { push: true, mail: true },
  'offer-made': { push: true, mail: true },
  'offer-answered': { push: true, mail: true },
  'deal-step': { push: true, mail: true },
  'deal-reminder': { push: true, mail: true },
  'no-show': { push: true, mail: true },
  dispute: { push: true, mail: true },
  message: { push: true, mail: false, fold: true },
  'message-request': { push: false, mail: false, fold: true },
  follow: { push: true, mail: false, fold: true },
  'follow-request': { push: true, mail: false, fold: true },
  'follow-accepted': { push: true, mail: false, fold: true },
  'review-due': { push: true, mail: false },
  'review-released': { push: true, mail: false },
  decision: { push: true, mail: true, always: true },
  'appeal-answered': { push: true, mail: true, always: true },
  'suspension-started': { push: true, mail: true, always: true },
  'suspension-ended': { push: true, mail: true, always: true },
  security: { push: true, mail: true, always: true },
} as const satisfies Record<string, { push: boolean; mail: boolean; fold?: true; always?: true }>

export type NotificationKind = keyof typeof notificationKinds
export const noticeKinds = Object.keys(notificationKinds) as [NotificationKind, ...NotificationKind[]]
