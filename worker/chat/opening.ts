import type { OpenRoom } from '../contract/chat.ts'
import type { AccountId, RoomId } from '../contract/ids.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { Problem, type FieldError } from '../kernel/problem.ts'
import type { Actor } from '../kernel/sessions.ts'
import { settled } from '../kernel/outcome.ts'
import { take } from '../kernel/rate-limit.ts'
import { accountsByHandle, personNames } from '../profiles/api.ts'
import type { Person } from './commands.ts'
import { reachOf } from './reach.ts'
import { speakerOf } from './requests.ts'
import { chatRoomOf, directRoom } from './room-client.ts'
import { wayTo, type Way } from './rules/reach.ts'

export interface Invited {
  people: Person[]
  /** Those who have to accept. */
  asking: AccountId[]
}

type Caller = AppContext & { var: { actor: Actor } }

/** One handle: the pair's single direct room. Two or more: a new group. */
export async function openRoom(c: Caller, { handles, name }: OpenRoom): Promise<{ id: RoomId; isNew: boolean }> {
  if (handles.length === 1) return openDirect(c, handles)
  const { people, asking } = await invitable(c, handles)
  await countStrangers(c, asking)
  const id = c.var.ids.mint('room')
  const opening = {
    kind: 'group',
    room: id,
    opener: speakerOf(c.var.actor),
    others: people,
    asking,
    at: now(),
  } as const
  settled(await chatRoomOf(c.env, id).open({ ...opening, name: name ?? null }))
  return { id, isNew: true }
}

async function openDirect(c: Caller, handles: string[]): Promise<{ id: RoomId; isNew: boolean }> {
  const found = await lookUp(c, handles)
  const [other] = found
  if (!other) throw new Problem('not-found')
  const opener = speakerOf(c.var.actor)
  const id = directRoom(c.var.ids, opener.account, other.account)
  const known = await chatRoomOf(c.env, id).standing(opener.account)
  // Only who would come first needs a way; the first message looks for it again.
  if (!known.ok && other.way === 'closed') throw closed([0])
  const { isNew } = settled(await chatRoomOf(c.env, id).open({ kind: 'direct', room: id, opener, other, at: now() }))
  return { id, isNew }
}

/** The people of these handles as somebody may bring them into a group: 422 for nobody and twice, 403 for who takes no invitation. */
export async function invitable(c: Caller, handles: string[]): Promise<Invited> {
  const found = await lookUp(c, handles)
  const refusing = found.flatMap(({ way }, index) => (way === 'closed' ? [index] : []))
  if (refusing.length > 0) throw closed(refusing)
  return {
    people: found.map(({ account, handle, name }) => ({ account, handle, name })),
    asking: found.flatMap(({ account, way }) => (way === 'asking' ? [account] : [])),
  }
}

/** Each of them whom the invitation reaches as a stranger counts as one of the day's. */
export async function countStrangers(c: Caller, asking: readonly AccountId[]): Promise<void> {
  if (asking.length > 0) await take(c, 'strangersPerDay', c.var.actor.account, asking.length)
}

async function lookUp(c: Caller, handles: string[]): Promise<(Person & { way: Way })[]> {
  const { db, actor } = c.var
  const accounts = await accountsByHandle(db, handles)
  const [names, reach] = await Promise.all([
    personNames(db, [...accounts.values()]),
    reachOf(db, actor.account, [...accounts.values()]),
  ])
  const errors: FieldError[] = []
  const found = handles.flatMap((handle, index) => {
    const account = accounts.get(handle)
    const shown = account && names.get(account)
    const way = wayTo(account && reach.get(account))
    const code = faultOf({ isSelf: account === actor.account, isTwice: handles.indexOf(handle) < index, way })
    if (code !== null) errors.push({ pointer: `/handles/${index}`, code })
    return account && shown ? [{ account, handle: shown.handle, name: shown.name, way }] : []
  })
  if (errors.length > 0) throw new Problem('invalid-fields', { errors })
  return found
}

function faultOf({ isSelf, isTwice, way }: { isSelf: boolean; isTwice: boolean; way: Way }): string | null {
  if (isSelf) return 'yourself'
  if (isTwice) return 'duplicate'
  return way === 'unknown' ? 'unknown' : null
}

function closed(indexes: number[]): Problem {
  return new Problem('cannot-message', {
    errors: indexes.map((index) => ({ pointer: `/handles/${index}`, code: 'closed' })),
  })
}
