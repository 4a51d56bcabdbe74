import { z } from 'zod'

/**
 * Every problem the API can answer with (RFC 9457). The code is the contract; `title` is for developers, the words for
 * people are in `web/i18n` under the same code, and `/problems/{code}` is its page.
 */
export const problems = {
  // the request itself
  'malformed-body': { status: 400, title: 'The body is not valid JSON' },
  'bad-cursor': { status: 400, title: 'The cursor is not of this list' },
  'bad-query': { status: 400, title: 'The query is not understood' },
  'bad-key': { status: 400, title: 'The Idempotency-Key header is missing or not 16 to 64 characters' },
  'not-signed-in': { status: 401, title: 'A valid access token is needed' },
  'sign-in-over': { status: 401, title: 'This sign-in has ended' },
  'bad-credentials': { status: 401, title: 'Login or password is wrong' },
  'fresh-proof-needed': { status: 403, title: 'The password or a recent sign-in is needed' },
  forbidden: { status: 403, title: 'Not allowed for this account' },
  'foreign-origin': { status: 403, title: 'Requests from other sites are refused' },
  'account-suspended': { status: 403, title: 'The account is suspended' },
  'not-a-trader': { status: 403, title: 'A verified phone is needed' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This path does not take that method' },
  conflict: { status: 409, title: 'The state does not allow it' },
  'stale-version': { status: 412, title: 'It was changed meanwhile' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-type': { status: 415, title: 'The content type is not taken here' },
  'invalid-fields': { status: 422, title: 'Some fields are not valid' },
  'unknown-field': { status: 422, title: 'The body has a field that is not taken' },
  'key-reused': { status: 422, title: 'The key was used for another request' },
  'version-needed': { status: 428, title: 'If-Match is needed' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something failed on our side' },
  unavailable: { status: 503, title: 'Not available for the moment' },

  // accounts
  'code-wrong': { status: 409, title: 'The code is wrong' },
  'code-spent': { status: 409, title: 'The code is used up or too old' },
  'proof-spent': { status: 409, title: 'The proof is used up, too old or for another purpose' },
  'phone-taken': { status: 409, title: 'The number belongs to another account' },
  'handle-taken': { status: 409, title: 'The handle is taken' },
  'handle-too-soon': { status: 409, title: 'The handle was changed less than 14 days ago' },
  'phone-too-soon': { status: 409, title: 'The number was changed less than 90 days ago' },
  'open-obligations': { status: 409, title: 'There are open bids or deals' },
  'link-spent': { status: 409, title: 'The link is used up or too old' },
  'sms-unavailable': { status: 503, title: 'No text messages can be sent for the moment' },

  // media
  'media-not-ready': { status: 409, title: 'The picture is not ready' },
  'media-attached': { status: 409, title: 'The picture is in use' },
  'upload-mismatch': { status: 422, title: 'Size or type differs from the ticket' },

  // auctions
  'not-a-draft': { status: 409, title: 'Only a draft can be changed' },
  'not-cancellable': { status: 409, title: 'It cannot be cancelled any more' },
  'has-bids': { status: 409, title: 'It has bids' },
  'not-relistable': { status: 409, title: 'It cannot be listed again' },
  'too-many-auctions': { status: 429, title: 'Too many auctions at once' },
  'own-auction': { status: 409, title: 'Not for the own auction' },
  'notes-closed': { status: 409, title: 'Notes are taken only while scheduled or running' },

  // judging bids, in the order of checking
  'terms-changed': { status: 409, title: 'The terms are not those that were shown' },
  'auction-not-running': { status: 409, title: 'The auction is not running' },
  'seller-may-not-bid': { status: 403, title: 'Sellers may not bid on their own auction' },
  'not-eligible': { status: 403, title: 'Not eligible for this auction' },
  'amount-invalid': { status: 422, title: 'The amount is not valid' },
  'already-leading': { status: 409, title: 'Already leading; only the maximum can be raised' },
  'bid-too-low': { status: 409, title: 'Below the next bid' },
  'confirmation-needed': { status: 409, title: 'Ten times the next bid or more needs confirmation' },
  'buy-now-gone': { status: 409, title: 'Buy now is over' },

  // room chat
  'chat-closed': { status: 409, title: 'The chat is closed' },
  'chat-paused': { status: 409, title: 'The seller has paused the chat' },
  'chat-not-allowed': { status: 403, title: 'Not allowed to write here' },

  // rooms to talk in
  'cannot-message': { status: 403, title: 'This person cannot be written to' },
  'answer-first': { status: 403, title: 'The request has to be answered first' },
  'text-only': { status: 403, title: 'Only text may be sent here' },
  'room-read-only': { status: 409, title: 'The room can only be read' },
  'too-late-to-edit': { status: 409, title: 'It can be edited for 15 minutes only' },
  'room-full': { status: 409, title: 'The room is full' },
  'not-a-group': { status: 409, title: 'Only groups can be changed' },

  // deals and offers
  'not-that-party': { status: 403, title: 'This step is for the other party' },
  'deal-step-not-now': { status: 409, title: 'The deal does not allow this step now' },
  'too-early': { status: 409, title: 'It is too early for this step' },
  'too-late': { status: 409, title: 'It is too late for this step' },
  'case-ruled': { status: 409, title: 'The case has been ruled on' },
  'own-deal': { status: 403, title: 'Not on an own deal' },
  'offer-open': { status: 409, title: 'An offer is open' },
  'offer-over': { status: 409, title: 'The offer is over' },
  'no-offer-now': { status: 409, title: 'No offer can be made now' },
  'no-bidder-left': { status: 409, title: 'There is no bidder left to offer to' },

  // reviews
  'deal-not-over': { status: 409, title: 'The deal is not over' },
  'already-reviewed': { status: 409, title: 'This deal was reviewed already' },
  'review-released': { status: 409, title: 'The review has been released' },

  // decisions and staff
  'already-appealed': { status: 409, title: 'There was an appeal already' },
  'appeal-answered': { status: 409, title: 'The appeal has been answered' },
  'decision-over': { status: 409, title: 'The decision stands no more' },
  'own-decision': { status: 403, title: 'Somebody else has to answer' },
  'not-oneself': { status: 403, title: 'Not about oneself' },
  'not-about-staff': { status: 403, title: 'Not about staff of the same or a higher rank' },
  'not-suspended': { status: 409, title: 'The account is not suspended' },
  'last-admin': { status: 409, title: 'There has to be an admin' },

  // search and recommendations
  'personalisation-off': { status: 409, title: 'Personalisation is switched off' },

  // sockets
  'unknown-frame': { status: 400, title: 'The frame is not known' },
  'malformed-frame': { status: 400, title: 'The frame is not valid' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
  instance: z.string(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
