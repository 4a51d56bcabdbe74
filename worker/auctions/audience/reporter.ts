import type { AccountId } from '../../contract/ids.ts'
import { sockets as limits } from '../../contract/limits.ts'
import { randomToken } from '../../kernel/ids.ts'
import { describeError, log } from '../../kernel/log.ts'
import type { Seats } from '../room/seats.ts'
import type { Report } from './commands.ts'

export interface ReporterDeps {
  seats: Seats
  machineNow(): number
  /** False where the room needs a whole one. */
  send(report: Report): Promise<boolean>
  /** The room knows that nobody is here. */
  reportedEmpty(): void
  /** It did not arrive, or nobody knows whether it did. */
  failed(): void
}

/** A change of so many, or of a tenth, is told sooner: the room decides by it where the next ones go. */
const many = 50
const hurryMs = 100

/** Tells the room who is here, at most once a second, and after the first time only what changed. */
export class Reporter {
  private readonly deps: ReporterDeps
  private readonly life = randomToken()
  private readonly changed = new Set<AccountId>()
  private number = 0
  private needsWhole = true
  private isSending = false
  private isDue = false
  private reportedAt = 0
  private reportedSockets = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(deps: ReporterDeps) {
    this.deps = deps
  }

  /** Somebody came or went: a person, or null for a visitor. */
  note(account: AccountId | null): void {
    if (account !== null) this.changed.add(account)
    this.soon()
  }

  /** The last report did not arrive. */
  get isBehind(): boolean {
    return this.number > 0 && this.needsWhole
  }

  /** The room is to be told of everybody. */
  whole(): void {
    this.needsWhole = true
    this.soon()
  }

  soon(): void {
    this.isDue = true
    if (this.isSending) return
    const wait = this.reportedAt + this.everyMs() - this.deps.machineNow()
    if (wait > 0 && wait <= limits.presenceEveryMs) this.timer ??= setTimeout(() => this.report(), wait)
    else this.report()
  }

  private everyMs(): number {
    const change = Math.abs(this.deps.seats.size - this.reportedSockets)
    return change > Math.max(many, this.reportedSockets / 10) ? hurryMs : limits.presenceEveryMs
  }

  private report(): void {
    this.dropTimers()
    this.isDue = false
    this.isSending = true
    void this.send().finally(() => {
      this.isSending = false
      if (this.isDue) this.soon()
    })
  }

  private async send(): Promise<void> {
    const { seats, machineNow, send, reportedEmpty, failed } = this.deps
    this.reportedAt = machineNow()
    this.reportedSockets = seats.size
    try {
      if (!(await send(this.next()))) this.whole()
      else if (this.reportedSockets === 0 && seats.size === 0) reportedEmpty()
    } catch (error) {
      // The sweep comes back to it.
      this.needsWhole = true
      log('warn', 'report-failed', describeError(error))
      failed()
    }
  }

  private next(): Report {
    const { seats } = this.deps
    const isWhole = this.needsWhole
    const told = isWhole ? seats.people() : [...this.changed]
    this.needsWhole = false
    this.changed.clear()
    this.number += 1
    const report: Report = {
      life: this.life,
      number: this.number,
      isWhole,
      sockets: seats.size,
      visitors: seats.visitors,
      here: [],
      gone: [],
    }
    for (const account of told) {
      const here = seats.personHere(account)
      if (here) report.here.push({ account, ...here })
      else report.gone.push(account)
    }
    return report
  }

  dropTimers(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
