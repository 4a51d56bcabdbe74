import { nobody, signedIn, type Row } from '../table.ts'

/** The seller owns the group and the request; the bidder is the other one in it. Suspended people have rooms of deals alone. */
const member = { ...nobody, others: 'not-found' } as const
const active = { ...signedIn, others: 'not-found' } as const
const text = () => ({ text: '언제 볼까요?' })

export const chatRows: Row[] = [
  { ask: 'GET /api/chats/rooms', answers: { ...signedIn, others: 200 } },
  { ask: 'GET /api/chats/rooms', when: 'of deals', query: () => '?folder=deals', answers: { ...nobody, others: 200 } },
  { ask: 'GET /api/chats/unread', answers: { ...signedIn, others: 200 } },
  {
    ask: 'POST /api/chats/rooms',
    body: (_, { cast }) => ({ handles: [cast.stranger.handle] }),
    answers: { ...signedIn, stranger: 'invalid-fields', others: 201 },
  },

  { ask: 'GET /api/chats/rooms/{room}', of: 'group', answers: { ...member, seller: 200, bidder: 200 } },
  {
    ask: 'PATCH /api/chats/rooms/{room}',
    of: 'group',
    spends: true,
    body: () => ({ name: '다른 이름' }),
    answers: { ...active, seller: 200, bidder: 'forbidden' },
  },
  {
    ask: 'PATCH /api/chats/rooms/{room}',
    of: 'directRoom',
    body: () => ({ name: '다른 이름' }),
    answers: { ...active, seller: 'not-a-group', bidder: 'not-a-group' },
  },
  {
    ask: 'DELETE /api/chats/rooms/{room}',
    of: 'group',
    spends: true,
    answers: { ...active, seller: 204, bidder: 'forbidden' },
  },
  {
    ask: 'DELETE /api/chats/rooms/{room}',
    of: 'directRoom',
    answers: { ...active, seller: 'not-a-group', bidder: 'not-a-group' },
  },
  {
    ask: 'POST /api/chats/rooms/{room}/members',
    of: 'group',
    spends: true,
    body: (_, { cast }) => ({ handles: [cast.moderator.handle] }),
    answers: { ...active, seller: 200, bidder: 'forbidden' },
  },
  {
    ask: 'DELETE /api/chats/rooms/{room}/members/{who}',
    of: 'group',
    spends: true,
    answers: { ...active, seller: 204, bidder: 'forbidden' },
  },
  {
    ask: 'DELETE /api/chats/rooms/{room}/members/me',
    of: 'group',
    spends: true,
    answers: { ...active, seller: 204, bidder: 204 },
  },
  {
    ask: 'PUT /api/chats/rooms/{room}/settings',
    of: 'group',
    spends: true,
    body: () => ({ muted: true, archived: false, pinned: false }),
    answers: { ...active, seller: 200, bidder: 200 },
  },
  {
    ask: 'POST /api/chats/rooms/{room}/accept',
    of: 'request',
    spends: true,
    answers: { ...active, bidder: 200, seller: 200 },
  },
  {
    ask: 'POST /api/chats/rooms/{room}/decline',
    of: 'request',
    spends: true,
    answers: { ...active, bidder: 204, seller: 'conflict' },
  },

  {
    ask: 'GET /api/chats/rooms/{room}/messages',
    of: 'group',
    answers: { ...member, seller: 200, bidder: 200 },
  },
  {
    ask: 'POST /api/chats/rooms/{room}/messages',
    of: 'group',
    spends: true,
    isKeyed: true,
    body: text,
    answers: { ...member, seller: 201, bidder: 201 },
  },
  {
    ask: 'POST /api/chats/rooms/{room}/messages',
    of: 'request',
    spends: true,
    isKeyed: true,
    body: text,
    answers: { ...member, seller: 201, bidder: 'answer-first' },
  },
  {
    ask: 'PATCH /api/chats/rooms/{room}/messages/{message}',
    of: 'directRoom',
    spends: true,
    body: text,
    answers: { ...member, seller: 200, bidder: 'forbidden' },
  },
  {
    ask: 'DELETE /api/chats/rooms/{room}/messages/{message}',
    of: 'directRoom',
    spends: true,
    answers: { ...member, seller: 204, bidder: 'forbidden' },
  },
  {
    ask: 'PUT /api/chats/rooms/{room}/read',
    of: 'group',
    spends: true,
    body: () => ({ seq: 1 }),
    answers: { ...member, seller: 204, bidder: 204 },
  },

  { ask: 'GET /api/media/{media}/file', of: 'shownPicture', answers: { ...member, seller: 302, bidder: 302 } },
  { ask: 'GET /api/media/{media}/file', of: 'evidence', answers: { ...member, seller: 302 } },
  // A picture that anyone may see has no private road.
  { ask: 'GET /api/media/{media}/file', of: 'picture', answers: { ...member } },
  {
    ask: 'GET /api/media/files/{media}/{name}',
    of: 'evidence',
    when: 'without a seal',
    answers: { others: 'not-found' },
  },
  {
    ask: 'GET /api/media/files/{media}/{name}',
    of: 'upload',
    query: ({ seal = '' }) => seal,
    answers: { others: 'not-found' },
  },
]
