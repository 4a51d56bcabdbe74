import { execFile, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Spread } from '../../run/bench/room/frames.ts'
import { Durations } from '../../run/bench/room/spread.ts'
import { Memory } from '../../run/demo/memory.ts'
import { newcomer } from '../bidding.ts'
import { pause, type Wait } from '../siege/bidder.ts'
import { Chance } from '../siege/chance.ts'
import { BesiegedHouse } from '../siege/house.ts'
import { liveLot } from '../siege/lot.ts'
import type { Order, Report } from './attack.ts'

export interface HostilePlan {
  frames: number
  seed: number
  /** After each auction, with the frames so far. */
  onLot(result: HostileResult, sent: number): void
}

/** One auction that honest people bid in, alone at first and then beside the hostile. Times in milliseconds, memory in bytes. */
export interface HostileResult {
  auction: string
  accepted: number
  sent: number
  endings: Report['endings']
  /** How long the honest wait for the answer to a bid. */
  waits: { alone: Spread; beside: Spread }
  memory: { before: number; most: number }
  faults: string[]
}

const honest = 8
const hostile = 6
/** Prices climb with time, and the ladder ends: a long attack goes through many auctions. */
const framesPerLot = 50_000
/** So long the honest are alone, for comparison, after what bids run through has become fast: a cold start is nobody's attack. */
const aloneMs = 15_000
const warmMs = 5_000
const run = promisify(execFile)
const script = fileURLToPath(new URL('attack.ts', import.meta.url))

/** Lets the hostile loose on both sockets while honest people bid; every auction is judged when it is over. */
export async function harass({ frames, seed, onLot }: HostilePlan): Promise<void> {
  const house = await BesiegedHouse.open()
  try {
    const memory = Memory.of(house.path)
    const join = async (count: number, name: string) => {
      const people = []
      for (let at = 0; at < count; at += 1) people.push(await newcomer(house.site, memory, `${name}.${at}`))
      return people
    }
    const [seller] = await join(1, 'hostile.seller')
    const people = await join(honest, 'honest.bidder')
    const enemies = (await join(hostile, 'hostile.person')).map(({ member, login }) => ({ member, login }))
    for (let done = 0, lot = 1; done < frames; lot += 1) {
      const some = Math.min(framesPerLot, frames - done)
      const order = { origin: house.site.origin, key: house.key, frames: some, seed: seed + lot, people: enemies }
      let report: Report = { sent: 0, endings: {}, faults: ['there was no attack'] }
      let [warm, began] = [Infinity, Infinity]
      const watch = watchMemory(house)
      const trouble = async (auction: string) => {
        await pause(warmMs)
        warm = performance.now()
        await pause(aloneMs)
        began = performance.now()
        report = await attackWith({ ...order, auction })
      }
      const chance = new Chance(seed + lot)
      const { auction, accepted, faults, waits } = await liveLot({
        house,
        seller: seller!,
        people,
        chance,
        history: null,
        trouble,
      })
      if (report.sent === 0) throw new Error(`the attackers did nothing: ${report.faults.join(', ')}`)
      done += report.sent
      onLot(
        {
          auction,
          accepted,
          sent: report.sent,
          endings: report.endings,
          waits: {
            alone: spread(waits.filter(({ at }) => at >= warm && at < began)),
            beside: spread(waits.filter(({ at }) => at >= began)),
          },
          memory: await watch.end(),
          faults: [...faults, ...report.faults, ...house.complaints()],
        },
        done,
      )
    }
  } finally {
    await house.close()
  }
}

function attackWith(order: Order): Promise<Report> {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`the attackers ended with ${code}`)))
    child.send(order)
  })
}

function watchMemory(house: BesiegedHouse): { end(): Promise<HostileResult['memory']> } {
  // Asked for once: looking through all processes takes so long that bidders would notice.
  const pid = house.workerPid
  const seen: number[] = []
  const look = async () => seen.push(await residentBytes(pid))
  const first = look()
  const timer = setInterval(look, 1_000)
  return {
    async end() {
      clearInterval(timer)
      await first
      await look()
      return { before: seen[0] ?? Number.NaN, most: Math.max(...seen) }
    },
  }
}

async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) * 1_024
}

function spread(waits: Wait[]): Spread {
  const durations = new Durations()
  for (const { tookMs } of waits) durations.add(tookMs)
  return durations.spread()
}
