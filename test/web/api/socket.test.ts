import { expect, test } from 'vitest'
import { openSocket } from '../../../web/api/live/socket.ts'

/** A line that never comes up. */
class SilentSocket extends EventTarget {
  static readonly OPEN = 1
  readyState = 0
  close(): void {}
}

test('a socket that was closed does not come back, whoever asks for it', () => {
  let tries = 0
  const socket = openSocket({
    url: 'ws://house.example',
    protocols: () => Promise.resolve([`try-${(tries += 1)}`]),
    onOpen: () => {},
    onFrame: () => {},
    onAlive: () => {},
    onDown: () => {},
    finalCodes: [],
    WebSocket: SilentSocket as unknown as typeof WebSocket,
  })
  socket.reconnect()
  expect(tries).toBe(2)
  socket.close()
  socket.reconnect()
  socket.probe()
  expect(tries).toBe(2)
})
