import type { SendMessage } from '../contract/chat.ts'
import type { MessageId, RoomId } from '../contract/ids.ts'
import type { MediaView } from '../contract/media.ts'
import { readConfig } from '../env.ts'
import { createDb, runBatch } from '../kernel/db.ts'
import { createIds, sha256 } from '../kernel/ids.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'
import { Problem } from '../kernel/problem.ts'
import { take } from '../kernel/rate-limit.ts'
import { attachMedia, detachMedia, ownPrivateViews } from '../media/api.ts'
import type { Said, SendAnswer, Speaker, StoredMessage } from './commands.ts'
import { introduce } from './introducing.ts'
import { chatTarget } from './pictures.ts'
import { chatRoomOf } from './room-client.ts'

export interface Saying {
  env: Env
  who: Speaker
  room: RoomId
  /** The account's key: the same message again has one effect and one answer. */
  key: string
  content: SendMessage
}

/**
 * Sends a message: the one way for routes and sockets. What the room cannot know is looked up here: the limit over all rooms of the
 * account, the pictures, and, where the message is the first between two people, whether it may reach the other.
 */
export function say(saying: Saying): Promise<Outcome<StoredMessage>> {
  return answered(async () => {
    const taken = await take(saying, 'privateChat', saying.who.account)
    const answer = await sayOnce(saying)
    // One that was sent before counts once.
    if (answer.ok && !answer.value.isNew) await taken.giveBack()
    return answer.ok ? { ok: true, value: answer.value.message } : answer
  })
}

export interface Editing {
  env: Env
  who: Speaker
  room: RoomId
  message: string
  text: string
}

/** Edits an own message, for routes and sockets alike. It goes to everybody in the room as a message does, so it counts as one. */
export function edit(editing: Editing): Promise<Outcome<StoredMessage>> {
  return answered(async () => {
    const { env, who, room, message, text } = editing
    await take(editing, 'privateChat', who.account)
    return chatRoomOf(env, room).edit(who, message, text)
  })
}

/** Sockets have nobody who catches: what a limit throws is an answer like the room's own. */
async function answered(work: () => Promise<Outcome<StoredMessage>>): Promise<Outcome<StoredMessage>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) return { ok: false, code: error.code, extra: error.extra }
    throw error
  }
}

type Sent = Exclude<SendAnswer, { code: 'introduce' }>

async function sayOnce(saying: Saying): Promise<Sent> {
  const { env, room, who, key, content } = saying
  const ids = createIds(readConfig(env).idSecret)
  // From the content too: another body under the same key must not touch the pictures of the message that has it.
  const message = ids.derive('message', room, who.account, key, sha256(JSON.stringify(content)))
  if ('text' in content) return send(saying, message, content)
  const shown = await showPictures(saying, message, content.images)
  if (!shown.ok) return shown
  const answer = await send(saying, message, { images: shown.value })
  const isShown = answer.ok && !answer.value.message.deleted
  if (!isShown) await runBatch(createDb(env.DB), detachMedia(createDb(env.DB), chatTarget(room, message)))
  return answer
}

async function send({ env, who, room, key }: Saying, message: MessageId, said: Said): Promise<Sent> {
  const stub = chatRoomOf(env, room)
  const answer = await stub.send(who, key, message, said, null)
  if (answer.ok || answer.code !== 'introduce') return answer as Sent
  const introduced = await introduce(env, who, (answer as { other: Speaker['account'] }).other)
  if (!introduced.ok) return introduced
  const again = (await stub.send(who, key, message, said, introduced.introduction)) as Sent
  if (!again.ok) await introduced.taken?.giveBack()
  return again
}

/** From before the message stands: a picture that is shown cannot be removed meanwhile. */
async function showPictures(
  { env, room, who }: Saying,
  message: MessageId,
  images: string[],
): Promise<{ ok: true; value: MediaView[] } | Refusal> {
  const db = createDb(env.DB)
  const unique = [...new Set(images)]
  const views = await ownPrivateViews(db, unique, { owner: who.account, purpose: 'chat' })
  const errors = images.flatMap((id, index) =>
    views.has(id) ? [] : [{ pointer: `/images/${index}`, code: 'not-ready' }],
  )
  if (errors.length > 0) return { ok: false, code: 'media-not-ready', extra: { errors } }
  const attached = attachMedia(db, { owner: who.account, target: chatTarget(room, message), ids: unique })
  if (!(await runBatch(db, attached))) return { ok: false, code: 'media-not-ready' }
  return { ok: true, value: unique.flatMap((id) => views.get(id) ?? []) }
}
