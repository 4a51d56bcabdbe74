import type { InboxFrameType } from '../../worker/contract/inbox.ts'
import type { ClientFrameType } from '../../worker/contract/live.ts'
import type { ProblemCode } from '../../worker/contract/problem.ts'
import { type Cast, people, type Person } from './cast.ts'
import type { Thing, ThingName } from './things.ts'

/** What one is told: the status of what was done, or the code of the problem. Statuses of problems follow from their codes. */
export type Told = number | ProblemCode

/** A cell for everybody. `others` stands for those whom the row does not name. */
export type Answers<T> = { [P in Person | 'others']?: T }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One line of the table. A route has as many as there are kinds of things that it answers differently about. */
export interface Row {
  /** Method and path; words in braces are filled in from the thing. */
  ask: `${Method} /${string}`
  /** What is asked for; without it nothing in particular. */
  of?: ThingName
  /** Who may do it uses the thing up, so the row has one of its own. */
  spends?: true
  /** What sets this line apart from others of the same route and thing. */
  when?: string
  query?: (thing: Thing) => string
  body?: (thing: Thing, asker: Asker) => object | Promise<object>
  /** Brings an `Idempotency-Key`. */
  isKeyed?: true
  /** Says which version it means. */
  matches?: true
  /** Shows the refresh cookie instead of an access token. */
  byCookie?: true
  /** Asks from the other sign-in that the thing is. */
  fromThere?: true
  /** Fields of its body that every other body refuses. */
  takes?: string[]
  /** Staff reads whose account it is. */
  forStaff?: true
  /** Who asks, and in which order. By default everyone: first who is refused, then who is not. */
  asked?: Person[]
  answers: Answers<Told>
}

/** One line of the table of frames: what a client sends in a room, and what comes back. */
export interface FrameRow<Frame extends string = ClientFrameType> {
  frame: Frame
  of: ThingName
  spends?: true
  when?: string
  fields?: (thing: Thing, asker: Asker) => object | Promise<object>
  asked?: Person[]
  /** The type of the one answer, a problem's code, a refused bid's code, or the code that closes the socket. */
  answers: Answers<Heard>
}

/** The same of one's own socket, which everybody opens for themselves. */
export type InboxFrameRow = FrameRow<InboxFrameType>

export type Heard = number | ProblemCode | 'nothing' | `welcome, but ${ProblemCode}` | AnswerType
type AnswerType = 'welcome' | 'done' | 'clock' | 'bid-accepted' | 'message-sent'

export interface Asker {
  person: Person
  cast: Cast
}

/** Nobody, whatever they show: a token that is no good is told so, for a client to renew it. */
export const nobody = { anonymous: 'not-signed-in', invented: 'not-signed-in', signedOut: 'sign-in-over' } as const

/** For staff: others who are signed in are told that it is not for them. */
export const staffOnly = { ...nobody, suspended: 'account-suspended', others: 'forbidden' } as const

/** For those who are signed in and not suspended. */
export const signedIn = { ...nobody, suspended: 'account-suspended' } as const

/** For anyone. A token adds something, so one that is no good is refused here too. Rows without it do not look at tokens. */
export const anyone = { invented: 'not-signed-in', signedOut: 'sign-in-over' } as const

/** Sockets: whoever brings a ticket that is no good does not come in. */
export const shutOut = { invented: 4401, signedOut: 4401, suspended: 4403 } as const

/** The row's answer to each person. Throws where a cell is empty. */
export function cellsOf<T>({ answers, asked = [...people] }: { answers: Answers<T>; asked?: Person[] }) {
  return Object.fromEntries(
    asked.map((person) => {
      const cell = answers[person] ?? (person === 'admin' ? answers.moderator : undefined) ?? answers.others
      if (cell === undefined) throw new Error(`no answer for ${person}`)
      return [person, cell]
    }),
  ) as Record<Person, T>
}

/** Who is refused comes first, so that one can see that refusals changed nothing. */
export function refusedAndServed<T>(row: { answers: Answers<T>; asked?: Person[] }, isRefusal: (cell: T) => boolean) {
  const cells = Object.entries(cellsOf(row)) as [Person, T][]
  if (row.asked) return { refused: [], served: row.asked }
  const those = (wanted: boolean) => cells.filter(([, cell]) => isRefusal(cell) === wanted).map(([person]) => person)
  return { refused: those(true), served: those(false) }
}

export function nameOf({ of, when, ...row }: Row | FrameRow<string>): string {
  const what = 'ask' in row ? row.ask : row.frame
  return [what, of && `· ${of}`, when && `· ${when}`].filter(Boolean).join(' ')
}
