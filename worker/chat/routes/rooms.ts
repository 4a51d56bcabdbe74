import { Hono } from 'hono'
import { OpenRoom, RoomPage, RoomsQuery, RoomView } from '../../contract/chat.ts'
import { Unread } from '../../contract/notifications.ts'
import type { AppEnv } from '../../kernel/context.ts'
import { cursorOf, pageOf, type Position } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { idempotent } from '../../kernel/idempotency.ts'
import { Problem } from '../../kernel/problem.ts'
import { reply } from '../../kernel/reply.ts'
import { limited, requireSignedIn, signedIn } from '../../kernel/sessions.ts'
import { keepPrivate } from '../../kernel/sharing.ts'
import { validate } from '../../kernel/validate.ts'
import { inboxOf } from '../../notifications/api.ts'
import { accountsLike } from '../../profiles/api.ts'
import { viewOfRoom } from '../looking.ts'
import { openRoom } from '../opening.ts'
import { enterRoom, speakerOf } from '../requests.ts'
import { chatRoomOf } from '../room-client.ts'
import { roomRows } from '../views.ts'

const tag = 'chats'

/** People whose name or handle begins with what was typed. */
const peopleMost = 50

export const roomsRoutes = new Hono<AppEnv>()
  .get(
    '/chats/rooms',
    describe({
      summary: 'My rooms: pinned ones first, then the latest message first',
      tag,
      caller: 'limited',
      answers: { 200: RoomPage },
      problems: ['bad-query', 'bad-cursor', 'account-suspended'],
      detail: 'While suspended only `folder=deals`. `search` takes part of the name of a room or of a person in it.',
    }),
    limited,
    validate('query', RoomsQuery),
    async (c) => {
      const query = c.req.valid('query')
      const { folder, limit, search } = query
      if (folder !== 'deals') requireSignedIn(c)
      const { db, actor } = c.var
      const cursor = cursorOf(c, 'rooms', query)
      const found =
        search === undefined
          ? null
          : { text: search, accounts: await accountsLike(db, search, { limit: peopleMost, without: actor.account }) }
      const standings = await inboxOf(c.env, actor.account).rooms({
        folder,
        before: positionOf(cursor.read(query.cursor)),
        limit: limit + 1,
        search: found,
      })
      const { rows, nextCursor } = pageOf(standings, limit, cursor, ({ settings, at, room }) => [
        Number(settings.pinned),
        at,
        room,
      ])
      keepPrivate(c)
      return reply(c, RoomPage, { items: await roomRows(db, rows), nextCursor })
    },
  )
  .post(
    '/chats/rooms',
    describe({
      summary: 'Open a room: with one person the direct room, with more a group',
      tag,
      caller: 'signed-in',
      answers: { 200: RoomView, 201: RoomView },
      problems: ['invalid-fields', 'unknown-field', 'cannot-message', 'too-many-requests'],
      detail: '200 where the direct room was there before. The other hears of a direct room with its first message.',
    }),
    signedIn,
    validate('json', OpenRoom),
    idempotent(),
    async (c) => {
      const { id, isNew } = await openRoom(c, c.req.valid('json'))
      const view = await viewOfRoom(c, { id, room: chatRoomOf(c.env, id), who: speakerOf(c.var.actor) })
      return reply(c, RoomView, view, isNew ? 201 : 200)
    },
  )
  .get(
    '/chats/unread',
    describe({
      summary: 'All that I have not read',
      tag,
      caller: 'signed-in',
      answers: { 200: Unread },
      detail: 'Messages by others after my read place, inside my span, not deleted. Never capped.',
    }),
    signedIn,
    async (c) => {
      const { account } = c.var.actor
      keepPrivate(c)
      return reply(c, Unread, await inboxOf(c.env, account).unread(account))
    },
  )
  .get(
    '/chats/rooms/:id',
    describe({
      summary: 'One room from inside',
      tag,
      caller: 'limited',
      answers: { 200: RoomView },
      problems: ['not-found', 'account-suspended'],
    }),
    limited,
    async (c) => {
      keepPrivate(c)
      return reply(c, RoomView, await viewOfRoom(c, enterRoom(c)))
    },
  )

function positionOf(position: Position | null): [pinned: number, at: number, room: string] | null {
  if (!position) return null
  const [pinned, at, room] = position
  if (typeof pinned !== 'number' || typeof at !== 'number' || typeof room !== 'string') throw new Problem('bad-cursor')
  return [pinned, at, room]
}
