import { parseArgs } from 'node:util'
import { buyers, host, password, sellers, simulated, type Member } from './demo/cast.ts'
import { Site, type Person } from './demo/client.ts'
import { dealStories, tellDeals } from './demo/deals.ts'
import { join, portray } from './demo/joining.ts'
import { aboutToStart, endingSoon, lots, type Lot } from './demo/lots.ts'
import { Memory } from './demo/memory.ts'
import { rooms, tellRoom } from './demo/rooms.ts'
import { tellLot } from './demo/telling.ts'
import { keepCompany, openNext } from './simulated-people.ts'

/**
 * Fills a house of one's own with people and auctions, through the API alone, and keeps it alive. Started beside the
 * Worker, which it finds by BASE_URL and LOCAL_KEY; what it has made it remembers in DATA_DIR.
 */
const { values } = parseArgs({ options: { simulation: { type: 'boolean', default: true } }, allowNegative: true })
const isSimulated = values.simulation && process.env['SIMULATED'] !== 'off'

const site = new Site(needed('BASE_URL'), needed('LOCAL_KEY'))
const memory = Memory.of(needed('DATA_DIR'))
const people = new Map<string, Person>()
const say = (line: string) => console.log(line)

process.on('SIGTERM', () => process.exit(0))

await openTheDoors()
const company = isSimulated ? keepCompany({ site, memory, host: known(host), guests: simulated.map(known), say }) : null
if (!memory.isDone) await layOut()
await company

/** First of all, something that one can bid on. */
async function openTheDoors(): Promise<void> {
  const welcome = [...buyers, ...sellers].filter(({ email }) => email !== undefined)
  await Promise.all([openFirst(), ...simulated.map(come)])
  await Promise.all(welcome.map(come))
  say('')
  say('demo logins, all with the password ' + password)
  for (const { email, name, handle } of welcome) say(`  ${email!.padEnd(26)} ${name} (@${handle})`)
  say(`simulated people are ${isSimulated ? 'about; without them: SIMULATED=off npm start' : 'off'}`)
  say('')
}

async function openFirst(): Promise<void> {
  await come(host)
  if (memory.live.auctions.length > 0) return say('demo: goes on where it was')
  const auction = await openNext({ site, memory, host: known(host) })
  say(`demo: a live auction is open at ${site.origin}/auctions/${auction}`)
}

async function layOut(): Promise<void> {
  say('demo: laying out the rest, which takes a minute or two …')
  await inPairs([...sellers, ...buyers], come)
  const all = [endingSoon, aboutToStart, ...lots]
  let told = 0
  await inPairs(all, async (lot: Lot) => {
    await tellLot({ site, memory, people }, lot)
    told += 1
    if (told % 10 === 0 || told === all.length) say(`demo: ${told} of ${all.length} auctions`)
  })
  for (const room of rooms) await tellRoom(memory, people, room)
  await tellDeals({ memory, people }, dealStories)
  await inPairs([...people.values()], portray)
  memory.isDone = true
  await memory.keep()
  say('demo: everything is laid out')
}

async function come(member: Member): Promise<void> {
  people.set(member.handle, await join(site, memory, member))
}

function known(member: Member): Person {
  const person = people.get(member.handle)
  if (!person) throw new Error(`${member.handle} has not joined`)
  return person
}

/** Two at a time: one draws while the other's pictures are being made. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all([worker(), worker()])
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: the demo is started by "npm start"`)
  return value
}
