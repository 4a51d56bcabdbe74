import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Chance } from './chance.ts'
import type { Thread } from './thread.ts'
import type { Planned } from './timeline.ts'

/** What the runtime offers an object beyond its context, as a simulated run has it. */
export interface Runtime {
  /** The clock of the machine that the object lives on. */
  wallClock(): number
  /** Goes on evenly, whatever is done to the wall clock. */
  monotonic(): number
  chance: Chance
  thread: Thread
  heard(level: string, line: string): void
}

const real = {
  now: Date.now,
  performanceNow: performance.now,
  random: Math.random,
  randomBytes: crypto.randomBytes,
  sign: crypto.sign,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  Response: globalThis.Response,
  console: { info: console.info, warn: console.warn, error: console.error },
}

/** Only what an upgrade is answered with: Node's own refuses status 101. */
class UpgradeResponse {
  readonly status: number
  readonly headers: Headers
  readonly webSocket: unknown

  constructor(_body: null, init: { status?: number; headers?: HeadersInit; webSocket?: unknown } = {}) {
    this.status = init.status ?? 200
    this.headers = new Headers(init.headers)
    this.webSocket = init.webSocket ?? null
  }
}

/** Lines answer pings without being told how. */
class AutoResponse {
  readonly request: string
  readonly response: string

  constructor(request: string, response: string) {
    this.request = request
    this.response = response
  }
}

/**
 * Time, timers, chance and sockets of the process become those of the run, so that the shell runs as it is. Signatures are a hash
 * while `signs` is false: 2 µs instead of 24. Returns what puts everything back.
 */
export function takeOver(runtime: Runtime, signs: boolean): () => void {
  const { thread, chance } = runtime
  Date.now = () => runtime.wallClock()
  performance.now = () => runtime.monotonic()
  Math.random = () => chance.next()
  crypto.randomBytes = ((size: number) => {
    const bytes = Buffer.allocUnsafe(size)
    for (let at = 0; at < size; at++) bytes[at] = Math.floor(chance.next() * 256)
    return bytes
  }) as typeof crypto.randomBytes
  if (!signs) crypto.sign = ((_: null, data: Uint8Array) => crypto.hash('sha512', data, 'buffer')) as typeof crypto.sign
  syncBuiltinESMExports()
  const scope = globalThis as unknown as Record<string, unknown>
  scope['setTimeout'] = (work: () => void, ms = 0) => thread.setTimer(work, ms)
  scope['clearTimeout'] = (timer: Planned | undefined) => timer && thread.clearTimer(timer)
  scope['Response'] = UpgradeResponse
  scope['WebSocketPair'] = function pair() {
    return thread.pair()
  }
  scope['WebSocketRequestResponsePair'] = AutoResponse
  for (const level of ['info', 'warn', 'error'] as const) console[level] = (line: string) => runtime.heard(level, line)
  return giveBack
}

function giveBack(): void {
  Date.now = real.now
  performance.now = real.performanceNow
  Math.random = real.random
  crypto.randomBytes = real.randomBytes
  crypto.sign = real.sign
  syncBuiltinESMExports()
  const { setTimeout, clearTimeout, Response } = real
  Object.assign(globalThis, { setTimeout, clearTimeout, Response })
  Object.assign(console, real.console)
  for (const name of ['WebSocketPair', 'WebSocketRequestResponsePair']) Reflect.deleteProperty(globalThis, name)
}
