import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { protocol } from '../../../../worker/contract/live.ts'
import { inParallel } from '../pace.ts'
import { Durations, preciseNow } from '../room/spread.ts'
import type { Device, Order, Report, TalkReport } from './frames.ts'

/** People of many rooms, in a process of their own: what each hears is counted, and nothing else is kept. */
interface Line {
  device: Device
  socket: WebSocket
  seq: number
  /** The last message of each room. */
  places: Map<string, number>
}

interface Frame {
  type: string
  seq?: number
  ref?: string
  last?: number
  room?: string
  roomSeq?: number
  message?: { text: string | null }
  frames?: Frame[]
}

const lines: Line[] = []
const asked = new Map<string, (isSent: boolean) => void>()
let heard = new Durations()
const count = { heard: 0, lost: 0, doubled: 0 }

function hear(line: Line, frame: Frame): void {
  if (frame.ref !== undefined) asked.get(frame.ref)?.(frame.type === 'message-sent')
  if (frame.type === 'batch') {
    line.seq = frame.last ?? line.seq
    for (const fact of frame.frames ?? []) hear(line, fact)
  }
  const { room, roomSeq, message } = frame
  if (frame.type !== 'message-posted' || room === undefined || roomSeq === undefined) return
  const before = line.places.get(room)
  if (before !== undefined && roomSeq <= before) count.doubled += 1
  else if (before !== undefined && roomSeq > before + 1) count.lost += roomSeq - before - 1
  line.places.set(room, roomSeq)
  const sentAt = Number(message?.text)
  if (!Number.isFinite(sentAt) || message?.text === null) return
  heard.add(preciseNow() - sentAt)
  count.heard += 1
}

function open(device: Device): Promise<void> {
  const protocols = device.ticket === null ? [protocol] : [protocol, `ticket.${device.ticket}`]
  const socket = new WebSocket(device.url, protocols, { perMessageDeflate: false, headers: device.headers })
  const line: Line = { device, socket, seq: 0, places: new Map() }
  lines.push(line)
  return new Promise((resolve, reject) => {
    const hello = device.ticket === null ? { type: 'hello', rooms: device.rooms } : { type: 'hello' }
    socket.on('open', () => socket.send(JSON.stringify(hello)))
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame
      if (frame.type === 'snapshot') {
        line.seq = frame.seq ?? 0
        resolve()
      } else hear(line, frame)
    })
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`closed ${code}`)))
  })
}

let refs = 0

function say({ socket }: Line, room: string): Promise<boolean> {
  const ref = `r${(refs += 1)}`
  return new Promise((resolve) => {
    asked.set(ref, (isSent) => {
      asked.delete(ref)
      resolve(isSent)
    })
    socket.send(JSON.stringify({ type: 'send-message', ref, key: randomUUID(), room, text: String(preciseNow()) }))
  })
}

async function talk({ each, atOnce }: Extract<Order, { order: 'talk' }>): Promise<TalkReport> {
  const ack = new Durations()
  heard = new Durations()
  Object.assign(count, { heard: 0, lost: 0, doubled: 0 })
  const listeners = Map.groupBy(
    lines.flatMap(({ device }) => device.rooms),
    (room) => room,
  )
  let messages = 0
  let expected = 0
  const cpu = process.cpuUsage()
  const began = preciseNow()
  await inParallel(atOnce, lines.length, async (place) => {
    const line = lines[place]
    if (!line) return
    for (let turn = 0; turn < each; turn += 1)
      for (const room of line.device.rooms) {
        const left = preciseNow()
        if (!(await say(line, room))) throw new Error('a message was refused')
        ack.add(preciseNow() - left)
        messages += 1
        expected += listeners.get(room)?.length ?? 0
      }
  })
  const patience = preciseNow() + 20_000
  while (count.heard < expected && preciseNow() < patience) await pause(2)
  const seconds = (preciseNow() - began) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const missing = Math.max(0, expected - count.heard)
  const ownCpu = (user + system) / 1_000_000 / seconds
  return {
    messages,
    seconds,
    ack: ack.spread(),
    heard: heard.spread(),
    lost: count.lost + missing,
    doubled: count.doubled,
    ownCpu,
  }
}

async function obey(order: Order): Promise<Report> {
  if (order.order === 'talk') return { report: await talk(order) }
  if (order.order === 'come')
    await inParallel(20, order.devices.length, (place) => open(order.devices[place] as Device))
  else for (const { socket } of lines.splice(0)) socket.terminate()
  return { report: null }
}

/** A slow client is one that says nothing of what it has seen. */
setInterval(() => {
  for (const { socket, seq, device } of lines)
    if (socket.readyState === WebSocket.OPEN && device.ticket !== null) socket.send(`{"type":"seen","seq":${seq}}`)
}, 2_000).unref()

process.on('message', (order: Order) => {
  obey(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failed: String(error) } satisfies Report),
  )
})
process.on('disconnect', () => process.exit(0))
