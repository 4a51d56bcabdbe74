import type { Envelope } from '../../worker/contract/events.ts'
import { log, reasonOf } from '../log.ts'
import { Unreadable } from './bus.ts'
import type { Receive, SubscribeOptions } from './bus.ts'

/** What a group of readers has still to do, stream by stream. */
export interface Backlog {
  /** How much there is to read of each stream, at the beginning. */
  unread(): ReadonlyMap<string, number>
  /** The next events of a stream that nobody acknowledged, in order. */
  peek(stream: string, limit: number): Envelope[]
  acknowledge(stream: string, seq: number): void
  setAside(event: Envelope, reason: string, attempts: number): void | Promise<void>
}

/**
 * A group reading under one name: some streams at once, one run at a time in each, holding no more than those runs. Whoever
 * joins takes a share.
 */
export interface Reader {
  join(receive: Receive, options?: SubscribeOptions): Member
  arrived(added: ReadonlyMap<string, number>): void
  waiting(): number
}

/** `stop` tells whether the group is empty now. */
export interface Member {
  idle(): Promise<void>
  stop(): Promise<boolean>
}

interface Hands extends Required<SubscribeOptions> {
  receive: Receive
  runs: Set<Promise<void>>
}

const runLength = 100

const doubling = (attempt: number) => Math.min(30_000, 100 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2)

export function read(backlog: Backlog, name: string): Reader {
  /** Events left per stream; a stream in here is ready, in hand or paused. */
  const left = new Map<string, number>()
  const ready = new Set<string>()
  const inHand = new Set<string>()
  const paused = new Map<string, NodeJS.Timeout>()
  /** The event a stream is stuck at, and up to where it goes one by one, since a run up to there has failed. */
  const stuck = new Map<string, { seq: number; tries: number; singlyTo: number }>()
  const group = new Set<Hands>()
  let waitingForIdle: (() => void)[] = []

  function arrived(added: ReadonlyMap<string, number>) {
    for (const [stream, count] of added) {
      left.set(stream, (left.get(stream) ?? 0) + count)
      if (!inHand.has(stream) && !paused.has(stream)) ready.add(stream)
    }
    pump()
  }

  function pump() {
    for (const stream of ready) {
      const hands = freest()
      if (!hands) break
      ready.delete(stream)
      inHand.add(stream)
      const run: Promise<void> = Promise.resolve()
        .then(() => takeRun(stream, hands))
        .finally(() => {
          hands.runs.delete(run)
          letGo(stream)
        })
      hands.runs.add(run)
    }
    if (left.size > 0) return
    for (const resolve of waitingForIdle) resolve()
    waitingForIdle = []
  }

  function freest(): Hands | undefined {
    let found: Hands | undefined
    for (const hands of group)
      if (hands.runs.size < Math.min(hands.concurrency, found?.runs.size ?? Infinity)) found = hands
    return found
  }

  function letGo(stream: string) {
    inHand.delete(stream)
    if (left.has(stream) && !paused.has(stream)) ready.add(stream)
    pump()
  }

  async function takeRun(stream: string, hands: Hands): Promise<void> {
    const [first, ...rest] = backlog.peek(stream, stuck.has(stream) ? 1 : runLength)
    if (!first) {
      left.delete(stream)
      return
    }
    const last = rest.at(-1) ?? first
    try {
      await hands.receive([first, ...rest])
    } catch (error) {
      if (rest.length > 0) stuck.set(stream, { seq: first.seq, tries: 0, singlyTo: last.seq })
      else await failed(first, error, hands)
      return
    }
    acknowledge(stream, last.seq, rest.length + 1)
  }

  function acknowledge(stream: string, seq: number, count: number) {
    backlog.acknowledge(stream, seq)
    if (seq >= (stuck.get(stream)?.singlyTo ?? 0)) stuck.delete(stream)
    const remaining = (left.get(stream) ?? 0) - count
    if (remaining > 0) left.set(stream, remaining)
    else left.delete(stream)
  }

  async function failed(event: Envelope, error: unknown, { attempts, pauseMs }: Hands): Promise<void> {
    const { stream, seq } = event
    const before = stuck.get(stream)
    const tries = before?.seq === seq ? before.tries + 1 : 1
    const fields = { reader: name, stream, seq, tries, reason: reasonOf(error) }
    stuck.set(stream, { seq, tries, singlyTo: Math.max(seq, before?.singlyTo ?? 0) })
    if (error instanceof Unreadable || tries >= attempts) {
      try {
        await backlog.setAside(event, reasonOf(error), tries)
        log('bus-set-aside', fields, 'error')
        return acknowledge(stream, seq, 1)
      } catch (also) {
        fields.reason = reasonOf(also)
      }
    }
    log('bus-retry', fields, 'warn')
    pause(stream, pauseMs(tries + 1))
  }

  function pause(stream: string, ms: number) {
    if (group.size === 0) return
    const timer = setTimeout(() => {
      paused.delete(stream)
      ready.add(stream)
      pump()
    }, ms)
    paused.set(stream, timer)
  }

  arrived(backlog.unread())

  return {
    arrived,
    join(receive, { concurrency = 4, attempts = 8, pauseMs = doubling } = {}) {
      const hands: Hands = { receive, concurrency, attempts, pauseMs, runs: new Set() }
      const ended = Promise.withResolvers<void>()
      group.add(hands)
      pump()
      return {
        async idle() {
          if (left.size > 0)
            await Promise.race([ended.promise, new Promise<void>((resolve) => waitingForIdle.push(resolve))])
        },
        async stop() {
          group.delete(hands)
          if (group.size === 0) for (const timer of paused.values()) clearTimeout(timer)
          await Promise.all(hands.runs)
          ended.resolve()
          return group.size === 0
        },
      }
    },
    waiting: () => [...left.values()].reduce((sum, count) => sum + count, 0),
  }
}
