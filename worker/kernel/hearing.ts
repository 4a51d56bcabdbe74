import type { z } from 'zod'
import { sockets } from '../contract/limits.ts'
import { closeCodes } from '../contract/live.ts'
import type { ProblemCode } from '../contract/problem.ts'
import { machineTime, type ObjectClock } from './alarms.ts'
import { liveLimits } from './live-limits.ts'
import { describeError, log, type LogFields } from './log.ts'
import { readFrame } from './sockets.ts'
import type { Listeners } from './listeners.ts'
import type { LiveSession } from './live-session.ts'

type Sockets<Session extends LiveSession<object>> = Pick<Listeners<Session, never>, 'send' | 'close' | 'turns' | 'find'>

/** What an object's protocol is, for reading what its clients send. */
export interface Hearing<Session extends LiveSession<object>, Frame extends { type: string }> {
  clock: ObjectClock
  listeners: Sockets<Session>
  Frame: z.ZodType<Frame>
  /** The types there are: one that is none of them is answered, and no strike. */
  types: readonly string[]
  /** Does what a frame asks. A throw is answered `internal`. */
  obey(session: Session, frame: Frame): Promise<void>
  /** Whose socket it is, for the log. */
  about: LogFields
}

/** Reads one message of a client and has done what it asks. Never throws: whatever fails is answered on this socket alone. */
export async function hear<Session extends LiveSession<object>, Frame extends { type: string }>(
  hearing: Hearing<Session, Frame>,
  session: Session,
  message: string | ArrayBuffer,
): Promise<void> {
  const { clock, listeners } = hearing
  const heardAt = machineTime(clock)
  session.heardAt = heardAt
  if (liveLimits().framesAreCounted) {
    if (!session.takesFrame(heardAt)) return listeners.close(session, closeCodes.tooFast, 'too fast')
    if (!session.comesAtOnce(heardAt) || listeners.turns.isWaiting(session)) {
      await listeners.turns.next(session)
      if (listeners.find(session.socket) !== session) return
    }
  }
  if (session.isAuthorityOver(machineTime(clock)))
    return listeners.close(session, closeCodes.authorityOver, 'authority over')
  const read = readFrame(message, sockets.frameBytes)
  if (!read.ok) {
    if (read.fault === 'too-large') return listeners.close(session, closeCodes.frameTooLarge, 'frame too large')
    return strike(hearing, session)
  }
  const parsed = hearing.Frame.safeParse(read.value)
  if (!parsed.success) return refuse(hearing, session, read.value as object)
  const frame = parsed.data
  if (!session.isListening && frame.type !== 'hello')
    return listeners.close(session, closeCodes.malformed, 'hello comes first')
  if (frame.type === 'hello' && !session.takesGreeting())
    return listeners.close(session, closeCodes.tooFast, 'too many greetings')
  try {
    await hearing.obey(session, frame)
  } catch (error) {
    log('error', 'frame-failed', { ...hearing.about, job: frame.type, ...describeError(error) })
    problem(listeners, session, 'internal', refOf(frame))
  }
}

function refuse<Session extends LiveSession<object>, Frame extends { type: string }>(
  hearing: Hearing<Session, Frame>,
  session: Session,
  value: object,
): void {
  const { listeners, types } = hearing
  if (!session.isListening) return listeners.close(session, closeCodes.malformed, 'hello comes first')
  const ref = refOf(value)?.slice(0, sockets.ref)
  const isKnown = 'type' in value && (types as readonly unknown[]).includes(value.type)
  if (isKnown || !('type' in value)) strike(hearing, session, ref)
  else problem(listeners, session, 'unknown-frame', ref)
}

function strike<Session extends LiveSession<object>, Frame extends { type: string }>(
  { listeners }: Hearing<Session, Frame>,
  session: Session,
  ref?: string,
): void {
  problem(listeners, session, 'malformed-frame', ref)
  if (session.strike()) listeners.close(session, closeCodes.malformed, 'malformed')
}

function refOf(value: object): string | undefined {
  return 'ref' in value && typeof value.ref === 'string' ? value.ref : undefined
}

/** A problem, only to the one who caused it. */
export function problem<Session extends LiveSession<object>>(
  listeners: Pick<Sockets<Session>, 'send'>,
  session: Session,
  code: ProblemCode,
  ref?: string,
): void {
  listeners.send(session, { type: 'problem', code, ...(ref === undefined ? {} : { ref }) })
}
