import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { WebSocketServer, type WebSocket } from 'ws'

/**
 * What people would build instead: one process, `ws`, SQLite with a commit that is on disk before the answer, everybody in the room
 * told of each message. It speaks the frames of `/api/live`, without accounts, membership, keys, limits, numbers to resume from,
 * notifications, or a list for whoever is away.
 */
const [file = ''] = process.argv.slice(2)
const db = new DatabaseSync(file)
db.exec('pragma journal_mode = wal; pragma synchronous = full')
db.exec(
  'create table message (room text not null, seq integer not null, text text not null, at integer not null, primary key (room, seq))',
)
const add = db.prepare('insert into message (room, seq, text, at) values (?, ?, ?, ?)')

const seqs = new Map<string, number>()
const rooms = new Map<string, Set<WebSocket>>()

interface Frame {
  type: string
  rooms?: string[]
  ref?: string
  room?: string
  text?: string
}

function hear(socket: WebSocket, { type, rooms: joined = [], ref, room = '', text = '' }: Frame): void {
  if (type === 'hello') {
    for (const one of joined) rooms.set(one, (rooms.get(one) ?? new Set()).add(socket))
    socket.send(JSON.stringify({ type: 'snapshot', epoch: 'plain', seq: 0 }))
  } else if (type === 'send-message') {
    const roomSeq = (seqs.get(room) ?? 0) + 1
    const at = Date.now()
    add.run(room, roomSeq, text, at)
    seqs.set(room, roomSeq)
    const message = { room, seq: roomSeq, text, at: new Date(at).toISOString() }
    socket.send(JSON.stringify({ type: 'message-sent', ref, room, roomSeq, message }))
    const posted = JSON.stringify({ type: 'message-posted', room, roomSeq, message })
    for (const one of rooms.get(room) ?? []) one.send(posted)
  }
}

const http = createServer()
const server = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => 'hallabong.v1' })
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => hear(socket, JSON.parse(data.toString()) as Frame))
  socket.on('close', () => {
    for (const members of rooms.values()) members.delete(socket)
  })
})
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
process.on('disconnect', () => process.exit(0))
