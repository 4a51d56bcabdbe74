import { chatRoomOf, edit, messageView, roomRows, say, type MemberStanding } from '../../chat/api.ts'
import { EditMessage, SendMessage, type RoomRow } from '../../contract/chat.ts'
import type { RoomId } from '../../contract/ids.ts'
import { InboxClientFrame, type InboxServerFrame } from '../../contract/inbox.ts'
import { notifications as limits, sockets } from '../../contract/limits.ts'
import { closeCodes, protocol } from '../../contract/live.ts'
import { iso } from '../../contract/time.ts'
import { readConfig } from '../../env.ts'
import { machineTime } from '../../kernel/alarms.ts'
import { hear as hearFrame, problem } from '../../kernel/hearing.ts'
import { createIds } from '../../kernel/ids.ts'
import { describeError, log } from '../../kernel/log.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import { admit } from './doorway.ts'
import type { Endings } from './endings.ts'
import { batchOf, type LiveInbox } from './live-inbox.ts'
import { expire } from './noticing.ts'
import type { InboxSession } from './session.ts'

type Frame<T extends InboxClientFrame['type']> = Extract<InboxClientFrame, { type: T }>
type RoomFrame = Frame<'send-message' | 'edit-message' | 'delete-message' | 'mark-read' | 'typing'>

const frameTypes = InboxClientFrame.options.map(({ shape }) => shape.type.value)

export interface Hearer {
  inbox: LiveInbox
  endings: Endings
}

/** Reads one message of a device and does what it asks. What comes after a greeting waits for it. */
export async function hear(hearer: Hearer, session: InboxSession, message: string | ArrayBuffer): Promise<void> {
  if (session.greeting) await session.greeting
  const { clock, listeners } = hearer.inbox
  const hearing = {
    clock,
    listeners,
    Frame: InboxClientFrame,
    types: frameTypes,
    obey: (one: InboxSession, frame: InboxClientFrame) => obey(hearer, one, frame),
    about: { account: session.who.account },
  }
  return hearFrame(hearing, session, message)
}

async function obey(hearer: Hearer, session: InboxSession, frame: InboxClientFrame): Promise<void> {
  const { inbox } = hearer
  switch (frame.type) {
    case 'hello':
      session.greeting = greet(inbox, session, frame).finally(() => {
        session.greeting = null
      })
      return session.greeting
    case 'renew':
      return renew(hearer, session, frame)
    case 'clock': {
      const serverAt = iso(inbox.clock.now())
      return send(inbox, session, { type: 'clock', ref: frame.ref, sentAt: frame.sentAt, serverAt })
    }
    case 'seen':
      return inbox.listeners.seen(session, frame.seq)
    default:
      return speak(inbox, session, frame)
  }
}

/** The first frame, and again whenever a client sees a gap: what it missed, or how everything stands. */
async function greet(inbox: LiveInbox, session: InboxSession, { epoch, seq }: Frame<'hello'>): Promise<void> {
  const { facts, listeners } = inbox
  session.leave()
  expire(inbox)
  const missed = facts.missedSince(epoch, seq)
  if (missed) {
    welcome(inbox, session, true)
    for (let from = 0; from < missed.length; from += sockets.resumeBatch)
      send(inbox, session, batchOf(missed.slice(from, from + sockets.resumeBatch)))
    return
  }
  let rows: Map<string, RoomRow>
  try {
    await inbox.learnHidden(session.who.account)
    rows = await rowsOfSnapshot(inbox)
  } catch (error) {
    log('warn', 'snapshot-failed', { account: session.who.account, ...describeError(error) })
    return listeners.close(session, closeCodes.overloaded, 'try again')
  }
  if (listeners.find(session.socket) !== session) return
  welcome(inbox, session, false)
  const rooms = latest(inbox).flatMap(({ room }) => rows.get(room) ?? [])
  send(inbox, session, { type: 'snapshot', epoch: facts.epoch, seq: facts.seq, rooms, unread: inbox.count() })
}

/** From here on the socket is told what comes: everything before is in what follows the welcome. */
function welcome(inbox: LiveInbox, session: InboxSession, resumed: boolean): void {
  const { facts, clock } = inbox
  const authUntil = (session.authUntil ?? 0) + clock.shiftMs()
  const { heartbeatSeconds } = sockets
  const { epoch, seq } = facts
  const times = { serverAt: iso(clock.now()), authUntil: iso(authUntil), heartbeatSeconds }
  send(inbox, session, { type: 'welcome', protocol, epoch, seq, resumed, ...times })
  session.greet(seq)
  inbox.attended()
}

