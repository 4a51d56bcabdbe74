import type { PeopleTexts } from '../ko/people.ts'

export const people: PeopleTexts = {
  follow: 'Follow',
  message: 'Message',
  followBack: 'Follow back',
  following: 'Following',
  requested: 'Requested',
  unfollow: 'Press to unfollow',
  withdraw: 'Press to withdraw the request',
  needsSignIn: 'Log in to follow people.',
  labelOf: (what, name) => `${what}: ${name}`,
  remove: 'Remove',
  removed: (name) => `${name} no longer follows you.`,

  lists: {
    label: 'Lists of follows',
    follows: 'Following',
    followers: 'Followers',
    empty: { follows: 'Following nobody yet', followers: 'No followers yet' },
  },

  requests: {
    title: 'Follow requests',
    lead: 'Whoever you accept can see your bio and your lists of follows. People are not told when you decline.',
    accept: 'Accept',
    decline: 'Decline',
    accepted: (name) => `${name} follows you now.`,
    declined: (name) => `You declined the request of ${name}.`,
    gone: 'They have withdrawn the request.',
    empty: 'No requests are waiting',
    emptyText: 'While your account is private, people who want to follow you appear here.',
  },

  blocks: {
    title: 'Blocked people',
    lead: 'You cannot see each other’s profiles, write to each other or bid on each other’s auctions.',
    empty: 'You have blocked nobody',
    takeBack: 'Unblock',
    takenBack: (name) => `You unblocked ${name}. Follows do not come back.`,
  },

  mutes: {
    title: 'Muted people',
    lead: 'What they do and notifications about it are hidden from you alone. They cannot tell.',
    empty: 'You have muted nobody',
    takeBack: 'Unmute',
    takenBack: (name) => `You unmuted ${name}.`,
  },

  menu: {
    label: (name) => `More about ${name}`,
    remove: 'Remove follower',
    mute: 'Mute',
    block: 'Block',
    muted: (name) => `You muted ${name}.`,
    blocked: (name) => `You blocked ${name}.`,
  },

  ask: {
    block: {
      title: (name) => `Block ${name}?`,
      says: [
        'You cannot see each other’s profiles, and follows end on both sides. Unblocking does not bring them back.',
        'You cannot write to each other or place new bids on each other’s auctions.',
        'Bids that stand stay binding. The room of an open deal stays open until the deal ends.',
        'They are not told. You can unblock them in the settings at any time.',
      ],
      submit: 'Block',
    },
    mute: {
      title: (name) => `Mute ${name}?`,
      says: [
        'Notifications that they cause stay away, and they are not recommended to you.',
        'Chats and deals go on as before. They cannot tell.',
      ],
      submit: 'Mute',
    },
    remove: {
      title: (name) => `Remove ${name} from your followers?`,
      says: [
        'They are not told.',
        'While your account is public they can follow you again. To prevent that, block them.',
      ],
      submit: 'Remove',
    },
  },
}
