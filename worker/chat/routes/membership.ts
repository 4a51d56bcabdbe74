import { Hono } from 'hono'
import { AddMembers, ChangeRoom, RoomSettings, RoomView } from '../../contract/chat.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { settled } from '../../kernel/outcome.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { accountsByHandle } from '../../profiles/api.ts'
import { addMembers, changeRoom } from '../changing.ts'
import { viewOfRoom } from '../looking.ts'
import { enterRoom } from '../requests.ts'

const tag = 'chats'

/** Answering a request, own settings, and what the owner of a group may do. */
export const membershipRoutes = new Hono<AppEnv>()
  .post(
    '/chats/rooms/:id/accept',
    describe({
      summary: 'Accept a request or an invitation',
      tag,
      caller: 'signed-in',
      answers: { 200: RoomView },
      problems: ['not-found', 'room-full'],
    }),
    signedIn,
    async (c) => {
      const entered = enterRoom(c)
      settled(await entered.room.accept(entered.who))
      return reply(c, RoomView, await viewOfRoom(c, entered))
    },
  )
  .post(
    '/chats/rooms/:id/decline',
    describe({
      summary: 'Decline it; who asked is not told',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found', 'conflict'],
    }),
    signedIn,
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.decline(who))
      return c.body(null, 204)
    },
  )
  .put(
    '/chats/rooms/:id/settings',
    describe({
      summary: 'My settings of a room',
      tag,
      caller: 'signed-in',
      answers: { 200: RoomSettings },
      problems: ['invalid-fields', 'unknown-field', 'not-found'],
      detail: 'A new message takes the room out of the archive.',
    }),
    signedIn,
    validate('json', RoomSettings),
    async (c) => {
      const settings = c.req.valid('json')
      const { room, who } = enterRoom(c)
      settled(await room.settings(who, settings))
      return reply(c, RoomSettings, settings)
    },
  )
  .patch(
    '/chats/rooms/:id',
    describe({
      summary: 'Rename a group, give it a picture, pass it on',
      tag,
      caller: 'owner',
      answers: { 200: RoomView },
      problems: ['invalid-fields', 'unknown-field', 'not-found', 'forbidden', 'not-a-group', 'media-not-ready'],
    }),
    signedIn,
    validate('json', ChangeRoom),
    async (c) => {
      const entered = enterRoom(c)
      await changeRoom(c, entered, c.req.valid('json'))
      return reply(c, RoomView, await viewOfRoom(c, entered))
    },
  )
  .delete(
    '/chats/rooms/:id',
    describe({
      summary: 'Delete a group, for all',
      tag,
      caller: 'owner',
      answers: { 204: null },
      problems: ['not-found', 'forbidden', 'not-a-group'],
      detail: 'It is kept for 30 days for reports.',
    }),
    signedIn,
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.close(who))
      return c.body(null, 204)
    },
  )
  .post(
    '/chats/rooms/:id/members',
    describe({
      summary: 'Bring people into a group',
      tag,
      caller: 'owner',
      answers: { 200: RoomView },
      problems: [
        'invalid-fields',
        'unknown-field',
        'not-found',
        'forbidden',
        'not-a-group',
        'room-full',
        'cannot-message',
        'too-many-requests',
      ],
      detail: 'They see messages from joining on. Those who do not follow the owner have to accept first.',
    }),
    signedIn,
    validate('json', AddMembers),
    idempotent(),
    async (c) => {
      const entered = enterRoom(c)
      await addMembers(c, entered, c.req.valid('json').handles)
      return reply(c, RoomView, await viewOfRoom(c, entered))
    },
  )
  .delete(
    '/chats/rooms/:id/members/me',
    describe({
      summary: 'Leave a group',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found', 'not-a-group'],
      detail: "Messages stay. An owner's role passes to the longest member; with the last one the room closes.",
    }),
    signedIn,
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.leave(who))
      return c.body(null, 204)
    },
  )
  .delete(
    '/chats/rooms/:id/members/:handle',
    describe({
      summary: 'Take somebody out of a group, or take an invitation back',
      tag,
      caller: 'owner',
      answers: { 204: null },
      problems: ['not-found', 'forbidden', 'not-a-group'],
    }),
    signedIn,
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.take(who, await accountOf(c)))
      return c.body(null, 204)
    },
  )

async function accountOf(c: AppContext) {
  const handle = (c.req.param('handle') ?? '').toLowerCase()
  const account = (await accountsByHandle(c.var.db, [handle])).get(handle)
  if (!account) throw new Problem('not-found')
  return account
}
