import { auctionStream, envelope, type Fact as Event } from '../../contract/events.ts'
import type { AccountId } from '../../contract/ids.ts'
import { noHash, type Hash } from '../../contract/ledger.ts'
import type { Fact, LedgerFact, MessagePosted, MessageRemoved, Outbid, RoomChanged } from '../../contract/live.ts'
import { raised } from '../../contract/money.ts'
import { iso, type Instant } from '../../contract/time.ts'
import { chatSettingsAtFirst, type ChatSettings } from '../rules/chat.ts'
import type { Course, Lot } from '../rules/lot.ts'
import { describedOf, eventOf, factOf, noticesOf, type ShownName } from './facts.ts'
import { isFollowed } from './following.ts'
import { chain, type Chained } from './signing.ts'
import type { BidderRow } from './bid-table.ts'
import type { Publicised, Store } from './storage.ts'

type ChatFact = Omit<MessagePosted, 'seq'> | Omit<MessageRemoved, 'seq'> | Omit<RoomChanged, 'seq'>

/** What a decision does not know itself: the bid behind it, the words behind a digest. */
export interface Behind {
  bid?: string
  text?: string | null
}

interface Memory {
  lot: Lot
  head: Hash
  chat: ChatSettings
  seq: number
  bidders: Map<AccountId, BidderRow>
  numbers: Map<number, BidderRow>
}

/**
 * The room's memory: a cache of its tables and nothing else. All writing happens inside `atomically`, which commits all or
 * nothing and reads the tables again when something went wrong half-way.
 */
export class Book {
  readonly store: Store
  readonly publication: Publicised
  /** Committed facts that the sockets have not been sent yet. */
  readonly unsent: Fact[] = []
  /** Personal frames that wait for the commit. */
  private outbids: { account: AccountId; frame: Outbid }[] = []
  private memory: Memory

  private constructor(store: Store, publication: Publicised) {
    this.store = store
    this.publication = publication
    this.memory = this.read()
    this.unsent.push(...store.facts(store.get('flushed') ?? 0, Number.MAX_SAFE_INTEGER))
  }

  /** The room as it was left, or null before publication. */
  static open(store: Store): Book | null {
    if (!store.isOpen()) return null
    store.migrate()
    const publication = store.get('publication')
    return publication ? new Book(store, publication) : null
  }

  static begin(store: Store, publication: Publicised, course: Course): Book {
    store.migrate()
    return store.atomically(() => {
      store.put('publication', publication)
      store.put('course', { lot: { ...course.lot, logSeq: 0 }, head: noHash })
      const book = new Book(store, publication)
      book.record(course)
      book.save()
      return book
    })
  }

  get auction() {
    return this.publication.auction
  }
  get lot(): Lot {
    return this.memory.lot
  }
  /** Hash of the last entry. */
  get head(): Hash {
    return this.memory.head
  }
  /** Place of the last fact. */
  get seq(): number {
    return this.memory.seq
  }
  get chat(): ChatSettings {
    return this.memory.chat
  }

  bidderOf(account: AccountId): BidderRow | null {
    return this.memory.bidders.get(account) ?? null
  }

  numbered(number: number): BidderRow | null {
    return this.memory.numbers.get(number) ?? null
  }

  accountOf(number: number | null): AccountId | null {
    return number === null ? null : (this.numbered(number)?.account ?? null)
  }

  shownName(number: number): ShownName | null {
    const bidder = this.numbered(number)
    return bidder?.shown ? { handle: bidder.handle, name: bidder.name } : null
  }

  biddersSince(logSeq: number): BidderRow[] {
    return [...this.memory.numbers.values()].filter(({ firstSeq }) => firstSeq > logSeq)
  }

  atomically<T>(work: () => T): T {
    const [unsent, outbids] = [this.unsent.length, this.outbids.length]
    try {
      return this.store.atomically(() => {
        const result = work()
        this.save()
        return result
      })
    } catch (error) {
      this.memory = this.read()
      this.unsent.length = unsent
      this.outbids.length = outbids
      throw error
    }
  }

  /** Writes a decision: chained entries, what the sockets hear, and what leaves the room, notices included. */
  record({ lot, entries }: Course, behind: Behind = {}): Chained[] {
    const before = this.memory.lot
    let leader = before.leader?.number ?? null
    const chained = entries.map((entry) => {
      const link = chain(this.auction, this.memory.head, entry)
      this.memory.head = link.hash
      this.store.addEntry(link.entry, link.hash)
      this.sayLedgerFact(link, lot, behind)
      this.send(entry.at, eventOf(this.auction, link, behind.text ?? null), entry.seq)
      if (entry.type === 'published') this.send(entry.at, describedOf(this.publication))
      const cast = {
        seller: this.publication.seller.account,
        accountOf: (number: number) => this.accountOf(number),
        leaderBefore: leader,
        endsAt: lot.endsAt,
        isFirstBid: before.bidCount === 0,
      }
      for (const notice of noticesOf(this.publication, link, cast)) this.send(entry.at, notice, entry.seq)
      if (entry.type === 'bid') {
        if (leader !== null && leader !== entry.leader) this.tellOutbid(leader, entry)
        leader = entry.leader
      }
      return link
    })
    this.memory.lot = lot
    return chained
  }

  putBidder(row: BidderRow): void {
    this.store.bids.putBidder(row)
    this.memory.bidders.set(row.account, row)
    this.memory.numbers.set(row.number, row)
  }

  setChat(chat: ChatSettings): void {
    this.store.put('chat', chat)
    this.memory.chat = chat
  }

  /** A fact that is not of the ledger. Returns its place. */
  say(fact: ChatFact): number {
    return this.add({ ...fact, seq: this.seq + 1 })
  }

  /** `place`: of the ledger entry that it follows from. */
  send(at: Instant, event: Event, place = this.lot.logSeq): void {
    const { seq: _, ...rest } = envelope(auctionStream(this.auction), 0, iso(at), event)
    this.store.addEvent(rest, isFollowed(event) ? place : 0)
  }

  /** Hands over the personal frames of what was committed. */
  takeOutbids(): { account: AccountId; frame: Outbid }[] {
    return this.outbids.splice(0)
  }

  private sayLedgerFact(link: Chained, lot: Lot, { bid = '', text = null }: Behind): void {
    const shownName = (number: number) => this.shownName(number)
    const about = { bid, text, bidCount: lot.bidCount, endsAt: lot.terms.endsAt, shownName }
    const fact: LedgerFact | null = factOf(link, this.seq + 1, about)
    if (fact) this.add(fact)
  }

  private add(fact: Fact): number {
    this.store.addFact(fact)
    this.unsent.push(fact)
    this.memory.seq = fact.seq
    return fact.seq
  }

  private tellOutbid(number: number, { seq: bidSeq, price }: { seq: number; price: Lot['price'] }): void {
    const account = this.accountOf(number)
    if (account) this.outbids.push({ account, frame: { type: 'outbid', bidSeq, price, minimumBid: raised(price) } })
  }

  private save(): void {
    this.store.put('course', { lot: this.lot, head: this.head })
    this.store.put('seq', this.seq)
  }

  private read(): Memory {
    const { store } = this
    const course = store.get('course')
    if (!course) throw new Error('a published room without a course')
    const rows = store.bids.bidders()
    return {
      ...course,
      chat: store.get('chat') ?? chatSettingsAtFirst,
      seq: store.get('seq') ?? 0,
      bidders: new Map(rows.map((row) => [row.account, row])),
      numbers: new Map(rows.map((row) => [row.number, row])),
    }
  }
}
