import { onTestFinished } from 'vitest'
import { protocol } from '../../../worker/contract/live.ts'
import { LiveClient } from '../live.ts'
import type { Actor } from './actors.ts'
import { fetchApp, type Request } from './app.ts'

export { LiveClient } from '../live.ts'

/** Opens the socket of an auction, as a visitor or as somebody; it is closed when the test ends. */
export async function connect(
  auction: string,
  who: Actor | null = null,
  request: Request = {},
  ticket?: string,
): Promise<LiveClient> {
  const offered = [protocol]
  if (who || ticket !== undefined) offered.push(`ticket.${ticket ?? (await (who as Actor).ticket())}`)
  const response = await fetchApp('GET', `/api/auctions/${auction}/live`, {
    ...request,
    headers: { upgrade: 'websocket', 'sec-websocket-protocol': offered.join(', '), ...request.headers },
  })
  const socket = response.webSocket
  if (!socket) throw new Error(`not upgraded: ${response.status} ${await response.text()}`)
  const client = new LiveClient(socket as unknown as WebSocket)
  socket.accept()
  onTestFinished(() => client.close())
  return client
}

/** Connected, and greeted. */
export async function attend(auction: string, who: Actor | null = null): Promise<LiveClient> {
  const client = await connect(auction, who)
  await client.hello()
  return client
}
