import { openBare } from '../bare-workerd.ts'
import type { Door } from './frames.ts'

/**
 * An object that hears and answers as a room does and judges nothing: what is left is the platform's own. `/write` keeps a row for each
 * bid, and its answer waits for the disk; `/tell` tells everybody of each; `/rooms/7` does both, and is an object of its own.
 */
const script = `
import { DurableObject } from 'cloudflare:workers'
export class Bare extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env)
    ctx.storage.sql.exec('create table if not exists bid (seq integer primary key, text text not null)')
    this.seq = 0
    this.viewers = new Set()
  }
  fetch(request) {
    const [here, there] = Object.values(new WebSocketPair())
    this.ctx.acceptWebSocket(there, [new URL(request.url).pathname])
    const headers = { 'sec-websocket-protocol': 'hallabong.v1' }
    return new Response(null, { status: 101, webSocket: here, headers })
  }
  webSocketMessage(socket, text) {
    const { type, ref, amount } = JSON.parse(text)
    const [way] = this.ctx.getTags(socket)
    if (type === 'hello') {
      this.viewers.add(socket)
      socket.send(JSON.stringify({ type: 'snapshot', epoch: 'bare', seq: this.seq }))
    } else if (type === 'place-bid') {
      this.seq += 1
      const isRoom = way.startsWith('/rooms/')
      if (way === '/write' || isRoom) this.ctx.storage.sql.exec('insert into bid (text) values (?)', text)
      socket.send(JSON.stringify({ type: 'bid-accepted', ref }))
      if (way !== '/tell' && !isRoom) return
      const fact = { type: 'bid-placed', seq: this.seq, price: amount, entry: { amount }, filling }
      const frame = JSON.stringify(isRoom ? { type: 'batch', first: this.seq, last: this.seq, frames: [fact] } : fact)
      for (const viewer of this.viewers) viewer.send(frame)
    }
  }
}
const filling = 'x'.repeat(300)
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    const name = pathname.startsWith('/rooms/') ? pathname : 'room'
    return env.BARE.get(env.BARE.idFromName(name)).fetch(request)
  },
}`

export interface BareRoom {
  /** Answers at once; after a row is on disk; after everybody was told. */
  door(way: 'answer' | 'write' | 'tell'): Door
  /** So many new objects, each of which tells its own viewers of each bid once it is on disk. */
  rooms(count: number): Door[]
  close(): Promise<void>
}

export async function openBareRoom(): Promise<BareRoom> {
  const { origin, close } = await openBare(script)
  const to = (path: string): Door => ({ url: `${origin.replace('http', 'ws')}/${path}`, headers: {} })
  let made = 0
  return { door: to, rooms: (count) => Array.from({ length: count }, () => to(`rooms/${(made += 1)}`)), close }
}
