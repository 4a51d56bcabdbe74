import type { Outcome } from '../../worker/kernel/outcome.ts'
import type { LedgerPage } from '../../worker/contract/auctions.ts'
import type { Terms } from '../../worker/contract/ledger.ts'
import type { Recipients } from '../../worker/contract/notifications.ts'
import type { Notice } from '../../worker/notifications/api.ts'
import type { Snapshot } from '../../worker/contract/live.ts'
import { joinPages, type Evidence, type OwnReceipt } from '../../web/features/auctions/verifier/evidence.ts'
import type { Projection } from '../model/predicates.ts'
import type { Attempt } from './bidders.ts'
import { rowsOf } from './house/database.ts'
import { participant, publicKeys } from './house/people.ts'
import type { World } from './world.ts'

/** Reads what a room, the lists' database and the relay have to show. */
export class Reader {
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  async snapshot(): Promise<Snapshot> {
    const state = await this.world.insist<Outcome<Snapshot>>('reader', (room) => room.state())
    if (!state.ok) throw new Error('the room is gone')
    return state.value
  }

  async ledger(): Promise<LedgerPage[]> {
    const pages: LedgerPage[] = []
    for (let from: number | null = 1; from !== null;) {
      const start: number = from
      const page: Outcome<LedgerPage> = await this.world.insist('reader', (room) => room.ledger(start, 200))
      if (!page.ok) throw new Error('no ledger')
      pages.push(page.value)
      from = page.value.next
    }
    return pages
  }

  /** What the verifier wants to see; receipts come with the secrets of their owners. */
  async evidence(pages: LedgerPage[], terms: Terms, attempts: Attempt[]): Promise<Evidence> {
    const { world } = this
    const receipts: OwnReceipt[] = []
    const seen = new Set<string>()
    for (const { who, outcome } of attempts) {
      const bid = (outcome.ok ? outcome.value.receipt : outcome.receipt)?.bid
      if (bid === undefined || seen.has(bid)) continue
      seen.add(bid)
      const { account } = participant(who)
      const own = await world.insist<Outcome<OwnReceipt>>(who, (room) => room.receipt(account, bid))
      if (own.ok) receipts.push(own.value)
    }
    return { auction: world.auction, ...joinPages(pages), keys: publicKeys, terms, receipts }
  }

  /** Whether relay and D1 know all of so many entries, and nothing else waits to leave. */
  isDelivered(entries: number): boolean {
    const told = this.world.events.filter(({ payload }) => 'entry' in (payload as object)).length
    return (
      told >= entries &&
      this.row().logSeq >= entries &&
      this.world.disk.exec('select 1 from outbox limit 1', []).length === 0
    )
  }

  /** What is queued for people, as D1 has it. */
  queued(): { to: Recipients; notice: Notice }[] {
    const rows = rowsOf<{ to: string; notice: string }>('select "to", notice from notice_queue order by place')
    return rows.map(({ to, notice }) => ({ to: JSON.parse(to) as Recipients, notice: JSON.parse(notice) as Notice }))
  }

  row(): Projection {
    const [row] = rowsOf<Projection>(
      `select log_seq as logSeq, state, price, bid_count as bidCount, leader_number as leaderNumber,
         winner_number as winnerNumber, reserve, ends_at as endsAt from auction where id = ?`,
      this.world.auction,
    )
    if (!row) throw new Error('no row')
    return { ...row }
  }
}
