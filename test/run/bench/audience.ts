import { sockets as socketLimits } from '../../../worker/contract/limits.ts'
import { beside, type Bench, type Effort, type Measured } from './bench.ts'
import { Houses } from './house.ts'
import { plain, quickBidders, sockets, twoProcesses } from './room.ts'
import { openBareRoom } from './room/bare.ts'
import type { Door } from './room/frames.ts'
import { Hall, watched, type Watched, type Watching } from './room/hall.ts'
import { amounts } from './room/ladder.ts'
import { ManyRooms } from './room/many-rooms.ts'
import { openPlainRoom } from './room/plain.ts'
import { socketsMost, usedByWorkerd } from './room/process.ts'
import { openSite, type BenchSite } from './room/site.ts'

const threeProcesses =
  'bidders in a process of their own, viewers in two more, all on the computer that also runs the room'
export const bare = 'an object in workerd that greets and says nothing else'
export const bidderCount = 20
export const audienceSites = new Houses(openSite, quickBidders)
const rates = [100, 200, 300, 400, 500, 600, 700, 800, 1_000, 1_200, 1_500, 2_000]
const fastEnoughMs = 150
/** Percent of the bids. Who takes fewer does not do that rate. */
const leastAccepted = 90
const manyFastEnoughMs = 50
const roomCounts = [100, 150, 200, 300, 400, 500, 600, 800, 1_000]
const openedAtOnce = 50

/** Rows about many viewers: an auction's room with the shards of its audience, and many rooms. */
export const audienceBenches: Bench[] = [
  {
    name: 'audience-5000-viewers-200',
    method: `5,000 viewers in the room and its shards, 200 bids/s for 8 s by ${bidderCount} bidders; ${threeProcesses}. Every viewer must have every fact once. The slower of the two processes counts. Baseline: ${plain}, everybody told every ${socketLimits.flushMs.max} ms`,
    figures: [
      { name: 'bid to viewer, 5,000 viewers, 200 bids/s, p50', unit: 'ms' },
      { name: 'bid to viewer, 5,000 viewers, 200 bids/s, p99', unit: 'ms', aim: { atMost: 350 } },
      { name: 'ack of a bid, 5,000 viewers, 200 bids/s, p99', unit: 'ms' },
    ],
    open: (effort) => audienceSites.with(bidderCount, effort, watchedByMany),
  },
  {
    name: 'audience-highest-rate',
    method: `1,000 viewers; up to ${Math.max(...rates).toLocaleString('en')} bids/s, after one round to warm up, each rate on a fresh auction for 3 s, until a viewer lacks something, p99 from bid to viewer reaches ${fastEnoughMs} ms or less than ${leastAccepted} % of the bids are accepted (one that waits is overtaken, and too low); ${twoProcesses}. Baseline: ${plain}, everybody told of each bid`,
    figures: [{ name: 'highest rate with 1,000 viewers, no loss', unit: 'bids/s', aim: { atLeast: 500 } }],
    open: (effort) => audienceSites.with(bidderCount, effort, highestRate),
  },
  {
    name: 'audience-resume',
    method: `5,000 viewers drop at once, 200 bids are placed, and all come again at once (whoever is closed once more half a second later), until each has everything; ${threeProcesses}. None may lack a fact or get one twice. Baseline: ${bare}, where nothing was missed`,
    figures: [
      { name: 'resume of 5,000 viewers, all complete after', unit: 's', aim: { atMost: 2 } },
      { name: 'resume of 5,000 viewers, first frame p99', unit: 'ms' },
    ],
    open: (effort) => audienceSites.with(bidderCount, effort, resumed),
  },
  {
    name: 'audience-join',
    method: `10,000 viewers come within 10 s, evenly (fewer in as much less time where ${socketsMost().toLocaleString('en')} sockets is what a third of the descriptors allows); ${threeProcesses}. Baseline: ${bare}`,
    figures: [
      { name: 'viewers who came in', unit: 'viewers', aim: { atLeast: 10_000 } },
      { name: 'first frame of who joins, p99', unit: 'ms', aim: { atMost: 1_000 } },
      { name: 'processor of workerd for each who joins', unit: 'ms' },
    ],
    open: (effort) => audienceSites.with(1, effort, joined),
  },
  {
    name: 'audience-many-rooms',
    method: `up to 1,000 auctions, each with 5 viewers of whom two bid in turn, one bid a second in each for 10 s; more of them, all fresh, until p99 from when a bid was due to its viewers reaches ${manyFastEnoughMs} ms; ${sockets}. Every viewer must have every fact once. Baseline: objects that keep a row and tell their viewers, and judge nothing`,
    figures: [
      { name: `rooms at once with p99 under ${manyFastEnoughMs} ms`, unit: 'rooms', aim: { atLeast: 1_000 } },
      { name: 'bid to viewer in 100 rooms at once, p50', unit: 'ms' },
      { name: 'bid to viewer in 100 rooms at once, p99', unit: 'ms' },
    ],
    times: 1,
    open: (effort) => audienceSites.with(bidderCount, effort, manyRooms),
  },
]

