import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { MessageView, RoomView } from '../../../worker/contract/chat.ts'
import type { LocalChatRoom } from '../../../worker/local/chat-room.ts'
import type { Actor } from './actors.ts'
import type { Answer, Request } from './app.ts'
import { keyed, must, newKey } from './auctions.ts'

/** Opens the room of these people, as the first of them. */
export async function roomOf(opener: Actor, ...others: Actor[]): Promise<RoomView> {
  const answer = await opener.post('/api/chats/rooms', { handles: others.map(({ handle }) => handle) })
  if (answer.status !== 200 && answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export function look(who: Actor, { id }: Pick<RoomView, 'id'>): Promise<Answer> {
  return who.get(`/api/chats/rooms/${id}`)
}

export function sending(who: Actor, { id }: Pick<RoomView, 'id'>, said: object, key = newKey()): Promise<Answer> {
  return who.post(`/api/chats/rooms/${id}/messages`, said, keyed(key))
}

export async function write(who: Actor, room: Pick<RoomView, 'id'>, text: string): Promise<MessageView> {
  return must(await sending(who, room, { text }), 201)
}

export async function history(
  who: Actor,
  { id }: Pick<RoomView, 'id'>,
  query = '',
  request: Request = {},
): Promise<MessageView[]> {
  return must(await who.get(`/api/chats/rooms/${id}/messages${query}`, request), 200).items
}

/** What was said, oldest first; lines of the room itself as their kinds. */
export async function spoken(who: Actor, room: Pick<RoomView, 'id'>): Promise<string[]> {
  const messages = await history(who, room)
  return messages
    .toReversed()
    .map(({ text, notice, deleted }) => notice?.kind ?? (deleted ? 'deleted' : (text ?? 'pictures')))
}

/** They get to know each other: `follower` follows, so that the other's first message arrives as one of a friend. */
export async function follow(follower: Actor, { handle }: Actor): Promise<void> {
  const { status } = await follower.post('/api/follows', { handle })
  if (status !== 201 && status !== 200) throw new Error(`not followed: ${status}`)
}

/** A direct room in which both may write. */
export async function friends(one: Actor, other: Actor): Promise<RoomView> {
  const room = await roomOf(one, other)
  await roomOf(other, one)
  return room
}

/** A group in which everybody is in from the start. */
export async function groupOf(owner: Actor, ...others: Actor[]): Promise<RoomView> {
  await Promise.all(others.map((other) => follow(other, owner)))
  return roomOf(owner, ...others)
}

export function roomObject({ id }: Pick<RoomView, 'id'>): DurableObjectStub<LocalChatRoom> {
  return env.CHAT_ROOM.get(env.CHAT_ROOM.idFromName(id)) as unknown as DurableObjectStub<LocalChatRoom>
}

export function evictRoom(room: Pick<RoomView, 'id'>): Promise<void> {
  return evictDurableObject(roomObject(room))
}

/** Kills the room's object as a crash would: stored data stays, everything else is gone. */
export async function crashRoom(room: Pick<RoomView, 'id'>): Promise<void> {
  const died = runInDurableObject(roomObject(room), (_, state) => state.abort('crash'))
  await died.catch(() => {})
}

/** The room forgets how far its members are, as when it dies before it could write that down: it tells again what it still has. */
export async function makeForgetful(room: Pick<RoomView, 'id'>): Promise<void> {
  await runInDurableObject(roomObject(room), (_, { storage }) => {
    storage.sql.exec('update member set delivered = 0')
  })
  await crashRoom(room)
}

export function ringRoom(room: Pick<RoomView, 'id'>): Promise<boolean> {
  return runDurableObjectAlarm(roomObject(room))
}

/** Moves the room's own clock. */
export async function roomLater(room: Pick<RoomView, 'id'>, ms: number): Promise<void> {
  await runInDurableObject(roomObject(room), (object) => object.setClockOffset(ms))
}

export function block(who: Actor, { handle }: Actor): Promise<Answer> {
  return who.put(`/api/blocks/${handle}`)
}

/** Whether the room's object has stored anything at all. */
export function hasChatTables(room: Pick<RoomView, 'id'>): Promise<boolean> {
  return runInDurableObject(
    roomObject(room),
    (_, { storage }) => storage.sql.exec("select name from sqlite_master where name = 'message'").toArray().length > 0,
  )
}
