import { Hono } from 'hono'
import {
  EditMessage,
  MarkRead,
  MessagesPart,
  MessageView,
  RoomMessagesQuery,
  SendMessage,
} from '../../contract/chat.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { describe } from '../../kernel/describe.ts'
import { requireKey } from '../../kernel/idempotency.ts'
import { settled } from '../../kernel/outcome.ts'
import { reply } from '../../kernel/reply.ts'
import { limited } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { enterRoom } from '../requests.ts'
import { edit, say } from '../speaking.ts'
import { messageView, messageViews } from '../views.ts'

const tag = 'chats'

/** What is said in a room, and how far one has read. While suspended, in the rooms of deals that are open. */
export const messagesRoutes = new Hono<AppEnv>()
  .get(
    '/chats/rooms/:id/messages',
    describe({
      summary: 'History of a room, as far as I have been in it',
      tag,
      caller: 'limited',
      answers: { 200: MessagesPart },
      problems: ['not-found', 'bad-query', 'account-suspended'],
      detail: 'Newest first, from before a place on. With `after` oldest first: it fills a gap.',
    }),
    limited,
    validate('query', RoomMessagesQuery),
    async (c) => {
      const { before, after, limit } = c.req.valid('query')
      const { room, who } = enterRoom(c)
      const part = before === undefined ? (after === undefined ? null : { after }) : { before }
      const { items, more } = settled(await room.messages(who, part, limit))
      keepPrivate(c)
      return reply(c, MessagesPart, { items: await messageViews(c.var.db, items), more })
    },
  )
  .post(
    '/chats/rooms/:id/messages',
    describe({
      summary: 'Send a message',
      tag,
      needs: ['key'],
      caller: 'limited',
      answers: { 201: MessageView },
      problems: [
        'bad-key',
        'invalid-fields',
        'unknown-field',
        'not-found',
        'key-reused',
        'media-not-ready',
        'cannot-message',
        'answer-first',
        'text-only',
        'room-read-only',
        'too-many-requests',
        'account-suspended',
      ],
      detail: 'Text, or up to six own pictures uploaded for `chat`. The same as the frame `send-message`.',
    }),
    limited,
    validate('json', SendMessage),
    async (c) => {
      const key = requireKey(c)
      const { id, who } = enterRoom(c)
      const outcome = await say({ env: c.env, who, room: id, key, content: c.req.valid('json') })
      return reply(c, MessageView, messageView(settled(outcome)), 201)
    },
  )
  .patch(
    '/chats/rooms/:id/messages/:message',
    describe({
      summary: 'Edit an own message, within 15 minutes',
      tag,
      caller: 'limited',
      answers: { 200: MessageView },
      problems: [
        'invalid-fields',
        'unknown-field',
        'not-found',
        'forbidden',
        'conflict',
        'too-late-to-edit',
        'answer-first',
        'too-many-requests',
      ],
      detail: 'Once only while a first message waits for its answer. The same as the frame `edit-message`.',
    }),
    limited,
    validate('json', EditMessage),
    async (c) => {
      const { id, who } = enterRoom(c)
      const { text } = c.req.valid('json')
      const outcome = await edit({ env: c.env, who, room: id, message: messageOf(c), text })
      return reply(c, MessageView, messageView(settled(outcome)))
    },
  )
  .delete(
    '/chats/rooms/:id/messages/:message',
    describe({
      summary: 'Delete an own message, at any time; its place stays',
      tag,
      caller: 'limited',
      answers: { 204: null },
      problems: ['not-found', 'forbidden'],
    }),
    limited,
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.remove(who, messageOf(c)))
      return c.body(null, 204)
    },
  )
  .put(
    '/chats/rooms/:id/read',
    describe({
      summary: 'Say how far I have read; it only moves forward',
      tag,
      caller: 'limited',
      answers: { 204: null },
      problems: ['invalid-fields', 'unknown-field', 'not-found', 'account-suspended'],
    }),
    limited,
    validate('json', MarkRead),
    async (c) => {
      const { room, who } = enterRoom(c)
      settled(await room.markRead(who, c.req.valid('json').seq))
      return c.body(null, 204)
    },
  )

function messageOf(c: AppContext) {
  return c.var.ids.require('message', c.req.param('message'))
}
