import {
  clientFrameTypes,
  ClientFrame,
  closeCodes,
  type ClientFrameType,
  type ServerFrame,
  type You,
} from '../../contract/live.ts'
import { hear as hearFrame } from '../../kernel/hearing.ts'
import { renew } from '../room/doorway.ts'
import { welcome } from '../room/frames.ts'
import type { Session } from '../room/session.ts'
import { visitor } from '../room/views.ts'
import type { AskedFrame } from './commands.ts'
import type { LiveShard } from './live-shard.ts'

type Frame<T extends ClientFrameType> = Extract<ClientFrame, { type: T }>

/** Hellos that wait for the room. What their sockets say meanwhile waits for them. */
const greetings = new WeakMap<Session, Promise<void>>()

export interface Hearer {
  shard: LiveShard
  number: number
  auction: string
}

/** Reads one message of a client and does what it asks: here what is about the socket, by the room what is about the auction. */
export async function hear(hearer: Hearer, session: Session, message: string | ArrayBuffer): Promise<void> {
  await greetings.get(session)
  const { shard, auction } = hearer
  if (!shard.seats.find(session.socket)) return
  return hearFrame(
    {
      clock: shard.clock,
      listeners: shard.seats,
      Frame: ClientFrame,
      types: clientFrameTypes,
      obey: (one: Session, frame: ClientFrame) => obey(hearer, one, frame),
      about: { auction, shard: hearer.number },
    },
    session,
    message,
  )
}

async function obey(hearer: Hearer, session: Session, frame: ClientFrame): Promise<void> {
  const { shard } = hearer
  switch (frame.type) {
    case 'hello': {
      const greeting = greet(shard, session, frame)
      greetings.set(
        session,
        greeting.catch(() => {}),
      )
      await greeting
      return
    }
    case 'seen':
      return shard.seats.seen(session, frame.seq)
    case 'renew': {
      const hall = await shard.hall()
      const answer = hall && (await renew(hall, session, frame, (who) => shard.room.ask((room) => room.you(who))))
      return answer === null ? undefined : shard.seats.send(session, answer)
    }
    default:
      return shard.seats.send(session, await ask(hearer, session, frame))
  }
}

async function ask({ shard, number }: Hearer, session: Session, frame: AskedFrame): Promise<ServerFrame> {
  const { who } = session
  if (!who && frame.type !== 'clock') return { type: 'problem', ref: frame.ref, code: 'not-signed-in' }
  const answer = shard.room.ask((room) => room.answerFrom(number, who, frame))
  const awaited = shard.asked.get(session) ?? new Set()
  shard.asked.set(session, awaited.add(answer))
  try {
    return await answer
  } finally {
    awaited.delete(answer)
    if (awaited.size === 0) shard.asked.delete(session)
  }
}

/** The first frame, and again whenever a client sees a gap: what it missed, or the whole room anew. */
async function greet(shard: LiveShard, session: Session, { epoch, seq }: Frame<'hello'>): Promise<void> {
  // It has said it; how long the room takes is not its fault.
  session.leave()
  const about = await shard.ready()
  if (!about) return shard.seats.close(session, closeCodes.unknown, 'unknown auction')
  const { who } = session
  const you = who ? await shard.room.ask((room) => room.you(who)) : visitor
  if (epoch === about.epoch && seq !== undefined && (await shard.reaches(seq)))
    return resume(shard, session, { you, epoch, seq })
  return beginAnew(shard, session, { you, epoch: about.epoch })
}

function resume(
  shard: LiveShard,
  session: Session,
  { you, epoch, seq }: { you: You; epoch: string; seq: number },
): void {
  const { seats, clock, last, presence } = shard
  const missed = shard.framesAfter(seq)
  if (missed === null || !seats.find(session.socket)) return
  seats.send(session, welcome(clock, session, you, { epoch, seq: last, resumed: true }))
  seats.greet(session, last)
  for (const text of missed) seats.sendText(session, text)
  seats.sendText(session, presence)
}

async function beginAnew(
  shard: LiveShard,
  session: Session,
  { you, epoch }: { you: You; epoch: string },
): Promise<void> {
  const { seats, clock } = shard
  const whole = await shard.snapshot()
  if (!whole || !seats.find(session.socket)) return
  // Facts that the snapshot has may still be on their way here, and some that it has not may have come already.
  const since = whole.seq < shard.last ? shard.framesAfter(whole.seq) : []
  if (since === null) return beginAnew(shard, session, { you, epoch })
  seats.send(session, welcome(clock, session, you, { epoch, seq: whole.seq, resumed: false }))
  seats.greet(session, Math.max(whole.seq, shard.last))
  seats.sendText(session, whole.text)
  for (const text of since) seats.sendText(session, text)
}
