import type { Folder, RoomKind, RoomSettings } from '../contract/chat.ts'
import type { AccountId } from '../contract/ids.ts'
import { chat } from '../contract/limits.ts'
import type { Instant } from '../contract/time.ts'

/**
 * How somebody belongs to a room. `unmet`: the other of a direct room who has not heard of it yet. `asked`: it waits in their
 * requests. `declined` looks to everybody else as if they were still asked. `gone`: they left or were taken out.
 */
export type Belonging = 'in' | 'asked' | 'declined' | 'unmet' | 'gone'

export interface Member {
  account: AccountId
  belonging: Belonging
  /** Rises with each joining: who has the lowest has been there longest. */
  joined: number
  /** The first message inside their span; infinite for one who was only asked into a group. */
  fromSeq: number
  readSeq: number
  settings: RoomSettings
}

export interface RoomState {
  kind: RoomKind
  owner: AccountId | null
  /** The two of a direct or deal room block each other, one or both, as far as the room knows. */
  isBlocked: boolean
  /** The room of a deal can only be read from here on. Null while the deal goes on. */
  closesAt: Instant | null
  /** A group that was deleted or left by all. */
  closedAt: Instant | null
  members: readonly Member[]
}

type Silence = 'cannot-message' | 'room-read-only' | 'answer-first'
export type Denial = Silence | 'text-only' | 'account-suspended' | 'not-found' | 'forbidden' | 'not-a-group'

/** Whether they see the room at all: members, and those who were asked. */
export function isInside(room: RoomState, member: Member | undefined): member is Member {
  return room.closedAt === null && (member?.belonging === 'in' || member?.belonging === 'asked')
}

/** Suspended people have no room but those of their deals. */
export function denialToEnter(room: RoomState, member: Member | undefined, isSuspended: boolean): Denial | null {
  if (!isInside(room, member)) return 'not-found'
  return isSuspended && room.kind !== 'deal' ? 'account-suspended' : null
}

/** Why somebody who is inside cannot write now. `wasWritten`: the room has a message of theirs. */
export function silenceOf(room: RoomState, member: Member, at: Instant, wasWritten: boolean): Silence | null {
  if (member.belonging === 'asked') return 'answer-first'
  if (isOverDeal(room) && at >= room.closesAt) return 'room-read-only'
  if (room.isBlocked && (room.kind === 'direct' || isOverDeal(room))) return 'cannot-message'
  return room.kind === 'direct' && isPending(room, member) && wasWritten ? 'answer-first' : null
}

/** The room of a deal that has ended: a block, which the deal stood above, counts from here on. */
export function isOverDeal(room: RoomState): room is RoomState & { closesAt: Instant } {
  return room.kind === 'deal' && room.closesAt !== null
}

/** A first message to somebody who may not want it is text; so is all that suspended people write. */
export function isTextOnly(room: RoomState, member: Member, isSuspended: boolean): boolean {
  return isSuspended || (room.kind === 'direct' && isPending(room, member))
}

/** The other has not accepted. That they declined is nothing one can tell. */
function isPending(room: RoomState, member: Member): boolean {
  return otherOf(room, member.account)?.belonging !== 'in'
}

/** The other of a direct or deal room. */
export function otherOf(room: RoomState, account: AccountId): Member | undefined {
  return room.members.find((member) => member.account !== account)
}

/** What only its owner may do with a group. */
export function denialToChange(room: RoomState, member: Member | undefined): Denial | null {
  if (!isInside(room, member)) return 'not-found'
  if (room.kind !== 'group') return 'not-a-group'
  return room.owner === member.account ? null : 'forbidden'
}

export function denialToLeave(room: RoomState, member: Member | undefined): Denial | null {
  if (!isInside(room, member)) return 'not-found'
  return room.kind === 'group' ? null : 'not-a-group'
}

/** Who is in or was asked holds a place, declined or not: a place that gets free would tell. */
export function placesTaken(room: RoomState): number {
  return room.members.filter(({ belonging }) => belonging !== 'gone').length
}

export function isFull(room: RoomState, coming: number): boolean {
  return placesTaken(room) + coming > chat.members
}

export function membersIn(room: RoomState): Member[] {
  return room.members.filter(({ belonging }) => belonging === 'in').toSorted((a, b) => a.joined - b.joined)
}

/** Whom an owner who leaves passes the group to: the longest member; null when nobody is left. */
export function nextOwner(room: RoomState, leaving: AccountId): AccountId | null {
  return membersIn(room).find(({ account }) => account !== leaving)?.account ?? null
}

export function mayEdit(message: { at: Instant }, at: Instant): boolean {
  return at < message.at + chat.editForMs
}

export function folderOf(room: RoomState, member: Member): Folder {
  if (member.belonging === 'asked') return 'requests'
  if (member.settings.archived) return 'archived'
  return room.kind === 'deal' ? 'deals' : 'inbox'
}

/** Whether a message lies in what they may see. */
export function isInSpan(member: Member, seq: number): boolean {
  return seq >= member.fromSeq
}

/** Read marks are told to the other side where there is one. */
export function readerIsShown(room: RoomState, member: Member): boolean {
  return room.kind !== 'group' && member.belonging === 'in'
}
