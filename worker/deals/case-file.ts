import type { LedgerPage } from '../contract/auctions.ts'
import type { CaseFile } from '../contract/deals.ts'
import type { AccountId, AuctionId, DealId } from '../contract/ids.ts'
import { auctions } from '../contract/limits.ts'
import { iso } from '../contract/time.ts'
import { ledgerOf } from '../auctions/api.ts'
import { chatRoomOf, messageViews, type StoredMessage } from '../chat/api.ts'
import { now } from '../kernel/clock.ts'
import type { AppContext } from '../kernel/context.ts'
import { settled } from '../kernel/outcome.ts'
import { readDeal, readEntries } from './reading.ts'

const messagesPerCall = 500

/** What somebody outside needs to mediate, gathered from its owners as they have it now. */
export async function caseFileOf(c: AppContext, id: DealId, account: AccountId): Promise<CaseFile> {
  const reader = { account, isStaff: false }
  const deal = await readDeal(c, id, reader)
  const [entries, ledger, messages] = await Promise.all([
    readEntries(c, id, reader),
    wholeLedger(c, deal.auction as AuctionId),
    wholeRoom(c, deal.room),
  ])
  return { deal, entries, ledger, messages: await messageViews(c.var.db, messages), madeAt: iso(now()) }
}

async function wholeLedger(c: AppContext, auction: AuctionId): Promise<LedgerPage> {
  let whole: LedgerPage | null = null
  for (let from: number | null = 1; from !== null;) {
    const page: LedgerPage = settled(await ledgerOf(c.env, auction, from, auctions.logPage))
    whole = whole ? { ...page, entries: [...whole.entries, ...page.entries] } : page
    from = page.next
  }
  if (!whole) throw new Error('a ledger without a page')
  return whole
}

async function wholeRoom(c: AppContext, room: string): Promise<StoredMessage[]> {
  const all: StoredMessage[] = []
  for (;;) {
    const some = await chatRoomOf(c.env, c.var.ids.require('room', room)).transcript(
      all.at(-1)?.seq ?? 0,
      messagesPerCall,
    )
    all.push(...some)
    if (some.length < messagesPerCall) return all
  }
}