function latest({ standings }: LiveInbox): MemberStanding[] {
  return standings.list({ folder: 'inbox', before: null, limit: limits.snapshotRooms, search: null })
}

/** Rows of the latest rooms as they stand when it answers: what moved while we looked up people is looked up again. */
async function rowsOfSnapshot(inbox: LiveInbox): Promise<Map<string, RoomRow>> {
  const rows = new Map<string, { row: RoomRow; standing: string }>()
  for (;;) {
    const stale = latest(inbox).filter((standing) => rows.get(standing.room)?.standing !== JSON.stringify(standing))
    if (stale.length === 0) return new Map([...rows].map(([room, { row }]) => [room, row]))
    const made = await roomRows(inbox.db, stale)
    for (const [index, row] of made.entries()) rows.set(row.id, { row, standing: JSON.stringify(stale[index]) })
  }
}

/** Moves the authority of the socket: the ticket must be the same account's. */
async function renew(
  { inbox, endings }: Hearer,
  session: InboxSession,
  { ref, ticket }: Frame<'renew'>,
): Promise<void> {
  const { listeners, clock } = inbox
  const admitted = await admit(inbox, endings, ticket, session.who.account)
  if (!admitted.ok) {
    if (admitted.close === closeCodes.suspended) return listeners.close(session, admitted.close, 'suspended')
    return problem(listeners, session, 'sign-in-over', ref)
  }
  const authUntil = machineTime(clock) + sockets.authorityMs
  session.renew(admitted.who, authUntil)
  inbox.attended()
  send(inbox, session, { type: 'done', ref, authUntil: iso(authUntil + clock.shiftMs()) })
}

/** Everything that is a room's to decide, as the ticket's account, one after the other. */
function speak(inbox: LiveInbox, session: InboxSession, frame: RoomFrame): Promise<void> {
  const { env } = inbox
  const ref = frame.type === 'typing' ? undefined : frame.ref
  if (!createIds(readConfig(env).idSecret).isGenuine('room', frame.room)) {
    if (ref !== undefined) problem(inbox.listeners, session, 'not-found', ref)
    return Promise.resolve()
  }
  const room = frame.room
  if (frame.type === 'typing') return chatRoomOf(env, room).typing(session.speaker)
  return session.inOrder(() => write(inbox, session, room, frame))
}

async function write(
  inbox: LiveInbox,
  session: InboxSession,
  room: RoomId,
  frame: Exclude<RoomFrame, { type: 'typing' }>,
): Promise<void> {
  const who = session.speaker
  const { ref } = frame
  if (frame.type === 'send-message') {
    const { key, text, images } = frame
    const content = SendMessage.safeParse({ ...(text === undefined ? {} : { text }), ...(images && { images }) })
    if (!content.success) return problem(inbox.listeners, session, 'invalid-fields', ref)
    const outcome = await say({ env: inbox.env, who, room, key, content: content.data })
    if (!outcome.ok) return refuse(inbox, session, ref, outcome)
    const { seq: roomSeq } = outcome.value
    return send(inbox, session, { type: 'message-sent', ref, room, roomSeq, message: messageView(outcome.value) })
  }
  const outcome = await change(inbox.env, room, who, frame)
  if (!outcome.ok) return refuse(inbox, session, ref, outcome)
  send(inbox, session, { type: 'done', ref })
}

function change(
  env: Env,
  room: RoomId,
  who: InboxSession['speaker'],
  frame: Frame<'edit-message' | 'delete-message' | 'mark-read'>,
): Outcome<unknown> | Promise<Outcome<unknown>> {
  if (frame.type === 'delete-message') return chatRoomOf(env, room).remove(who, frame.message)
  if (frame.type === 'mark-read') return chatRoomOf(env, room).markRead(who, frame.roomSeq)
  const { message } = frame
  const said = EditMessage.safeParse({ text: frame.text })
  return said.success ? edit({ env, who, room, message, text: said.data.text }) : { ok: false, code: 'invalid-fields' }
}

function refuse(
  inbox: LiveInbox,
  session: InboxSession,
  ref: string,
  { code, extra }: Exclude<Outcome<unknown>, { ok: true }>,
): void {
  send(inbox, session, { type: 'problem', ref, code, ...extra })
}

function send({ listeners }: LiveInbox, session: InboxSession, frame: InboxServerFrame): void {
  listeners.send(session, frame)
}