async function watchedByMany(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  if (quick) await site.shrinkAudience()
  const viewers = Math.min(quick ? 200 : 5_000, socketsMost() - bidderCount)
  const load = { processes: 2, viewers, withinMs: viewers, perSecond: 200, bids: quick ? 100 : 1_600 }
  const figures = ({ seen, ack }: Watched) => [seen.p50, seen.p99, ack.p99]
  const door = await site.openAuction()
  const bidders = site.tickets(bidderCount)
  const own = await watched(door, { ...load, bidders, lastSeq: () => site.lastSeq(door) })
  const room = await openPlainRoom({ gatherMs: socketLimits.flushMs.max })
  try {
    const nobody = Array.from({ length: bidderCount }, () => null)
    const other = await watched(room.door, { ...load, bidders: nobody, lastSeq: async (accepted) => accepted })
    return beside(figures(own), figures(other))
  } finally {
    room.close()
  }
}

async function highestRate(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  const plan = quick
    ? { tried: rates.slice(0, 1), viewers: 100, seconds: 1 }
    : { tried: rates, viewers: 1_000, seconds: 3 }
  const ours = await lastGood(plan, async () => {
    const door = await site.openAuction()
    return { door, bidders: site.tickets(bidderCount), lastSeq: () => site.lastSeq(door), close: () => {} }
  })
  const theirs = await lastGood(plan, async () => {
    const { door, close } = await openPlainRoom()
    const bidders = Array.from({ length: bidderCount }, () => null)
    return { door, bidders, lastSeq: async (accepted) => accepted, close }
  })
  return [{ value: ours, baseline: theirs }]
}

interface Place extends Pick<Watching, 'bidders' | 'lastSeq'> {
  door: Door
  close(): void
}

async function lastGood(
  { tried, viewers, seconds }: { tried: readonly number[]; viewers: number; seconds: number },
  open: () => Promise<Place>,
): Promise<number> {
  const at = async (perSecond: number) => {
    const { door, close, ...place } = await open()
    try {
      return await watched(door, { ...place, viewers, perSecond, bids: Math.min(2_400, perSecond * seconds) })
    } finally {
      close()
    }
  }
  // What takes its time once, to become fast, is not what a rate costs.
  await at(tried[0] ?? 0)
  let best = 0
  for (const perSecond of tried) {
    const { seen, accepted } = await at(perSecond)
    if (seen.p99 >= fastEnoughMs || accepted < leastAccepted) break
    best = perSecond
  }
  return best
}

