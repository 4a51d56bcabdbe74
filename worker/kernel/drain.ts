import { DurableObject } from 'cloudflare:workers'
import { workOnFacts } from './facts.ts'
import { describeError, log } from './log.ts'

/**
 * Does all that is due. Answers in how many ms to look again, or null. It may be called again while it is at work, and
 * sees to it that nothing is done twice. `isDue`: the alarm rings that was set for the end of a pause.
 */
export type Work = (isDue: boolean) => Promise<number | null>

/** Begins the work of one drain; once in each life of its object. */
export type BeginWork = (env: Env, ctx: DurableObjectState) => Work

/** `d1`: facts and letters that D1 owns. Features add drains of their own. */
const kinds = new Map<string, BeginWork>([['d1', workOnFacts]])

/** Adds a drain under a name. Called while the Worker is put together. */
export function addDrain(name: string, begin: BeginWork): void {
  kinds.set(name, begin)
}

/** After this long without an end a run is taken for dead and begun anew. */
const safetyMs = 30_000
const afterFaultMs = 10_000

/**
 * Works off what D1 holds for others, one object for each kind of work. Nudged after each write and by cron; the alarm is
 * the safety net between, and remembers pauses.
 */
export class Drain extends DurableObject<Env> {
  private work: Work | null = null
  private runs = 0

  /** Does all there is, unless a pause is on. Answers when that is done or has to wait; the alarm goes on then. */
  async nudge(name: string): Promise<void> {
    if (!this.work) this.ctx.storage.kv.put('name', name)
    await this.run(false)
  }

  override async alarm(): Promise<void> {
    await this.run(true)
  }

  private async run(isDue: boolean): Promise<void> {
    this.runs += 1
    await this.lookAgainIn(safetyMs)
    const wait = await this.workOff(isDue)
    this.runs -= 1
    // While another run is at work the safety net stays.
    if (wait !== null) await this.lookAgainIn(wait)
    else if (this.runs === 0) await this.ctx.storage.deleteAlarm()
  }

  private async workOff(isDue: boolean): Promise<number | null> {
    try {
      this.work ??= this.begin()
      return await this.work(isDue)
    } catch (error) {
      log('error', 'drain-failed', describeError(error))
      return afterFaultMs
    }
  }

  private begin(): Work {
    const name = this.ctx.storage.kv.get<string>('name') ?? ''
    const begin = kinds.get(name)
    if (!begin) throw new Error(`there is no drain called ${name}`)
    return begin(this.env, this.ctx)
  }

  /** An alarm that is sooner stays. */
  private async lookAgainIn(ms: number): Promise<void> {
    const set = await this.ctx.storage.getAlarm()
    const at = Date.now() + ms
    if (set === null || set > at) await this.ctx.storage.setAlarm(at)
  }
}
