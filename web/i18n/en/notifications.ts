import type { NotificationTexts } from '../ko/notifications.ts'

type Maybe = string | undefined

const on = (title: Maybe, rest: string, general: string) => (title === undefined ? general : `“${title}” ${rest}`)
const about = (title: Maybe, text: string) => (title === undefined ? text : `“${title}”: ${text}`)

export const notifications: NotificationTexts = {
  title: 'Notifications',
  lead: 'Kept for 90 days.',
  unread: (count) => `${count} unread ${count === 1 ? 'notification' : 'notifications'}`,
  bell: 'Notifications',
  tabs: { all: 'All', unread: 'Unread' },
  markAll: 'Mark all as read',
  clear: 'Clear all',
  clearAsk: 'Clear all notifications?',
  clearText: 'Cleared notifications cannot be brought back. Deals and conversations stay as they are.',
  cleared: 'All notifications are cleared.',
  remove: 'Remove this notification',
  removed: 'The notification is removed.',
  isUnread: 'Unread',
  today: 'Today',
  earlier: 'Earlier',
  emptyAll: 'No notifications yet',
  emptyAllText: 'News about bids, deals and messages gathers here.',
  emptyUnread: 'All read',
  emptyUnreadText: 'What is new will show up here.',
  browse: 'Browse auctions',
  settings: 'Notification settings',
  see: 'View',
  live: 'New notifications show up at once.',

  someone: 'Somebody',
  people: (first, others) => (others > 0 ? `${first} and ${others} ${others === 1 ? 'other' : 'others'}` : first),

  kinds: {
    'auction-started': (v) => ({
      title: 'An auction has started',
      text: on(v.title, 'is open. You can bid now.', 'An auction you like is open. You can bid now.'),
    }),
    'auction-soon': (v) => ({
      title: 'An auction starts soon',
      text: on(
        v.title,
        `starts ${v.at ? `at ${v.at}` : 'soon'}.`,
        `An auction you like starts ${v.at ? `at ${v.at}` : 'soon'}.`,
      ),
    }),
    outbid: (v) => ({
      title: 'You have been outbid',
      text: [
        on(
          v.title,
          v.price ? `is at ${v.price} now.` : 'has a higher price now.',
          'The price of an auction you bid on has risen.',
        ),
        v.minimum ? `You can bid again from ${v.minimum}.` : '',
      ].join(' '),
    }),
    'ending-soon': (v) => ({
      title: 'Ending soon',
      text: on(
        v.title,
        `ends ${v.at ? `at ${v.at}` : 'in 10 minutes'}.`,
        `An auction you follow ends ${v.at ? `at ${v.at}` : 'in 10 minutes'}.`,
      ),
    }),
    won: (v) => ({
      title: 'Congratulations, you won',
      text: `${on(v.title, v.price ? `is yours for ${v.price}.` : 'is yours.', 'You won an auction.')} Arrange the handover with the seller in the deal room.`,
    }),
    lost: (v) => ({
      title: 'It went to somebody else',
      text: on(v.title, v.price ? `was sold for ${v.price}.` : 'has ended.', 'An auction you bid on has ended.'),
    }),
    'first-bid': (v) => ({
      title: 'Your first bid is in',
      text: on(v.title, v.price ? `has a bid of ${v.price}.` : 'has its first bid.', 'Your auction has its first bid.'),
    }),
    sold: (v) => ({
      title: 'Sold',
      text: `${on(v.title, v.price ? `was sold for ${v.price}.` : 'was sold.', 'Your auction was sold.')} Arrange the handover with the buyer in the deal room.`,
    }),
    unsold: (v) => ({
      title: 'Not sold',
      text: on(v.title, 'ended without a winner.', 'Your auction ended without a winner.'),
    }),
    'auction-cancelled': (v) => ({
      title: 'An auction was cancelled',
      text: on(v.title, 'was cancelled.', 'An auction you followed was cancelled.'),
    }),
    'offer-made': (v) => ({
      title: 'You have an offer',
      text: [
        on(v.title, v.amount ? `can be yours for ${v.amount}.` : 'can be yours.', 'You can buy something you bid on.'),
        v.until ? `Please answer by ${v.until}.` : '',
      ].join(' '),
    }),
    'offer-answered': (v) => ({
      title: {
        accepted: 'Your offer was accepted',
        declined: 'Your offer was declined',
        lapsed: 'Your offer has lapsed',
        other: 'Your offer was answered',
      }[v.answer ?? 'other'],
      text: about(
        v.title,
        v.answer === 'accepted' ? 'the deal is open. Arrange the handover.' : 'you can offer it to the next bidder.',
      ),
    }),
    'deal-step': (v) => {
      const said = {
        opened: 'The deal is open',
        'appointment-proposed': `${v.who} proposed an appointment`,
        'appointment-agreed': 'The appointment is set',
        'handed-over': 'The item is on its way or handed over',
        completed: 'The deal is complete',
        'cancel-proposed': `${v.who} proposes to cancel`,
        'cancel-withdrawn': 'The proposal to cancel was withdrawn',
        cancelled: 'The deal was cancelled',
        refused: `${v.who} pulled out of the deal`,
        'passed-on': 'The deal ended so that the next bidder can be asked',
        ruled: 'A moderator has decided',
        'fault-lifted': 'A moderator’s decision was overturned',
        lapsed: 'The deal ended because nothing happened',
      } as Record<string, string>
      return { title: said[v.step ?? ''] ?? 'News about your deal', text: about(v.title, 'see your deal.') }
    },
    'deal-reminder': (v) => {
      const said = {
        quiet: ['Time to arrange it', 'there is no appointment yet.'],
        meet: ['Your appointment is near', v.at ? `you meet at ${v.at}.` : 'you meet soon.'],
        complete: [
          'The deal completes by itself soon',
          v.at ? `it counts as received at ${v.at}.` : 'it counts as received.',
        ],
        lapse: [
          'The deal ends by itself soon',
          v.at ? `it ends at ${v.at} unless handed over.` : 'it ends unless handed over.',
        ],
      } as Record<string, [string, string]>
      const [title, text] = said[v.about ?? ''] ?? ['Remember your deal', 'something is left to do.']
      return { title, text: about(v.title, text) }
    },
    'no-show': (v) => {
      const due = `without an answer${v.at ? ` by ${v.at}` : ''} it counts as admitted.`
      const said = {
        'no-show-reported': ['You were reported for not showing up', due],
        'no-show-admitted': ['The no-show is settled', 'the deal has ended.'],
        'no-show-contested': ['The report is contested', 'a moderator looks at both sides.'],
      } as Record<string, [string, string]>
      const [title, text] = said[v.step ?? ''] ?? ['Little time is left to answer a report', due]
      return { title, text: about(v.title, text) }
    },
    dispute: (v) => {
      const said = {
        'dispute-opened': 'A problem was reported',
        'evidence-added': 'New evidence in the dispute',
        'remedy-proposed': 'A solution was proposed',
        'remedy-agreed': 'The dispute is settled',
        'dispute-passed-on': 'A moderator has begun to look at it',
      } as Record<string, string>
      return { title: said[v.step ?? ''] ?? 'News about the dispute', text: about(v.title, 'see your deal.') }
    },
    message: (v) => ({
      title: v.room ? `${v.who} · ${v.room}` : v.who,
      text: [
        v.text ??
          (v.pictures > 0 ? `Sent ${v.pictures} ${v.pictures === 1 ? 'picture' : 'pictures'}.` : 'Sent a message.'),
        v.count > 1 ? `(${v.count} new messages)` : '',
      ]
        .filter(Boolean)
        .join(' '),
    }),
    'message-request': (v) => ({
      title: `${v.who} would like to talk`,
      text: v.text ?? 'You can answer in your message requests.',
    }),
    follow: (v) => ({ title: 'New follower', text: `${v.who} started to follow you.` }),
    'follow-request': (v) => ({ title: 'Follow request', text: `${v.who} would like to follow you.` }),
    'follow-accepted': (v) => ({ title: 'Request accepted', text: `${v.who} accepted your request.` }),
    'review-due': (v) => ({
      title: 'How was the deal?',
      text: about(v.title, 'please leave a review. You can within 14 days.'),
    }),
    'review-released': () => ({ title: 'New reviews are out', text: 'See your reviews and your manner score.' }),
    decision: () => ({ title: 'A moderator has decided', text: 'Read why; you can appeal.' }),
    'appeal-answered': () => ({ title: 'Your appeal was answered', text: 'See the outcome and the reasons.' }),
    'suspension-started': (v) => ({
      title: 'Your account is suspended',
      text: `${v.until ? `Until ${v.until}. ` : ''}Read why; you can appeal.`,
    }),
    'suspension-ended': () => ({ title: 'Your suspension has ended', text: 'Everything is open to you again.' }),
    security: (v) => {
      const said = {
        'new-device': 'Signed in on a new device',
        'password-changed': 'Your password was changed',
        'password-reset': 'Your password was set anew',
        'phone-attached': 'A phone number was added',
        'phone-changed': 'Your phone number was changed',
      } as Record<string, string>
      return {
        title: said[v.change ?? ''] ?? 'Account security',
        text: [v.where ? `${v.where}.` : '', 'If this was not you, look at your sign-ins.'].filter(Boolean).join(' '),
      }
    },
  },

  actions: { bid: 'Go and bid', room: 'Open conversation', deal: 'View deal', offer: 'Answer', open: 'Open' },
}
