import type { ProblemTexts } from '../problem-codes.ts'

export const problems: ProblemTexts = {
  // browser
  offline: ['You are offline', 'Try again once you are connected.'],
  timeout: ['The answer is taking too long', 'Please try again in a moment.'],
  'unreadable-answer': ['We could not read the server’s answer', 'Please try again in a moment.'],
  'update-needed': ['There is a new version', 'Reload the page to go on.'],

  // the request itself
  'malformed-body': ['We could not read the request', 'Reload the page and try again.'],
  'bad-cursor': ['The list cannot be continued from here', 'Open the list from its beginning.'],
  'bad-query': ['The filters in this address make no sense to us', 'Clear them and search again.'],
  'bad-key': ['We could not read the request', 'Reload the page and try again.'],
  'not-signed-in': ['You need to log in', 'You will come back to where you were.'],
  'sign-in-over': ['Your sign-in has ended', 'Please log in again.'],
  'bad-credentials': ['Login or password is wrong', 'Check your e-mail or phone number and the password.'],
  'fresh-proof-needed': ['Please confirm your password', 'This is an important change, so we make sure it is you.'],
  forbidden: ['This account cannot do that', 'Check whether you are logged in with another account.'],
  'foreign-origin': ['Requests from other sites are refused', 'Try again from Hallabong itself.'],
  'account-suspended': ['This account is suspended', 'Your account page says until when and why.'],
  'not-a-trader': ['A verified phone is needed', 'Verify it once, then you can sell and bid.'],
  'not-found': ['There is nothing here', 'It may have been removed, or the address has changed.'],
  'method-not-allowed': ['That cannot be done here', 'Go back and try again from there.'],
  conflict: ['That is not possible right now', 'Reload to see how things stand.'],
  'stale-version': ['It was changed meanwhile', 'Load it again before you edit.'],
  'body-too-large': ['That is too much to send', 'Make it shorter and try again.'],
  'unsupported-type': ['This kind of content is not accepted', 'Send it again in a form that is.'],
  'invalid-fields': ['Some fields need another look', 'Please check the marked fields.'],
  'unknown-field': ['We could not read the request', 'Reload the page and try again.'],
  'key-reused': ['This request was already sent with other content', 'Reload the page and try again.'],
  'version-needed': ['We could not read the request', 'Reload the page and try again.'],
  'too-many-requests': ['That was a little too often', 'Take a short break and try again.'],
  internal: ['Something went wrong on our side', 'Please try again in a moment. If it stays, tell us the code.'],
  unavailable: ['Not available at the moment', 'Please try again in a moment.'],

  // accounts
  'code-wrong': ['That code is wrong', 'Check the six digits in the message.'],
  'code-spent': ['That code can no longer be used', 'Ask for a new one.'],
  'proof-spent': ['Your phone was verified too long ago', 'Please verify it once more.'],
  'phone-taken': ['Another account uses this number', 'If it is yours, log in or reset your password.'],
  'handle-taken': ['Someone already has this handle', 'Please choose another one.'],
  'handle-too-soon': ['The handle can be changed once in 14 days', 'Edit profile says from when.'],
  'phone-too-soon': ['The number can be changed once in 90 days', 'The page of your phone says from when.'],
  'open-obligations': ['There are bids or deals still open', 'Try again when they are done.'],
  'link-spent': ['This link can no longer be used', 'Links work once, for 30 minutes. Ask for a new one.'],
  'sms-unavailable': ['We cannot send text messages right now', 'Please try again in a moment.'],

  // pictures
  'media-not-ready': ['A picture is still being prepared', 'Try again when all pictures are ready.'],
  'media-attached': [
    'A picture in use cannot be removed',
    'Take it out of the auction or profile that shows it first.',
  ],
  'upload-mismatch': ['The file is not what was announced', 'Please choose the picture again.'],

  // auctions
  'not-a-draft': ['A published auction cannot be edited', 'You can add a note to it.'],
  'not-cancellable': ['It can no longer be cancelled', 'This auction is over or was cancelled already.'],
  'has-bids': [
    'It has bids and cannot be cancelled',
    'A bid binds both sides. If something is badly wrong, tell a moderator.',
  ],
  'not-relistable': [
    'This auction cannot be listed again',
    'Only your own auctions that stayed unsold, were cancelled, or whose deal came to nothing can.',
  ],
  'too-many-auctions': ['You have as many auctions open as you may', 'List another one when one has ended.'],
  'own-auction': ['Not on your own auction', 'It works on those of other people.'],
  'notes-closed': ['Notes cannot be added after the end', 'They can be added before the start and while it runs.'],

  // bids
  'terms-changed': ['The terms are not those you saw', 'Check them again before you bid.'],
  'auction-not-running': ['Bids are not taken now', 'The auction has not started yet, or it is over.'],
  'seller-may-not-bid': [
    'You cannot bid on your own auction',
    'Sellers stay out of the bidding, so that the price is fair.',
  ],
  'not-eligible': ['You cannot bid in this auction', 'Check the conditions the seller has set.'],
  'amount-invalid': ['Amounts are in steps of ₩100', 'From ₩100 to ₩1,000,000,000.'],
  'already-leading': ['You already lead', 'You can only raise your maximum bid.'],
  'bid-too-low': [
    'Below the next bid',
    'The price may have moved on. Bid again from the next bid that the auction shows.',
  ],
  'confirmation-needed': ['That is ten times the next bid or more', 'Please confirm the amount.'],
  'buy-now-gone': ['Buy now is over', 'It ends with the first bid.'],

  // room chat
  'chat-closed': ['The chat is closed', 'Ten minutes after the end it can only be read.'],
  'chat-paused': [
    'The seller has paused the chat',
    'You can go on when it opens again. Bidding is open all the while.',
  ],
  'chat-not-allowed': [
    'You cannot write here',
    'The seller has blocked it or chosen who may write. Chat and bidding are separate.',
  ],
  'not-that-party': ['That is for the other party', 'Only the other side of the deal can take this step.'],
  'deal-step-not-now': ['This step is not open now', 'The deal may have moved on. Reload to see what can be done now.'],
  'too-early': ['It is too early', 'This can be done once the stated time has passed.'],
  'too-late': ['It is too late', 'The time for this step has passed.'],
  'case-ruled': ['The case has been decided', 'Another moderator decided it first.'],
  'own-deal': ['You cannot judge your own deal', 'A moderator who is no party to it has to.'],
  'offer-open': [
    'An offer is already open',
    'Only one bidder at a time can be asked. Wait for the answer or until it lapses.',
  ],
  'offer-over': ['The offer is over', 'It has lapsed or was answered already.'],
  'no-offer-now': [
    'No offer can be made now',
    'Offers are possible within 7 days after the buyer let the deal fail or the reserve was not met, three at most.',
  ],
  'no-bidder-left': [
    'There is no bidder left to ask',
    'Nobody is left, or those who are cannot take part at the moment.',
  ],
  'cannot-message': ['You cannot write to them', 'This person cannot be written to at the moment.'],
  'answer-first': ['Waiting for an answer', 'You can go on once the message request has been answered.'],
  'text-only': ['Only text here', 'Pictures cannot be sent in this room at the moment.'],
  'room-read-only': [
    'This room can only be read',
    'Rooms of deals are read-only from 30 days after the end of the deal.',
  ],
  'too-late-to-edit': [
    'Too late to edit',
    'Messages can be edited within 15 minutes of sending. Deleting is possible at any time.',
  ],
  'room-full': ['The room is full', 'A room holds up to 50 people.'],
  'not-a-group': ['This is not a group', 'Only groups can be changed like that.'],
  'deal-not-over': ['The deal is not over yet', 'You can review it once it is completed or has failed.'],
  'already-reviewed': ['You have reviewed this deal', 'Once per deal. Until it is released you can still change it.'],
  'review-released': ['This review has been released', 'From then on it cannot be changed or taken back.'],
  'already-appealed': ['You have appealed already', 'Once per decision. Please wait for the answer.'],
  'appeal-answered': ['This appeal has been answered', 'Somebody else was quicker.'],
  'decision-over': ['This decision stands no more', 'It is over or was undone, so there is nothing left to change.'],
  'own-decision': ['Somebody else has to answer', 'Whoever decided may not answer the appeal against it.'],
  'not-oneself': ['Not about your own account', 'Leave it to somebody else of the staff.'],
  'not-about-staff': ['Not about an account of the staff', 'Only an admin can do that.'],
  'not-suspended': ['This account is not suspended', 'It was lifted already, or never happened.'],
  'last-admin': ['There has to be an admin', 'Make somebody else an admin first.'],
  'personalisation-off': ['Personalisation is off', 'Switch it on in the settings to shape what you are shown.'],

  // sockets
  'unknown-frame': ['We could not read the request', 'Please reload the page.'],
  'malformed-frame': ['We could not read the request', 'Please reload the page.'],
}
