import type { Host, Hosted } from './host.ts'
import type { Line } from './lines.ts'
import type { Thread } from './thread.ts'
import type { Timeline } from './timeline.ts'

export interface CallsDeps {
  timeline: Timeline
  thread: Thread
  /** How long one way on the line of that name takes, ms. */
  delayMs(name: string): number
  /** Whether what is on its way on that line is lost. */
  isLost(name: string): boolean
  /** After how long who asked learns that there will be no answer, ms. */
  noticedAfterMs(name: string): number
  /** A method threw something that the world around it does not explain. */
  threw(what: string, error: unknown): void
}

/** What is said of a call that came to nothing. */
export const lostCall = 'Network connection lost.'

type Settle = () => void

/**
 * What one object, or the edge, has of another one: calls arrive in their order, each once or not at all. When one is lost, or the
 * other dies over it, no later one arrives any more: whoever wants to go on takes a new stub.
 */
class CallLine {
  private readonly deps: CallsDeps
  private readonly name: string
  private readonly host: Host
  private lastIn = 0
  private isBroken = false

  constructor(deps: CallsDeps, name: string, host: Host) {
    this.deps = deps
    this.name = name
    this.host = host
  }

  call(method: string, given: unknown[]): Promise<unknown> {
    const { timeline, thread } = this.deps
    // A response has a socket, and stays what it is.
    const carry = method === 'fetch' ? <T>(value: T) => value : copyOf
    const args = carry(given)
    const caller = thread.host
    return new Promise((resolve, reject) => {
      const back = caller ? caller.wait() : (settle: Settle) => settle()
      const answer = (settle: Settle, value?: unknown) =>
        void timeline.after(this.deps.delayMs(this.name), () => {
          if (!this.deps.isLost(this.name)) return back(settle)
          if (method === 'fetch') this.cut(value)
          this.lose(back, reject)
        })
      const leave = () => {
        this.lastIn = Math.max(this.lastIn, timeline.now + this.deps.delayMs(this.name))
        timeline.plan(this.lastIn, () => {
          if (this.isBroken || this.deps.isLost(this.name)) return this.lose(back, reject)
          const isTaken = this.host.event(method, (object, life) => {
            const lose = () => this.lose(back, reject)
            life.unanswered.add(lose)
            const settled = (settle: Settle, value?: unknown) =>
              this.host.say(() => {
                life.unanswered.delete(lose)
                answer(settle, value)
              })
            return this.run(object, method, args).then(
              (value) => settled(() => resolve(carry(value)), value),
              (error: unknown) => {
                if (!isOfTheWorld(error)) this.deps.threw(method, error)
                settled(() => reject(error as Error))
              },
            )
          })
          if (!isTaken) this.lose(back, reject)
        })
      }
      if (caller) caller.say(leave)
      else leave()
    })
  }

  private run(object: Hosted, method: string, args: unknown[]): Promise<unknown> {
    const methods = object as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
    const work = methods[method]
    return work ? work.apply(object, args) : Promise.reject(new TypeError(`there is no ${method}`))
  }

  /** A socket whose response did not arrive has nobody at its other end. */
  private cut(response: unknown): void {
    const noticedAfterMs = this.deps.noticedAfterMs(this.name)
    const { webSocket } = (response ?? {}) as { webSocket?: Line | null }
    webSocket?.cut(noticedAfterMs, noticedAfterMs)
  }

  private lose(back: (settle: Settle) => void, reject: (error: Error) => void): void {
    this.isBroken = true
    this.deps.timeline.after(this.deps.noticedAfterMs(this.name), () => back(() => reject(new Error(lostCall))))
  }
}

/** A new stub of an object. */
export function stubOf(deps: CallsDeps, name: string, host: Host): object {
  const line = new CallLine(deps, name, host)
  return new Proxy(
    {},
    {
      get:
        (_, method: string) =>
        (...args: unknown[]) =>
          line.call(method, args),
    },
  )
}

function copyOf<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}

/** Whether it failed because something outside of the object did. */
export function isOfTheWorld(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause)
    if (one.message === lostCall || one.message.startsWith('D1_ERROR')) return true
  return false
}
