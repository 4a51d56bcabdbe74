import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { descendantsOf } from '../processes.ts'
import { beside, NotHere, type Bench, type Effort, type Measured } from './bench.ts'
import { Crowd } from './chat/crowd.ts'
import type { Device, TalkReport } from './chat/frames.ts'
import { openGroup, openPairs } from './chat/rooms.ts'
import { Houses } from './house.ts'
import { openPeopled, type Peopled } from './people.ts'
import { openPlain } from './room/plain.ts'

const plainScript = fileURLToPath(new URL('chat/plain-server.ts', import.meta.url))
const sockets = 'real sockets from a load process of its own, on the computer that also runs the house'
const plain =
  'a Node server with ws and SQLite (wal, synchronous full), a commit for each message, told to the room at once'
const figures = [
  { name: 'messages', unit: 'messages/s' },
  { name: 'ack p50', unit: 'ms' },
  { name: 'ack p99', unit: 'ms' },
  { name: 'delivery p50', unit: 'ms' },
  { name: 'delivery p99', unit: 'ms' },
]
/** Longer than an object stays in memory that nobody asks anything. */
const idleMs = 20_000

export const chatHouses = new Houses(openPeopled, 12)

export const chatBenches: Bench[] = [
  {
    name: 'chat-group',
    method: `one room of 50, each with a socket; everybody says 20 messages, one after the other, all at once; limits hold; ${sockets}. Baseline: ${plain}`,
    figures: figures.map((figure) => ({ ...figure, name: `one room of 50: ${figure.name}` })),
    open: (effort) => chatHouses.with(50, effort, group),
  },
  {
    name: 'chat-pairs',
    method: `rooms of two, 2,000 people with a socket each; everybody says 5 messages, 100 people at a time; limits hold; ${sockets}. Baseline: ${plain}`,
    figures: figures.map((figure) => ({ ...figure, name: `1,000 rooms of two: ${figure.name}` })),
    // Two thousand people take minutes to come in.
    times: 1,
    open: (effort) => chatHouses.with(2_000, effort, pairs),
  },
  {
    name: 'chat-idle',
    method: `resident memory (VmRSS) of workerd for each of 1,000 accounts with an open socket that says nothing for ${idleMs / 1_000} s, against before they came. Baseline: the same of the Node server`,
    figures: [{ name: 'an idle socket', unit: 'kB' }],
    times: 1,
    async open(effort) {
      if (process.platform !== 'linux') throw new NotHere('needs /proc')
      return chatHouses.with(1_000, effort, idle)
    },
  },
]

async function group(house: Peopled, { quick }: Effort): Promise<Measured[]> {
  const everybody = house.people.map((_, place) => place)
  const room = await openGroup(house, everybody)
  return talked(
    house,
    everybody.map(() => [room]),
    { each: quick ? 2 : 20, atOnce: everybody.length },
  )
}

async function pairs(house: Peopled, { quick }: Effort): Promise<Measured[]> {
  const couples = Array.from({ length: house.people.length / 2 }, (_, place): [number, number] => [
    2 * place,
    2 * place + 1,
  ])
  const rooms = await openPairs(house, couples)
  return talked(
    house,
    rooms.flatMap((room) => [[room], [room]]),
    { each: quick ? 2 : 5, atOnce: 100 },
  )
}

/** The same talk in the house and beside it. `rooms` of each person, by their place. */
async function talked(house: Peopled, rooms: string[][], how: { each: number; atOnce: number }): Promise<Measured[]> {
  const ours = await talk(devicesOf(house, rooms), how)
  const server = await openPlain(plainScript)
  try {
    const theirs = await talk(
      rooms.map((own) => ({ ...server.door, ticket: null, rooms: own })),
      how,
    )
    return beside(figuresOf(ours), figuresOf(theirs))
  } finally {
    server.close()
  }
}

function figuresOf({ messages, seconds, ack, heard }: TalkReport): number[] {
  return [messages / seconds, ack.p50, ack.p99, heard.p50, heard.p99]
}

async function talk(devices: Device[], { each, atOnce }: { each: number; atOnce: number }): Promise<TalkReport> {
  const crowd = new Crowd()
  try {
    await crowd.come(devices)
    return await crowd.talk(each, atOnce)
  } finally {
    crowd.end()
  }
}

function devicesOf({ house: { origin }, site, tickets }: Peopled, rooms: string[][]): Device[] {
  const url = `${origin.replace('http', 'ws')}/api/live`
  const all = tickets(rooms.length)
  return rooms.map((own, place) => ({ url, headers: site.keyHeaders, ticket: all[place] ?? null, rooms: own }))
}

async function idle(house: Peopled, effort: Effort): Promise<Measured[]> {
  const { length } = house.people
  const rooms = house.people.map((): string[] => [])
  const value = await growth(workerd(), devicesOf(house, rooms), effort)
  const server = await openPlain(plainScript)
  try {
    const devices = rooms.map((own) => ({ ...server.door, ticket: null, rooms: own }))
    return [{ value: value / length, baseline: (await growth(server.pid, devices, effort)) / length }]
  } finally {
    server.close()
  }
}

async function growth(pid: number, devices: Device[], { quick }: Effort): Promise<number> {
  const before = residentKilobytes(pid)
  const crowd = new Crowd()
  try {
    await crowd.come(devices)
    await pause(quick ? 1_000 : idleMs)
    return residentKilobytes(pid) - before
  } finally {
    crowd.end()
  }
}

function residentKilobytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function workerd(): number {
  const found = descendantsOf(process.pid).find(({ pid }) =>
    /workerd/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })),
  )
  if (!found) throw new Error('no workerd among the processes')
  return found.pid
}
