import { beside, type Bench, type Measured } from './bench.ts'
import { Houses } from './house.ts'
import { openBareRoom, type BareRoom } from './room/bare.ts'
import { Crowd } from './room/crowd.ts'
import type { BidReport, Door } from './room/frames.ts'
import { watched } from './room/hall.ts'
import { amounts } from './room/ladder.ts'
import { openPlainRoom } from './room/plain.ts'
import { openSite, type BenchSite } from './room/site.ts'

export const sockets = 'real sockets from a load process of its own, on the computer that also runs the room'
export const twoProcesses =
  'bidders in a process of their own, viewers in another, on the computer that also runs the room'
export const plain = 'a Node server with ws and SQLite (wal, synchronous full), a commit for each bid'

export const roomBenches: Bench[] = [
  {
    name: 'room-bids',
    method: `100 signed-in bidders, 800 bids on the way at any time, each at the next amount of the ladder, ten fresh auctions a round; ${sockets}. Baseline: ${plain}`,
    figures: [
      { name: 'durable bids in one room', unit: 'bids/s', aim: { atLeast: 15_000 } },
      { name: 'ack p50', unit: 'ms', aim: { atMost: 10 } },
      { name: 'ack p99', unit: 'ms' },
    ],
    open: (effort) => roomSites.with(100, effort, (site, { quick }) => pipelined(site, quick ? little : much)),
  },
  {
    name: 'room-one-bid',
    method: `one bidder, one bid at a time, 10 a second, nobody else there; ${sockets}. Baseline: ${plain}`,
    figures: [
      { name: 'ack of a single bid in a quiet room, p50', unit: 'ms' },
      { name: 'ack of a single bid in a quiet room, p99', unit: 'ms', aim: { atMost: 5 } },
    ],
    open: (effort) =>
      roomSites.with(1, effort, (site, { quick }) =>
        besidePlain(
          () => site.openAuction().then((door) => alone(door, site.tickets(1), quick ? 20 : 300)),
          (door) => alone(door, [null], quick ? 20 : 300),
          ({ ack }) => [ack.p50, ack.p99],
        ),
      ),
  },
  {
    name: 'room-bare',
    method: `the most that any room could do in workerd here: an object that judges nothing and answers each frame, in the same pipeline as room-bids; then with a row on disk before each answer; then telling 1,000 viewers of each of 20 bids on the way, by frames of 400 bytes; ${sockets}. And such an object that keeps a row and tells 1,000 viewers every 50 ms, under the load of room-1000-viewers-200`,
    figures: [
      { name: 'frames answered by a bare object', unit: 'frames/s' },
      { name: 'frames answered with a row on disk', unit: 'frames/s' },
      { name: 'frames sent to viewers', unit: 'frames/s' },
      { name: 'bid to viewer of a bare object, p50', unit: 'ms' },
      { name: 'bid to viewer of a bare object, p99', unit: 'ms' },
      { name: 'ack of a bare object with viewers, p99', unit: 'ms' },
    ],
    open: async ({ quick }) => {
      const room = await openBareRoom()
      return { measure: () => bare(room, quick), close: () => room.close() }
    },
  },
  viewersBench({ viewers: 1_000, perSecond: 50, figures: 'ack', aimMs: 15 }),
  viewersBench({ viewers: 1_000, perSecond: 200, figures: 'seen', aimMs: 80 }),
]

export const quickBidders = 100
export const roomSites = new Houses(openSite, quickBidders)

/** Auctions one after the other, and bids in each: 2,400 climb the whole ladder. */
const much = { auctions: 10, bids: 2_400 }
const little = { auctions: 1, bids: 600 }

async function pipelined(site: BenchSite, { auctions, bids }: typeof much): Promise<Measured[]> {
  const ours: BidReport[] = []
  const theirs: BidReport[] = []
  for (let round = 0; round < auctions; round += 1) {
    ours.push(await bidsOnly(await site.openAuction(), site.tickets(100), bids))
    const room = await openPlainRoom()
    theirs.push(
      await bidsOnly(
        room.door,
        Array.from({ length: 100 }, () => null),
        bids,
      ),
    )
    room.close()
  }
  const rate = (reports: BidReport[]) =>
    reports.reduce((sum, { accepted, refused }) => sum + accepted + refused, 0) /
    reports.reduce((sum, { seconds }) => sum + seconds, 0)
  const mean = (reports: BidReport[], of: (report: BidReport) => number) =>
    reports.reduce((sum, report) => sum + of(report), 0) / reports.length
  return [
    { value: rate(ours), baseline: rate(theirs) },
    { value: mean(ours, ({ ack }) => ack.p50), baseline: mean(theirs, ({ ack }) => ack.p50) },
    { value: mean(ours, ({ ack }) => ack.p99), baseline: mean(theirs, ({ ack }) => ack.p99) },
  ]
}

