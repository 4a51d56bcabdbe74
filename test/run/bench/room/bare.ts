import { openBare } from '../bare-workerd.ts'
import type { Door } from './frames.ts'

/**
 * An object that hears and answers as a room does and judges nothing: what is left is the platform's own. `/write` keeps a row for each
 * bid, and its answer waits for the disk; `/tell` tells everybody of each. Objects of their own do both: `/rooms/7` at once, `/crowds/7`
 * every 50 ms, as a room of 1,000 that has much to tell.
 */
const script = `
import { DurableObject } from 'cloudflare:workers'
export class Bare extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    ctx.storage.sql.exec('create table if not exists bid (seq integer primary key, text text not null)')
    this.seq = 0
    this.viewers = new Set()
    this.unsent = []
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
      const [isRoom, isCrowd] = [way.startsWith('/rooms/'), way.startsWith('/crowds/')]
      if (way === '/write' || isRoom || isCrowd) this.ctx.storage.sql.exec('insert into bid (text) values (?)', text)
      socket.send(JSON.stringify({ type: 'bid-accepted', ref }))
      if (way === '/answer' || way === '/write') return
      const fact = { type: 'bid-placed', seq: this.seq, price: amount, entry: { amount }, filling }
      if (isCrowd) return this.gather({ ...fact, filling: undefined })
      const frame = JSON.stringify(isRoom ? { type: 'batch', first: this.seq, last: this.seq, frames: [fact] } : fact)
      this.tell(frame)
    }
  }
  gather(fact) {
    this.unsent.push(fact)
    if (this.unsent.length > 1) return
    setTimeout(() => {
      const frames = this.unsent.splice(0)
      this.tell(JSON.stringify({ type: 'batch', first: frames[0].seq, last: frames.at(-1).seq, frames }))
    }, 50)
  }
  tell(frame) {
    for (const viewer of this.viewers) viewer.send(frame)
  }
}
const filling = 'x'.repeat(300)
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    const name = pathname.split('/').length > 2 ? pathname : 'room'
    return env.BARE.get(env.BARE.idFromName(name)).fetch(request)
  },
}`

export interface BareRoom {
  /** Answers at once; after a row is on disk; after everybody was told. */
  door(way: 'answer' | 'write' | 'tell'): Door
  /** So many new objects, each of which tells its own viewers of each bid once it is on disk. */
  rooms(count: number): Door[]
  /** A new object that answers once a row is on disk, and tells its viewers every 50 ms. */
  crowd(): Door
  close(): Promise<void>
}

export async function openBareRoom(): Promise<BareRoom> {
  const { origin, close } = await openBare(script)
  const to = (path: string): Door => ({ url: `${origin.replace('http', 'ws')}/${path}`, headers: {} })
  let made = 0
  return {
    door: to,
    rooms: (count) => Array.from({ length: count }, () => to(`rooms/${(made += 1)}`)),
    crowd: () => to(`crowds/${(made += 1)}`),
    close,
  }
}
