import { sockets } from '../contract/limits.ts'
import { closeCodes, type Goodbye } from '../contract/live.ts'

/**
 * Closing codes that may not be sent. A hibernating socket has to answer a peer's close itself: unlike a standard one, the
 * runtime does not do it (https://developers.cloudflare.com/durable-objects/api/websockets/).
 */
const unsendable = new Set([1004, 1005, 1006, 1015])

/** Close reasons may be 123 bytes. */
const reasonBytes = 120

/** Closes, whatever state the socket is in: one that has gone already is what we wanted. */
export function closeQuietly(socket: WebSocket, code: number, reason = ''): void {
  try {
    socket.close(unsendable.has(code) ? 1000 : code, reason.slice(0, reasonBytes))
  } catch {
    // It was closed before.
  }
}

/** Whether anybody hears it. One that was closed from here is among an object's sockets until the other end has answered, or for ever. */
export function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN
}

/** Sends, and says whether the socket took it. */
export function sendQuietly(socket: WebSocket, text: string): boolean {
  try {
    socket.send(text)
    return true
  } catch {
    return false
  }
}

/** Sends somebody away who is to come back: each at a moment of their own, so that not all come at once. */
export function dismiss(socket: WebSocket, reason: string): void {
  const retryAfterMs = Math.round(sockets.backWithinMs * Math.random())
  sendQuietly(socket, JSON.stringify({ type: 'goodbye', retryAfterMs } satisfies Goodbye))
  closeQuietly(socket, closeCodes.restart, reason)
}

export function isUpgrade(request: Request): boolean {
  return request.headers.get('upgrade')?.toLowerCase() === 'websocket'
}

/** Subprotocols as offered, in order. */
export function offeredProtocols(request: Request): string[] {
  const header = request.headers.get('sec-websocket-protocol') ?? ''
  return header
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Answers an upgrade with the client's end. A subprotocol is named only where it was offered: browsers insist on that. */
export function upgraded(request: Request, client: WebSocket, protocol: string): Response {
  const headers = new Headers()
  if (offeredProtocols(request).includes(protocol)) headers.set('sec-websocket-protocol', protocol)
  return new Response(null, { status: 101, webSocket: client, headers })
}

/** Accepts an upgrade and closes it with a code: browsers hide the answer to an upgrade that fails. */
export function refuseUpgrade(request: Request, protocol: string, code: number, reason: string): Response {
  const { 0: client, 1: server } = new WebSocketPair()
  server.accept()
  server.close(code, reason)
  return upgraded(request, client, protocol)
}

/** In UTF-8. A character takes three bytes at most for each of its units, so a short text need not be counted. */
function isLongerThan(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return false
  return text.length > bytes || new TextEncoder().encode(text).byteLength > bytes
}

export type ReadFrame = { ok: true; value: unknown } | { ok: false; fault: 'too-large' | 'malformed' }

/** The JSON object of a text frame of at most `mostBytes` (UTF-8). */
export function readFrame(message: string | ArrayBuffer, mostBytes: number): ReadFrame {
  if (typeof message !== 'string')
    return { ok: false, fault: message.byteLength > mostBytes ? 'too-large' : 'malformed' }
  if (isLongerThan(message, mostBytes)) return { ok: false, fault: 'too-large' }
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ok: true, value }
      : { ok: false, fault: 'malformed' }
  } catch {
    return { ok: false, fault: 'malformed' }
  }
}
