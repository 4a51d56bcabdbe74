import { sockets as limits } from '../../../worker/contract/limits.ts'
import type {
  BidAccepted,
  BidRefused,
  ClientFrame,
  Done,
  MessageSent,
  ProblemFrame,
} from '../../../worker/contract/live.ts'
import type { ProblemCode } from '../../../worker/contract/problem.ts'
import { ApiProblem, asProblem } from '../problem.ts'

/** The one answer to a frame that carried `ref`. */
export type AnswerFrame = BidAccepted | BidRefused | MessageSent | Done | ProblemFrame

/** What every answer has: whose it is, and whether it is a refusal. */
interface Heard {
  type: string
  ref?: string
}

export interface Question<A, Sent = ClientFrame, Answer extends Heard = AnswerFrame> {
  /** The frame, with the ref it is to be answered under. */
  frame: (ref: string) => Sent
  /** The same by REST under the same key; null where there is no such twin. */
  post: (() => Promise<A>) | null
  /** Reads the answer's frame; null where it is not the expected kind. */
  read: (frame: Answer) => A | null
  /** The answer is late or the line was cut: it will be asked again until it is known. */
  onDoubt?: (problem: ApiProblem | null) => void
}

export interface AskingOptions<Sent = ClientFrame> {
  send: (frame: Sent) => boolean
  /** Whose token a post carries now; null while nobody is signed in. */
  who?: () => string | null
  /** So long a question in doubt waits for its asker to sign in again. */
  goneMs?: number
  /** Begins every ref, where several ask over one socket. */
  name?: string
  random?: () => number
  answerWithinMs?: number
  repeatMs?: { min: number; max: number }
}

/** A bid of long ago might no longer be wanted. */
const usualGoneMs = 120_000

const never = new Promise<never>(() => {})

/** Codes that say nothing about the question itself, so that asking the other way may still answer it. */
const notAnswers: readonly string[] = ['internal', 'unavailable', 'not-signed-in', 'unknown-frame', 'malformed-frame']

/**
 * Asks by socket, and by REST under the same key when no answer comes: the effect is single, and no verdict is ever
 * guessed. Rejects with the problem once the server itself has refused. A question is its asker's: once somebody else is signed in, it
 * is asked no more, and what became of it stays unknown here.
 */
export function createAsking<Sent = ClientFrame, Answer extends Heard = AnswerFrame>(options: AskingOptions<Sent>) {
  const withinMs = options.answerWithinMs ?? limits.answerWithinMs
  const pause = options.repeatMs ?? limits.reconnectMs
  const random = options.random ?? Math.random
  const who = options.who ?? (() => null)
  const goneMs = options.goneMs ?? usualGoneMs
  const waiting = new Map<string, (frame: Answer) => void>()
  /** Ends the waits of all questions that are under way: the line is cut, or back. */
  let wake = Promise.withResolvers<void>()
  let refs = 0

  async function ask<A>(question: Question<A, Sent, Answer>): Promise<A> {
    const ref = `${options.name ?? ''}r${++refs}`
    const asker = who()
    const isOpen = () => waiting.has(ref)
    const late = Promise.withResolvers<Answer>()
    waiting.set(ref, late.resolve)
    try {
      const isSent = options.send(question.frame(ref))
      const first = isSent ? await firstOf(late.promise, withinMs) : null
      const read = first && outcomeOf(first, question)
      if (read) return read.value
      if (!question.post) throw new ApiProblem('unavailable')
      return await Promise.race([
        repeated(question, question.post, { asker, isSent, isOpen }),
        answered(late.promise, question),
      ])
    } finally {
      waiting.delete(ref)
    }
  }

  async function firstOf(frame: Promise<Answer>, ms: number): Promise<Answer | null> {
    const timeout = Promise.withResolvers<null>()
    const timer = setTimeout(() => timeout.resolve(null), ms)
    const first = await Promise.race([frame, timeout.promise, wake.promise.then(() => null)])
    clearTimeout(timer)
    return first
  }

  /** A late answer by socket counts as well; what is no answer leaves the word to REST. */
  async function answered<A>(frame: Promise<Answer>, question: Question<A, Sent, Answer>): Promise<A> {
    const outcome = outcomeOf(await frame, question)
    return outcome ? outcome.value : never
  }

  async function repeated<A>(
    question: Question<A, Sent, Answer>,
    post: () => Promise<A>,
    { asker, isSent, isOpen }: { asker: string | null; isSent: boolean; isOpen: () => boolean },
  ): Promise<A> {
    let isDoubtful = isSent
    let wasHereAt = Date.now()
    for (let tries = 0; isOpen(); tries += 1) {
      const now = who()
      if (now === asker) wasHereAt = Date.now()
      else if (now !== null || Date.now() - wasHereAt > goneMs) throw new ApiProblem('sign-in-over', { status: 401 })
      if (isDoubtful) question.onDoubt?.(null)
      try {
        if (now !== asker) throw new ApiProblem('not-signed-in', { status: 401 })
        return await post()
      } catch (thrown) {
        const problem = asProblem(thrown)
        if (isVerdict(problem, isDoubtful)) throw problem
        isDoubtful ||= problem.status === 0 || problem.status >= 500
        question.onDoubt?.(problem)
        const backoff = Math.min(pause.max, pause.min * 2 ** tries) * (0.5 + random() / 2)
        await firstOf(never, Math.max(problem.retryAfterMs ?? 0, backoff))
      }
    }
    // The socket has answered meanwhile.
    return never
  }

  return {
    ask,
    /** Takes an answer; false when nobody waits for it any more. */
    hear(frame: Answer): boolean {
      const resolve = frame.ref === undefined ? undefined : waiting.get(frame.ref)
      resolve?.(frame)
      return resolve !== undefined
    },
    /** The line was cut or is back, or the network is: nobody needs to wait any longer. */
    nudge(): void {
      const { resolve } = wake
      wake = Promise.withResolvers<void>()
      resolve()
    },
  }
}

function outcomeOf<A, Sent, Answer extends Heard>(
  frame: Answer,
  question: Question<A, Sent, Answer>,
): { value: A } | null {
  if (isRefusal(frame)) {
    if (notAnswers.includes(frame.code)) return null
    throw new ApiProblem(frame.code as ProblemCode, { status: 400, retryAfterMs: frame.retryAfterMs })
  }
  const value = question.read(frame)
  return value === null ? null : { value }
}

function isRefusal(frame: Heard): frame is ProblemFrame {
  return frame.type === 'problem'
}

/** While an earlier try may have arrived, only the server's word on this very key is one: not a flood limit, not a lost sign-in. */
function isVerdict(problem: ApiProblem, isDoubtful: boolean): boolean {
  const { status } = problem
  if (status < 400 || status >= 500 || status === 408) return false
  return !isDoubtful || (status !== 401 && status !== 429)
}