async function resumed(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  if (quick) await site.shrinkAudience()
  const viewers = Math.min(quick ? 200 : 5_000, socketsMost() - bidderCount)
  const door = await site.openAuction()
  const own = await inHall(door, async (hall) => {
    await hall.bidders.enter(door, site.tickets(bidderCount))
    await hall.watch(viewers, viewers)
    const bids = quick ? 40 : 200
    const ladder = amounts(2 * bids)
    await hall.bidders.bid(ladder.slice(0, bids), { perSecond: 200 })
    await hall.drop()
    await hall.bidders.bid(ladder.slice(bids), { perSecond: 200 })
    return hall.return(await site.lastSeq(door))
  })
  const other = await inBareHall(async (hall) => {
    await hall.watch(viewers, viewers)
    await hall.drop()
    return hall.return(0)
  })
  return beside(own, other)
}

async function joined(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  if (quick) await site.shrinkAudience()
  const viewers = Math.min(quick ? 200 : 10_000, socketsMost())
  const come = async (hall: Hall) => {
    const before = usedByWorkerd()
    const reports = await hall.watch(viewers, viewers)
    const { cpuSeconds } = usedByWorkerd()
    const first = Math.max(...reports.map((report) => report.first.p99))
    return [first, ((cpuSeconds - before.cpuSeconds) * 1_000) / viewers]
  }
  const own = await inHall(await site.openAuction(), come)
  const other = await inBareHall(come)
  return [viewers, ...beside(own, other)]
}

export async function inHall<T>(door: Door, work: (hall: Hall) => Promise<T>): Promise<T> {
  const hall = new Hall(door, 2)
  try {
    return await work(hall)
  } finally {
    hall.end()
  }
}

export async function inBareHall<T>(work: (hall: Hall) => Promise<T>): Promise<T> {
  const room = await openBareRoom()
  try {
    return await inHall(room.door('tell'), work)
  } finally {
    await room.close()
  }
}

async function manyRooms(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  const plan = { counts: quick ? [20] : roomCounts, seconds: quick ? 1 : 10 }
  const own = await mostRooms(plan, async (count) => ({
    doors: await site.openAuctions(count),
    tickets(rooms) {
      const first = ticketsEach(site, rooms)
      // Of the next person: whoever leads may not bid.
      const second = ticketsEach(site, rooms + 1).slice(1)
      return first.map((ticket, place) => [ticket, second[place] ?? ''])
    },
  }))
  const bareRoom = await openBareRoom()
  try {
    return beside(own, await mostRooms(plan, async (count) => ({ doors: bareRoom.rooms(count), tickets: () => [] })))
  } finally {
    await bareRoom.close()
  }
}

interface Rooms {
  doors: Door[]
  /** Of the bidders of some of them. They do not last, so they are asked for as rooms are opened. */
  tickets(rooms: number): string[][]
}

/** How many rooms at once went well, and p50 and p99 in the fewest. */
async function mostRooms(
  { counts, seconds }: { counts: readonly number[]; seconds: number },
  open: (count: number) => Promise<Rooms>,
): Promise<number[]> {
  let most = 0
  let few: number[] | null = null
  for (const count of counts.filter((many) => many * 5 <= socketsMost())) {
    const [p50 = 0, p99 = 0] = await bidInAll(await open(count), seconds)
    few ??= [p50, p99]
    if (p99 >= manyFastEnoughMs) break
    most = count
  }
  return [most, ...(few ?? [])]
}

/** p50 and p99 from bid to viewer. */
async function bidInAll({ doors, tickets }: Rooms, seconds: number): Promise<number[]> {
  const rooms = new ManyRooms()
  try {
    for (let at = 0; at < doors.length; at += openedAtOnce) {
      const some = doors.slice(at, at + openedAtOnce)
      const theirs = tickets(some.length)
      await rooms.open(some.map((door, place) => ({ door, tickets: theirs[place] ?? [] })))
    }
    const { seen } = await rooms.run(seconds)
    return [seen.p50, seen.p99]
  } finally {
    rooms.end()
  }
}

/** A ticket for each of so many rooms, spread over all bidders. */
function ticketsEach(site: BenchSite, rooms: number): string[] {
  const tickets: string[] = []
  while (tickets.length < rooms) tickets.push(...site.tickets(bidderCount))
  return tickets.slice(0, rooms)
}
