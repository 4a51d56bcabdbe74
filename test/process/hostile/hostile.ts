import { execFile, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Memory } from '../../run/demo/memory.ts'
import { newcomer } from '../bidding.ts'
import { pause, type Wait } from '../siege/bidder.ts'
import { Chance } from '../siege/chance.ts'
import { BesiegedHouse } from '../siege/house.ts'
import { liveLot } from '../siege/lot.ts'
import type { Order, Report, Said, Word } from './attack.ts'
import { processorTime, type ProcessorTime } from './stolen.ts'

export interface HostilePlan {
  frames: number
  seed: number
  /** After each auction, with the frames so far. */
  onLot(result: HostileResult, sent: number): void
}

/** Of the honest while they are alone, and while the hostile are about. */
export type Sides<T> = Record<'alone' | 'beside', T>

/** One auction that honest people bid in, alone and beside the hostile in turns. Times in milliseconds, memory in bytes. */
export interface HostileResult {
  auction: string
  accepted: number
  sent: number
  endings: Report['endings']
  /** How long the honest wait for the answers to their bids. */
  waits: Sides<number[]>
  processors: Sides<ProcessorTime>
  memory: { before: number; most: number }
  faults: string[]
}

const honest = 8
const hostile = 6
/** Prices climb with time, and the ladder ends: a long attack goes through many auctions. */
const framesPerLot = 50_000
/** What bids run through has to become fast first: a cold start is nobody's attack. */
const warmMs = 5_000
/** Both sides in turns, so that they have the same computer, which is faster in one minute than in the next. */
const besideMs = 20_000
const restMs = 12_000
/** Of each rest, until what was begun has come to its end. */
const settlingMs = 3_000
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
      const turns: Sides<Turn[]> = { alone: [], beside: [] }
      const watch = watchMemory(house)
      const trouble = async (auction: string) => {
        await pause(warmMs)
        report = await attackInTurns({ ...order, auction }, turns)
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
          waits: { alone: waitsIn(turns.alone, waits), beside: waitsIn(turns.beside, waits) },
          processors: { alone: processorTimeOf(turns.alone), beside: processorTimeOf(turns.beside) },
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

/** From and until when something was so, by this process's clock. */
interface Turn extends ProcessorTime {
  from: number
  to: number
}

/** Attacks until all is said, with rests in between, and writes down when which was. */
async function attackInTurns(order: Order, turns: Sides<Turn[]>): Promise<Report> {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const tell = (word: Order | Word) => child.connected && child.send(word)
  const ready = Promise.withResolvers<void>()
  const ended = new Promise<Report>((resolve, reject) => {
    child.on('message', (said: Said) => (said === 'ready' ? ready.resolve() : resolve(said)))
    child.once('exit', (code) => reject(new Error(`the attackers ended with ${code}`)))
  })
  const over = ended.then(() => true as const)
  const isOverAfter = (ms: number) => Promise.race([over, pause(ms).then(() => false)])
  const note = async (list: Turn[], ms: number) => {
    const [from, before] = [performance.now(), processorTime()]
    const isOver = await isOverAfter(ms)
    const { asked, stolen } = processorTime()
    list.push({ from, to: performance.now(), asked: asked - before.asked, stolen: stolen - before.stolen })
    return isOver
  }
  tell(order)
  await Promise.race([ready.promise, over])
  await note(turns.alone, restMs - settlingMs)
  tell('go on')
  while (!(await note(turns.beside, besideMs))) {
    tell('rest')
    if ((await isOverAfter(settlingMs)) || (await note(turns.alone, restMs - settlingMs))) break
    tell('go on')
  }
  return ended
}

function waitsIn(turns: readonly Turn[], waits: readonly Wait[]): number[] {
  const during = ({ at }: Wait) => turns.some(({ from, to }) => at >= from && at < to)
  return waits.filter(during).map(({ tookMs }) => tookMs)
}

function processorTimeOf(turns: readonly Turn[]): ProcessorTime {
  const sum = (of: keyof ProcessorTime) => turns.reduce((total, turn) => total + turn[of], 0)
  return { asked: sum('asked'), stolen: sum('stolen') }
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
