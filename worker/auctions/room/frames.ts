import { sockets } from '../../contract/limits.ts'
import {
  clientFrameTypes,
  ClientFrame,
  protocol,
  type ClientFrameType,
  type ServerFrame,
  type Welcome,
  type You,
} from '../../contract/live.ts'
import { iso } from '../../contract/time.ts'
import type { ObjectClock } from '../../kernel/alarms.ts'
import { hear as hearFrame } from '../../kernel/hearing.ts'
import { answerTo } from './answers.ts'
import { renew } from './doorway.ts'
import type { LiveRoom } from './live-room.ts'
import type { Session } from './session.ts'
import { youOf } from './views.ts'

type Frame<T extends ClientFrameType> = Extract<ClientFrame, { type: T }>

/** Reads one message of a client and does what it asks. */
export function hear(room: LiveRoom, session: Session, message: string | ArrayBuffer): Promise<void> {
  const { clock, audience, book } = room
  const about = { auction: book.auction }
  const obeying = (one: Session, frame: ClientFrame) => obey(room, one, frame)
  const hearing = { clock, listeners: audience, Frame: ClientFrame, types: clientFrameTypes, obey: obeying, about }
  return hearFrame(hearing, session, message)
}

async function obey(room: LiveRoom, session: Session, frame: ClientFrame): Promise<void> {
  switch (frame.type) {
    case 'hello':
      return greet(room, session, frame)
    case 'seen':
      return room.audience.seen(session, frame.seq)
    case 'renew': {
      const answer = await renew(room.hall, session, frame, (who) => youOf(room.book, who))
      return answer === null ? undefined : send(room, session, answer)
    }
    default:
      return send(room, session, await answerTo(room, session.who, frame))
  }
}

/** The first frame, and again whenever a client sees a gap: what it missed, or the whole room anew. */
function greet(room: LiveRoom, session: Session, { epoch, seq }: Frame<'hello'>): void {
  const at = room.look()
  const { book, audience, clock, arrivals } = room
  const missed = epoch === book.publication.epoch && seq !== undefined ? arrivals.missedSince(seq) : null
  const you = youOf(book, session.who)
  const standing = { epoch: book.publication.epoch, seq: book.seq, resumed: missed !== null }
  send(room, session, welcome(clock, session, you, standing))
  audience.greet(session, book.seq)
  room.attended()
  if (missed === null) return audience.sendText(session, arrivals.snapshotText(at))
  for (const text of missed) audience.sendText(session, text)
  send(room, session, { type: 'presence', ...audience.present() })
}

export function welcome(
  clock: ObjectClock,
  { authUntil }: Session,
  you: You,
  standing: Pick<Welcome, 'epoch' | 'seq' | 'resumed'>,
): Welcome {
  return {
    type: 'welcome',
    protocol,
    ...standing,
    serverAt: iso(clock.now()),
    ...(authUntil === null ? {} : { authUntil: iso(authUntil + clock.shiftMs()) }),
    heartbeatSeconds: sockets.heartbeatSeconds,
    you,
  }
}

function send(room: LiveRoom, session: Session, frame: ServerFrame): void {
  room.audience.send(session, frame)
}
