import { describeError, log } from '../../kernel/log.ts'
import type { AuctionAudienceRpc, PushedBatch, Standing } from '../audience/commands.ts'

export interface ShardLinkDeps {
  /** A new stub: one that has failed stays broken. */
  connect(): AuctionAudienceRpc
  standing(): Standing
  about: { auction: string; shard: number }
}

/** A shard that takes longer than so many batches is told once, afterwards, how far things are. */
const pushesAtOnce = 8
const againMs = 500
/** The sweep comes back to a shard that could not be reached so often. */
const attemptsMost = 5

/** The room's line to one shard of its audience: everything in order, nothing waited for, and nothing kept that was missed. */
export class ShardLink {
  private readonly deps: ShardLinkDeps
  private shard: AuctionAudienceRpc
  private pushing = 0
  private isBehind = false
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: ShardLinkDeps) {
    this.deps = deps
    this.shard = deps.connect()
  }

  push(batch: PushedBatch): void {
    if (this.pushing >= pushesAtOnce) {
      this.isBehind = true
      return
    }
    void this.pushNow(batch)
  }

  private async pushNow(batch: PushedBatch): Promise<void> {
    this.pushing += 1
    const isTaken = await this.call('push', (shard) => shard.push(batch))
    this.pushing -= 1
    if (!isTaken) this.isBehind = true
    if (this.isBehind && this.pushing === 0) this.lookSoon()
  }

  /** Has the shard fetch what it lacks and report who is there. */
  look(): void {
    this.isBehind = false
    void this.lookNow()
  }

  private async lookNow(): Promise<void> {
    const isTaken = await this.call('look', (shard) => shard.look(this.deps.standing()))
    if (isTaken) this.failures = 0
    else this.lookSoon()
  }

  private lookSoon(): void {
    if (this.timer !== null || this.failures >= attemptsMost) return
    this.timer = setTimeout(() => {
      this.timer = null
      this.look()
    }, againMs * this.failures)
  }

  /** What may be lost: the next of its kind says the same. */
  send(what: string, work: (shard: AuctionAudienceRpc) => Promise<void>): void {
    void this.call(what, work)
  }

  /** Throws where the shard did not do it. */
  async insist(work: (shard: AuctionAudienceRpc) => Promise<void>): Promise<void> {
    try {
      await work(this.shard)
    } catch (error) {
      this.shard = this.deps.connect()
      throw error
    }
  }

  private async call(what: string, work: (shard: AuctionAudienceRpc) => Promise<void>): Promise<boolean> {
    try {
      await this.insist(work)
      return true
    } catch (error) {
      this.failures += 1
      log('warn', 'shard-silent', { ...this.deps.about, job: what, ...describeError(error) })
      return false
    }
  }

  /** For the sweep: one that could not be reached is tried again. */
  forgive(): void {
    this.failures = 0
  }

  dropTimers(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
