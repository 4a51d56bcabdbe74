import { sockets as limits } from '../../../worker/contract/limits.ts'

/**
 * A WebSocket that comes back. Written here because what closes it decides what follows (a restart names its own delay, a
 * refusal ends it, sleep and networks come and go), which partysocket's growing, unjittered delay cannot express; and
 * because nothing may be queued while it is down: whoever sends asks again by REST with the same key.
 */
export interface Socket {
  /** False when it is down: nothing was sent and nothing will be. */
  send(frame: object): boolean
  /** Connects anew at once, also after it was stopped: another sign-in, a tab that wants its place back. Not once it is closed. */
  reconnect(): void
  /** What the server said about its return (`goodbye`), for the next time it closes. */
  expectReturnIn(ms: number): void
  /** Is the line still alive? After sleep nobody else asks. */
  probe(): void
  close(): void
}

export interface SocketOptions {
  url: string
  /** Asked again for each connection, since tickets are good once. A rejection counts as a failed try. */
  protocols: () => Promise<string[]>
  onOpen: () => void
  onFrame: (frame: unknown) => void
  /** Something arrived, if only a heartbeat. */
  onAlive: () => void
  /** It is down. `willReturn` says whether another try follows by itself. */
  onDown: (code: number, willReturn: boolean) => void
  /** Codes after which trying again would only be refused again. */
  finalCodes: readonly number[]
  WebSocket?: typeof WebSocket
  /** Between 0 and 1. */
  random?: () => number
  times?: SocketTimes
}

export interface SocketTimes {
  heartbeatMs: number
  pongWithinMs: number
  /** After a wake-up the answer is needed sooner than in the quiet of a heartbeat. */
  probeWithinMs: number
  reconnectMs: { min: number; max: number }
}

const usualTimes: SocketTimes = {
  heartbeatMs: limits.heartbeatSeconds * 1_000,
  pongWithinMs: limits.pongWithinMs,
  probeWithinMs: 3_000,
  reconnectMs: limits.reconnectMs,
}

/** Closed here, because nothing came back. */
const silent = 4000

export function openSocket(options: SocketOptions): Socket {
  const Implementation = options.WebSocket ?? WebSocket
  const times = options.times ?? usualTimes
  const random = options.random ?? Math.random
  let socket: WebSocket | null = null
  /** Each try has its own number: what arrives of an older one is nobody's business any more. */
  let attempt = 0
  let failures = 0
  let isClosed = false
  let returnIn: number | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let heartbeat: ReturnType<typeof setTimeout> | undefined
  let pingedAt = 0

  async function connect(): Promise<void> {
    retry = undefined
    const own = ++attempt
    const isOld = () => own !== attempt || isClosed
    let protocols: string[]
    try {
      protocols = await options.protocols()
    } catch {
      if (!isOld()) down(1006)
      return
    }
    if (isOld()) return
    const opening = new Implementation(options.url, protocols)
    socket = opening
    clearTimeout(heartbeat)
    heartbeat = setTimeout(() => leave(silent), times.pongWithinMs)
    opening.addEventListener('open', () => {
      if (isOld()) return
      pingedAt = performance.now()
      beat(times.heartbeatMs, times.pongWithinMs)
      options.onOpen()
    })
    opening.addEventListener('message', ({ data }: MessageEvent) => {
      if (isOld() || typeof data !== 'string') return
      failures = 0
      beat(pingedAt + times.heartbeatMs - performance.now(), times.pongWithinMs)
      options.onAlive()
      if (data === 'pong') return
      const frame = parsed(data)
      if (frame !== null) options.onFrame(frame)
    })
    opening.addEventListener('close', ({ code }) => {
      if (!isOld()) down(code)
    })
  }

  /**
   * Whatever arrives proves the line. A ping goes out all the same, however much arrives: by it the server knows that somebody is here.
   * What arrives sets the timer anew, which so is none of those that browsers hold back in tabs out of sight.
   */
  function beat(pingAfterMs: number, pongWithinMs: number): void {
    clearTimeout(heartbeat)
    heartbeat = setTimeout(() => {
      pingedAt = performance.now()
      socket?.send('ping')
      heartbeat = setTimeout(() => leave(silent), pongWithinMs)
    }, pingAfterMs)
  }

  /** Does not wait for the closing handshake: a dead line would never finish it. */
  function leave(code: number): void {
    const leaving = socket
    attempt += 1
    down(code)
    leaving?.close(code)
  }

  function down(code: number): void {
    clearTimeout(heartbeat)
    socket = null
    const willReturn = !options.finalCodes.includes(code)
    retry = willReturn ? setTimeout(() => void connect(), delay()) : undefined
    options.onDown(code, willReturn)
  }

  function delay(): number {
    const { min, max } = times.reconnectMs
    const most = Math.min(max, min * 2 ** (failures + 1))
    failures += 1
    const named = returnIn ?? 0
    returnIn = null
    return Math.min(named, max) + min + random() * (most - min)
  }

  function reconnect(): void {
    // Whoever closed it may have been waiting for something that ends in this.
    if (isClosed) return
    clearTimeout(retry)
    failures = 0
    const leaving = socket
    socket = null
    clearTimeout(heartbeat)
    void connect()
    leaving?.close(1000)
  }

  /** Ends the wait for the next try, if there is one. */
  function hurry(): void {
    if (retry !== undefined) reconnect()
  }

  globalThis.addEventListener?.('online', hurry)
  void connect()

  return {
    send(frame) {
      if (socket?.readyState !== Implementation.OPEN) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    reconnect,
    expectReturnIn(ms) {
      returnIn = ms
    },
    probe() {
      if (socket?.readyState === Implementation.OPEN) beat(0, times.probeWithinMs)
      else hurry()
    },
    close() {
      isClosed = true
      globalThis.removeEventListener?.('online', hurry)
      clearTimeout(retry)
      retry = undefined
      clearTimeout(heartbeat)
      socket?.close(1000)
      socket = null
    },
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
