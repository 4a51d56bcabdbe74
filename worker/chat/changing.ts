import type { ChangeRoom } from '../contract/chat.ts'
import type { MediaId } from '../contract/ids.ts'
import type { AppContext } from '../kernel/context.ts'
import { runBatch } from '../kernel/db.ts'
import { refused, settled } from '../kernel/outcome.ts'
import { invalidField, Problem } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import { attachMedia, detachMedia, ownPrivateViews } from '../media/api.ts'
import { accountsByHandle } from '../profiles/api.ts'
import type { RoomChange } from './commands.ts'
import { countStrangers, invitable } from './opening.ts'
import { chatTarget } from './pictures.ts'
import type { Entered } from './requests.ts'

type Caller = AppContext & { var: { actor: Actor } }

/** Name, picture, owner of a group. */
export async function changeRoom(c: Caller, entered: Entered, { name, picture, owner }: ChangeRoom): Promise<void> {
  const { id, room, who } = entered
  settled(await room.alter(who, {}))
  const change: RoomChange = {
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner: await memberOf(c, owner) }),
  }
  if (picture === undefined || picture === null) {
    settled(await room.alter(who, picture === null ? { ...change, picture } : change))
    return
  }
  // Shown from before the room says so; the room lets go of the one before.
  const target = chatTarget(id, picture as MediaId)
  await showPicture(c, target, picture)
  const outcome = await room.alter(who, { ...change, picture: picture as MediaId })
  if (outcome.ok) return
  await runBatch(c.var.db, detachMedia(c.var.db, target))
  throw refused(outcome)
}

async function memberOf(c: Caller, handle: string) {
  const account = (await accountsByHandle(c.var.db, [handle])).get(handle)
  if (!account) throw invalidField('/owner', 'unknown')
  return account
}

async function showPicture(c: Caller, target: string, picture: string): Promise<void> {
  const { db, actor } = c.var
  const own = { owner: actor.account, purpose: 'chat' } as const
  const isOwn = (await ownPrivateViews(db, [picture], own)).has(picture)
  const isShown = isOwn && (await runBatch(db, attachMedia(db, { owner: actor.account, target, ids: [picture] })))
  if (!isShown) throw new Problem('media-not-ready', { errors: [{ pointer: '/picture', code: 'not-ready' }] })
}

/** Asks or brings people in. Who may do that is said before anybody is looked up: others learn nothing of handles here. */
export async function addMembers(c: Caller, { room, who }: Entered, handles: string[]): Promise<void> {
  settled(await room.alter(who, {}))
  const { people, asking } = await invitable(c, handles)
  await countStrangers(c, asking)
  settled(await room.add(who, people, asking))
}
