import { setTimeout as pause } from 'node:timers/promises'
import { bare, bidderCount, inBareHall, inHall } from './audience.ts'
import { beside, type Bench, type Effort, type Measured } from './bench.ts'
import { roomSites, sockets } from './room.ts'
import { Crowd } from './room/crowd.ts'
import type { Hall } from './room/hall.ts'
import { amounts } from './room/ladder.ts'
import { socketsMost, usedByWorkerd } from './room/process.ts'
import type { BenchSite } from './room/site.ts'

/** Rows about what one viewer costs: on the wire, and where nothing happens. */
export const viewerBenches: Bench[] = [
  {
    name: 'audience-bytes',
    method: `what comes over the wire to one of 500 viewers, heads of frames included, by bids: 200 bids/s for 8 s, all exact and then all maximum, with \`permessage-deflate\` as browsers ask for it; ${sockets}. Baseline: the same without`,
    figures: [
      { name: 'bytes a bid to one viewer, exact', unit: 'bytes', aim: { atMost: 20 } },
      { name: 'bytes a bid to one viewer, maximum', unit: 'bytes', aim: { atMost: 56 } },
      { name: 'processor of workerd, a bid to 500 viewers', unit: 'ms' },
      { name: 'memory of workerd, a viewer', unit: 'KiB' },
    ],
    times: 1,
    open: (effort) => roomSites.with(bidderCount, effort, bytes),
  },
  {
    name: 'audience-idle',
    method: `resident memory (VmRSS) of workerd with 5,000 viewers who only ping, without what it had before they came; its processor time over a minute, after it could fall asleep. Baseline: ${bare}, with as many`,
    figures: [
      { name: 'memory per idle viewer', unit: 'KiB' },
      { name: 'processor of an idle room with 5,000 viewers', unit: '% of a core', aim: { atMost: 1 } },
    ],
    times: 1,
    open: (effort) => roomSites.with(1, effort, idle),
  },
]

async function bytes(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  const of = async (deflates: boolean) => {
    const exact = await wire(site, { quick, deflates, kind: 'exact' })
    const max = await wire(site, { quick, deflates, kind: 'max' })
    // The memory of the second auction: what workerd takes to warm up is in the first.
    return [exact.bytes, max.bytes, exact.cpuMs, max.kib]
  }
  const without = await of(false)
  return beside(await of(true), without)
}

interface Wire {
  quick: boolean
  deflates: boolean
  kind: 'exact' | 'max'
}

/** What one bid costs on its way to viewers, and each viewer before. */
async function wire(site: BenchSite, { quick, deflates, kind }: Wire) {
  const viewers = quick ? 50 : 500
  const door = await site.openAuction()
  const crowd = new Crowd()
  try {
    await crowd.enter(door, site.tickets(bidderCount))
    const alone = usedByWorkerd()
    await crowd.watch({ ...door, deflates }, viewers)
    const watched = usedByWorkerd()
    const report = await crowd.bid(amounts(quick ? 50 : 1_600), { perSecond: 200 }, kind)
    const after = usedByWorkerd()
    return {
      bytes: report.bytesPerViewer / report.accepted,
      cpuMs: ((after.cpuSeconds - watched.cpuSeconds) * 1_000) / report.accepted,
      kib: (after.residentKib - alone.residentKib) / viewers,
    }
  } finally {
    crowd.end()
  }
}

async function idle(site: BenchSite, { quick }: Effort): Promise<Measured[]> {
  if (quick) await site.shrinkAudience()
  const viewers = Math.min(quick ? 200 : 5_000, socketsMost())
  const [restMs, measuredMs] = quick ? [1_000, 1_000] : [30_000, 60_000]
  const rest = async (hall: Hall) => {
    const before = usedByWorkerd()
    await hall.watch(viewers, viewers)
    await Promise.all(hall.watchers.map((crowd) => crowd.rest()))
    await pause(restMs)
    const asleep = usedByWorkerd()
    await pause(measuredMs)
    const after = usedByWorkerd()
    return [
      (asleep.residentKib - before.residentKib) / viewers,
      ((after.cpuSeconds - asleep.cpuSeconds) / (measuredMs / 1_000)) * 100,
    ]
  }
  const own = await inHall(await site.openAuction(), rest)
  return beside(own, await inBareHall(rest))
}