async function bidsOnly(door: Door, tickets: (string | null)[], bids: number): Promise<BidReport> {
  const crowd = new Crowd()
  try {
    await crowd.enter(door, tickets)
    return await crowd.bid(amounts(bids), { atOnce: 800 })
  } finally {
    crowd.end()
  }
}

async function bare(room: BareRoom, quick: boolean): Promise<Measured[]> {
  const bidders = Array.from({ length: 100 }, () => null)
  const rate = ({ accepted, seconds }: BidReport) => accepted / seconds
  const { bids } = quick ? little : much
  const answered = rate(await bidsOnly(room.door('answer'), bidders, bids))
  const written = rate(await bidsOnly(room.door('write'), bidders, bids))
  const viewers = quick ? 100 : 1_000
  const sent = (await told(room, viewers, quick ? 50 : 1_000)) * viewers
  const { seen, ack } = await watched(room.crowd(), {
    bidders: bidders.slice(0, 20),
    viewers,
    perSecond: 200,
    bids: quick ? 100 : 1_600,
    lastSeq: async (accepted) => accepted,
  })
  return [answered, written, sent, seen.p50, seen.p99, ack.p99]
}

/** Bids a second of which a bare object tells everybody. */
async function told(room: BareRoom, viewers: number, bids: number): Promise<number> {
  const crowd = new Crowd()
  try {
    await crowd.watch(room.door('tell'), viewers)
    await crowd.enter(room.door('tell'), [null])
    const { accepted, seconds } = await crowd.bid(amounts(bids), { atOnce: 20 })
    return accepted / seconds
  } finally {
    crowd.end()
  }
}

async function alone(door: Door, tickets: (string | null)[], bids: number): Promise<BidReport> {
  const crowd = new Crowd()
  try {
    await crowd.enter(door, tickets)
    return await crowd.bid(amounts(bids), { perSecond: 10 })
  } finally {
    crowd.end()
  }
}

/** The same done by the room and, right after it, by the plain server. */
async function besidePlain<T>(
  ours: () => Promise<T>,
  theirs: (door: Door) => Promise<T>,
  figures: (report: T) => number[],
): Promise<Measured[]> {
  const own = figures(await ours())
  const room = await openPlainRoom()
  try {
    const other = figures(await theirs(room.door))
    return beside(own, other)
  } finally {
    room.close()
  }
}

function viewersBench(load: { viewers: number; perSecond: number; figures: 'ack' | 'seen'; aimMs: number }): Bench {
  const { viewers, perSecond, figures, aimMs } = load
  const what = figures === 'ack' ? 'ack of a bid' : 'bid to viewer'
  const crowd = `${viewers.toLocaleString('en')} viewers, ${perSecond} bids/s`
  return {
    name: `room-${viewers}-viewers-${perSecond}`,
    method: `${crowd} for 8 s by 20 bidders; ${twoProcesses}. Every viewer must have every fact once. Baseline: ${plain}, everybody told of each bid`,
    figures: [
      { name: `${what}, ${crowd}, p50`, unit: 'ms' },
      { name: `${what}, ${crowd}, p99`, unit: 'ms', aim: { atMost: aimMs } },
      { name: `bytes a bid to one viewer, ${crowd}`, unit: 'bytes' },
      { name: `bids accepted, ${crowd}`, unit: '%' },
    ],
    open: (effort) =>
      roomSites.with(20, effort, (site, { quick }) => {
        const bids = quick ? perSecond : perSecond * 8
        const load = { viewers: quick ? viewers / 10 : viewers, perSecond, bids }
        const nobody = Array.from({ length: 20 }, () => null)
        return besidePlain(
          async () => {
            const door = await site.openAuction()
            return watched(door, { ...load, bidders: site.tickets(20), lastSeq: () => site.lastSeq(door) })
          },
          (door) => watched(door, { ...load, bidders: nobody, lastSeq: async (accepted) => accepted }),
          (report) => [report[figures].p50, report[figures].p99, report.bytesPerBid, report.accepted],
        )
      }),
  }
}
