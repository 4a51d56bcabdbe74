import { Hono, type MiddlewareHandler } from 'hono'
import {
  BanList,
  ChatMessage,
  MessagePage,
  MessagesQuery,
  NewBan,
  NewMessage,
  Presence,
  RoomSettings,
  RoomSettingsView,
  UnbanQuery,
} from '../../contract/auctions.ts'
import { StaffReason } from '../../contract/moderation.ts'
import { now } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/problem.ts'
import type { AppContext, AppEnv } from '../../kernel/context.ts'
import { cursorOf } from '../../kernel/cursor.ts'
import { describe } from '../../kernel/describe.ts'
import { requireKey } from '../../kernel/idempotency.ts'
import { reply } from '../../kernel/reply.ts'
import { askEachTime, keepPrivate } from '../../kernel/sharing.ts'
import { signedIn } from '../../kernel/sessions.ts'
import { validate } from '../../kernel/validate.ts'
import { auditRow } from '../../moderation/api.ts'
import { accountsByHandle } from '../../profiles/api.ts'
import { auctionOf, enterRoom, openRoom, placeOf } from '../requests.ts'
import { settled } from '../../kernel/outcome.ts'

const tag = 'auction rooms'

/** Chat, people and the seller's hand on them. */
export const roomRoutes = new Hono<AppEnv>()
  .get(
    '/auctions/:id/messages',
    describe({
      summary: "The room's chat, newest first",
      tag,
      caller: 'anyone',
      answers: { 200: MessagePage },
      problems: ['not-found', 'bad-query', 'bad-cursor'],
    }),
    validate('query', MessagesQuery),
    async (c) => {
      const { limit, cursor: text } = c.req.valid('query')
      const cursor = cursorOf(c, 'messages', { id: auctionOf(c) })
      const before = placeOf(cursor.read(text))
      const { items, next } = await (await openRoom(c)).messages(before, limit)
      askEachTime(c)
      return reply(c, MessagePage, { items, nextCursor: next === null ? null : cursor.write([next]) })
    },
  )
  .post(
    '/auctions/:id/messages',
    describe({
      summary: 'Write in the chat',
      tag,
      needs: ['key'],
      caller: 'signed-in',
      answers: { 201: ChatMessage },
      problems: [
        'bad-key',
        'not-found',
        'key-reused',
        'too-many-requests',
        'chat-closed',
        'chat-paused',
        'chat-not-allowed',
      ],
      detail: 'The same as the frame `send-message`.',
    }),
    signedIn,
    validate('json', NewMessage),
    async (c) => {
      const key = requireKey(c)
      const { room, who } = await enterRoom(c)
      return reply(c, ChatMessage, settled(await room.sendMessage(who, key, c.req.valid('json').text)), 201)
    },
  )
  .delete(
    '/auctions/:id/messages/:message',
    describe({
      summary: 'Remove a message; a trace stays',
      tag,
      caller: 'signed-in',
      answers: { 204: null },
      problems: ['not-found', 'forbidden', 'invalid-fields'],
      detail: 'For its author and the seller, who need no body, and for moderators, who need a reason.',
    }),
    signedIn,
    mayBeEmpty(validate('json', StaffReason.partial())),
    async (c) => {
      const message = c.var.ids.require('message', c.req.param('message'))
      const { reason } = c.req.valid('json')
      const { room, who, id } = await enterRoom(c)
      const removed = await room.removeMessage(who, { id: message, isAudited: false })
      // The room alone knows who wrote it. What it wants a reason for is written down before it is done.
      if (removed.ok || removed.code !== 'invalid-fields' || reason === undefined) settled(removed)
      else {
        await auditRow(c.var.db, {
          at: now(),
          staff: who.account,
          action: 'remove-message',
          target: `${id}/${message}`,
          reason,
        })
        settled(await room.removeMessage(who, { id: message, isAudited: true }))
      }
      return c.body(null, 204)
    },
  )
  .get(
    '/auctions/:id/participants',
    describe({
      summary: 'How many are present, and those who let themselves be named',
      tag,
      caller: 'anyone',
      answers: { 200: Presence },
      problems: ['not-found'],
    }),
    async (c) => {
      const room = await openRoom(c)
      askEachTime(c)
      return reply(c, Presence, await room.presence())
    },
  )
  .patch(
    '/auctions/:id/room',
    describe({
      summary: 'Slow mode, pause, who may write',
      tag,
      caller: 'seller',
      answers: { 200: RoomSettingsView },
      problems: ['not-found', 'forbidden'],
    }),
    signedIn,
    validate('json', RoomSettings),
    async (c) => {
      const { room, who } = await enterRoom(c)
      return reply(c, RoomSettingsView, settled(await room.changeSettings(who, c.req.valid('json'))))
    },
  )
  .get(
    '/auctions/:id/bans',
    describe({
      summary: 'Whom I have shut out',
      tag,
      caller: 'seller',
      answers: { 200: BanList },
      problems: ['not-found', 'forbidden'],
    }),
    signedIn,
    async (c) => {
      const { room, who } = await enterRoom(c)
      keepPrivate(c)
      return reply(c, BanList, { items: settled(await room.bans(who)) })
    },
  )
  .put(
    '/auctions/:id/bans/:who',
    describe({
      summary: 'Shut someone out of the chat (by handle) or of bidding (by mask)',
      tag,
      caller: 'seller',
      answers: { 204: null },
      problems: ['not-found', 'forbidden'],
      detail: 'Standing bids stay. Reasons reach the moderators. Repeating it changes the reason.',
    }),
    signedIn,
    validate('json', NewBan),
    async (c) => {
      const { scope, reason } = c.req.valid('json')
      const { room, who } = await enterRoom(c)
      settled(await room.ban(who, await targetOf(c, scope), reason))
      return c.body(null, 204)
    },
  )
  .delete(
    '/auctions/:id/bans/:who',
    describe({
      summary: 'Let them in again',
      tag,
      caller: 'seller',
      answers: { 204: null },
      problems: ['not-found', 'forbidden', 'bad-query'],
      detail: 'Without `scope` a number is a mask and anything else a handle.',
    }),
    signedIn,
    validate('query', UnbanQuery),
    async (c) => {
      const scope = c.req.valid('query').scope ?? (/^\d+$/.test(c.req.param('who')) ? 'bids' : 'chat')
      const { room, who } = await enterRoom(c)
      settled(await room.unban(who, await targetOf(c, scope)))
      return c.body(null, 204)
    },
  )

/** For a body that only some have to send: none says as much as an empty one. */
function mayBeEmpty<Check extends MiddlewareHandler<AppEnv>>(check: Check): Check {
  const checkIfSent: MiddlewareHandler<AppEnv> = async (c, next) => {
    if ((await c.req.text()) !== '') return check(c, next)
    c.req.addValidatedData('json', {})
    await next()
  }
  // Its description goes along.
  return Object.assign(checkIfSent, check) as unknown as Check
}

async function targetOf(c: AppContext, scope: 'chat' | 'bids') {
  const who = c.req.param('who') ?? ''
  if (scope === 'bids') {
    if (!/^[1-9]\d{0,8}$/.test(who)) throw new Problem('not-found')
    return { scope, number: Number(who) }
  }
  const handle = who.toLowerCase()
  const account = (await accountsByHandle(c.var.db, [handle])).get(handle)
  if (!account) throw new Problem('not-found')
  return { scope, account, handle }
}
