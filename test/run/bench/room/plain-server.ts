import { DatabaseSync } from 'node:sqlite'
import { createServer } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { raised, type Won } from '../../../../worker/contract/money.ts'

/**
 * What people would build instead: one process, `ws`, SQLite with a commit that is on disk before the answer, everybody told of each
 * bid. With `gather` it tells them every so many milliseconds instead. It speaks the room's frames, without packing, hashes,
 * signatures, receipts, keys or accounts.
 */
const [file = '', gather = '0'] = process.argv.slice(2)
const gatherMs = Number(gather)

const db = new DatabaseSync(file)
db.exec('pragma journal_mode = wal; pragma synchronous = full')
db.exec('create table bid (seq integer primary key, amount integer not null, at integer not null)')
db.exec('create table lot (id integer primary key, price integer not null, seq integer not null)')
db.exec('insert into lot values (1, 0, 0)')
const addBid = db.prepare('insert into bid (seq, amount, at) values (?, ?, ?)')
const setLot = db.prepare('update lot set price = ?, seq = ? where id = 1')

let price = 0
let seq = 0
const listening = new Set<WebSocket>()
let unsent: object[] = []
let timer: NodeJS.Timeout | null = null

function place(amount: number): boolean {
  if (amount < (price === 0 ? 100 : raised(price as Won))) return false
  db.exec('begin')
  addBid.run(seq + 1, amount, Date.now())
  setLot.run(amount, seq + 1)
  db.exec('commit')
  price = amount
  seq += 1
  return true
}

function tell(fact: object): void {
  if (gatherMs === 0) return broadcast(JSON.stringify(fact))
  unsent.push(fact)
  timer ??= setTimeout(() => {
    timer = null
    const frames = unsent
    unsent = []
    broadcast(JSON.stringify({ type: 'batch', first: seq - frames.length + 1, last: seq, frames }))
  }, gatherMs)
}

function broadcast(text: string): void {
  for (const socket of listening) socket.send(text)
}

function hear(socket: WebSocket, text: string): void {
  if (text === 'ping') return socket.send('pong')
  const frame = JSON.parse(text) as { type: string; ref?: string; amount?: number }
  if (frame.type === 'hello') {
    listening.add(socket)
    socket.send(JSON.stringify({ type: 'snapshot', epoch: 'plain', seq, price }))
  } else if (frame.type === 'place-bid') {
    const amount = frame.amount ?? 0
    const isAccepted = place(amount)
    socket.send(JSON.stringify({ type: isAccepted ? 'bid-accepted' : 'bid-refused', ref: frame.ref, price }))
    if (isAccepted) tell({ type: 'bid-placed', seq, price, entry: { amount }, at: new Date().toISOString() })
  }
}

const http = createServer()
const server = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => 'hallabong.v1' })
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => hear(socket, data.toString()))
  socket.on('close', () => listening.delete(socket))
})
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('disconnect', () => process.exit(0))
