import { DurableObject } from 'cloudflare:workers'
import type {
  AuctionView,
  BidRow,
  BuyNow,
  ChatMessage,
  LedgerPage,
  MyBids,
  PlaceBid,
  Presence,
  RoomSettings,
  RoomSettingsView,
} from '../contract/auctions.ts'
import type { AccountId, LoginId, OfferId } from '../contract/ids.ts'
import type { Hash } from '../contract/ledger.ts'
import { closeCodes, protocol, type ServerFrame, type Snapshot, type You } from '../contract/live.ts'
import { instant, iso, type Instant, type IsoTime } from '../contract/time.ts'
import type { Participant } from '../accounts/api.ts'
import { readConfig } from '../env.ts'
import type { ObjectClock } from '../kernel/alarms.ts'
import { now } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { edgeHeaders } from '../kernel/live-door.ts'
import { closeQuietly, refuseUpgrade } from '../kernel/sockets.ts'
import { digestOf } from '../kernel/signatures.ts'
import type { About, AskedFrame, AudienceRoomRpc, Heard, LaterFacts, Report } from './audience/commands.ts'
import type {
  AuctionRoomRpc,
  BanTarget,
  BidOutcome,
  BidderFacts,
  OfferGiven,
  OfferQuestion,
  OwnReceipt,
  Publication,
  Published,
  SellerRelation,
} from './commands.ts'
import { answerTo } from './room/answers.ts'
import { Book } from './room/book.ts'
import { ban, changeSettings, listBans, postMessage, removeMessage, unban, type BanView } from './room/chat.ts'
import { openSocket } from './room/doorway.ts'
import { hear } from './room/frames.ts'
import { LiveRoom } from './room/live-room.ts'
import { answerOffer, makeOffer, offerQuestion } from './room/offers.ts'
import { freeze, isSamePublication, lotTermsOf, publishedOf } from './room/publication.ts'
import type { OfferRow } from './room/offer-table.ts'
import { Store } from './room/storage.ts'
import { bidRow, ledgerPage, messageView, myBids, ownStanding, snapshotOf, youOf } from './room/views.ts'
import { publish } from './rules.ts'

const notFound = { ok: false, code: 'not-found' } as const
const done = { ok: true, value: null } as const

/** One auction: the only judge of its bids. A shell that turns calls, frames and alarms into what `room/` does. */
export class AuctionRoom extends DurableObject<Env> implements AuctionRoomRpc, AudienceRoomRpc {
  protected readonly clock: ObjectClock = {
    now: () => instant(now() + this.clockShiftMs()),
    shiftMs: () => this.clockShiftMs(),
  }
  /** Null until publication: an unpublished room has no tables, and asking it makes none. */
  protected room: LiveRoom | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    const book = Book.open(new Store(ctx.storage))
    if (book) this.begin(book).wake()
  }

  /** How far this object's clock stands from the machine's. */
  protected clockShiftMs(): number {
    return 0
  }

  private begin(book: Book): LiveRoom {
    this.room = new LiveRoom({ ctx: this.ctx, env: this.env, clock: this.clock, book })
    return this.room
  }

  async publish(publication: Publication): Promise<Outcome<Published>> {
    const before = this.room?.book
    if (before)
      return isSamePublication(before.publication, publication)
        ? { ok: true, value: publishedOf(before.publication, before.lot) }
        : { ok: false, code: 'conflict' }
    const at = this.clock.now()
    const frozen = freeze(publication, at)
    const terms = lotTermsOf(frozen, createIds(readConfig(this.env).idSecret))
    const book = Book.begin(new Store(this.ctx.storage), frozen, publish(terms, at))
    this.begin(book).wake()
    return { ok: true, value: publishedOf(frozen, book.lot) }
  }

  async placeBid(who: Participant, key: string, bid: PlaceBid): Promise<BidOutcome> {
    return this.place(who, key, { op: 'place-bid', ...bid })
  }

  async buyNow(who: Participant, key: string, purchase: BuyNow): Promise<BidOutcome> {
    return this.place(who, key, { op: 'buy-now', ...purchase })
  }

  private async place(who: Participant, key: string, offer: Parameters<LiveRoom['place']>[0]['offer']) {
    if (!this.room) return { ...notFound, receipt: null }
    return this.room.place({ who, key, offer, at: this.clock.now() })
  }

  async cancel(who: Participant, reason: string | null): Promise<Outcome<null>> {
    const { room } = this
    if (!room) return notFound
    if (!isSeller(room, who)) return { ok: false, code: 'forbidden' }
    const digest = reason === null ? null : (digestOf(reason) as Hash)
    const { answer } = room.command({ type: 'cancel', digest }, { text: reason })
    if (answer.ok) return done
    if (answer.code !== 'reason-needed') return { ok: false, code: answer.code }
    return { ok: false, code: 'invalid-fields', extra: { errors: [{ pointer: '/reason', code: 'required' }] } }
  }

  async void(reason: string): Promise<Outcome<null>> {
    if (!this.room) return notFound
    const digest = digestOf(reason) as Hash
    const { answer } = this.room.command({ type: 'void', digest }, { text: reason })
    return answer.ok ? done : { ok: false, code: 'conflict' }
  }

  async addNote(who: Participant, text: string): Promise<Outcome<{ logSeq: number; text: string; at: IsoTime }>> {
    const { room } = this
    if (!room) return notFound
    if (!isSeller(room, who)) return { ok: false, code: 'forbidden' }
    const { answer } = room.command({ type: 'add-note', digest: digestOf(text) as Hash }, { text })
    if (!answer.ok) return { ok: false, code: 'notes-closed' }
    const { logSeq, lastAt } = room.book.lot
    return { ok: true, value: { logSeq, text, at: iso(lastAt) } }
  }

  async state(): Promise<Outcome<Snapshot>> {
    const { room } = this
    if (!room) return notFound
    const at = room.look()
    return { ok: true, value: snapshotOf(room.book, room.audience.present(), at) }
  }

  async standing(account: AccountId): Promise<AuctionView['mine'] | null> {
    this.room?.look()
    return this.room ? ownStanding(this.room.book, account) : null
  }

  async eligibility(who: Participant): Promise<string[]> {
    this.room?.look()
    return this.room ? youOf(this.room.book, who).reasons : ['auction-not-running']
  }

  async bids(before: number | null, limit: number): Promise<{ items: BidRow[]; next: number | null }> {
    const { room } = this
    if (!room) return { items: [], next: null }
    room.look()
    const rows = room.book.store.bids.placed(before, limit + 1)
    const items = rows.slice(0, limit).map((bid) => bidRow(room.book, bid))
    return { items, next: rows.length > limit ? (items.at(-1)?.logSeq ?? null) : null }
  }

  async myBids(account: AccountId): Promise<MyBids> {
    this.room?.look()
    return this.room ? myBids(this.room.book, account) : { mask: null, leading: false, max: null, bids: [] }
  }

  async receipt(account: AccountId, bid: string): Promise<Outcome<OwnReceipt>> {
    const { room } = this
    room?.look()
    const found = room?.book.store.bids.find(bid)
    if (!room || found?.account !== account) return notFound
    return { ok: true, value: { receipt: found.receipt, opening: found.opening, checkpoint: room.checkpoint() } }
  }

  async ledger(from: number, limit: number): Promise<Outcome<LedgerPage>> {
    const { room } = this
    if (!room) return notFound
    room.look()
    return { ok: true, value: ledgerPage(room.book, { from, limit }, room.checkpoint()) }
  }

  async messages(before: number | null, limit: number): Promise<{ items: ChatMessage[]; next: number | null }> {
    const rows = this.room?.book.store.chat.messages(before, limit + 1) ?? []
    const page = rows.slice(0, limit)
    return { items: page.map(messageView), next: rows.length > limit ? (page.at(-1)?.place ?? null) : null }
  }

  async sendMessage(who: Participant, key: string, text: string): Promise<Outcome<ChatMessage>> {
    const { room } = this
    if (!room) return notFound
    return room.change((at) => postMessage({ book: room.book, ids: room.ids, at }, who, key, text))
  }

  async removeMessage(who: Participant, message: { id: string; isAudited: boolean }): Promise<Outcome<null>> {
    const { room } = this
    if (!room) return notFound
    return room.change((at) => removeMessage({ book: room.book, ids: room.ids, at }, who, message))
  }

  async presence(): Promise<Presence> {
    return this.room?.audience.present() ?? { count: 0, named: [] }
  }

  async changeSettings(who: Participant, settings: RoomSettings): Promise<Outcome<RoomSettingsView>> {
    const { room } = this
    if (!room) return notFound
    return room.change((at) => changeSettings({ book: room.book, ids: room.ids, at }, who, settings))
  }

  async bans(who: Participant): Promise<Outcome<BanView[]>> {
    return this.room ? listBans({ book: this.room.book }, who) : notFound
  }

  async ban(who: Participant, target: BanTarget, reason: string): Promise<Outcome<null>> {
    const { room } = this
    if (!room) return notFound
    return room.change((at) => ban({ book: room.book, ids: room.ids, at }, who, target, reason))
  }

  async unban(who: Participant, target: BanTarget): Promise<Outcome<null>> {
    const { room } = this
    if (!room) return notFound
    return room.change((at) => unban({ book: room.book, ids: room.ids, at }, who, target))
  }

  async related(account: AccountId, relation: SellerRelation): Promise<void> {
    for (const session of this.room?.audience.of(account) ?? []) session.relate(relation)
    await this.room?.shards.related(account, relation)
  }

  async offerQuestion(): Promise<Outcome<OfferQuestion>> {
    const { room } = this
    if (!room) return notFound
    room.look()
    return { ok: true, value: offerQuestion(room) }
  }

  async makeOffer(given: { facts: BidderFacts[]; failedAt: Instant | null }): Promise<Outcome<OfferGiven>> {
    const { room } = this
    if (!room) return notFound
    return asGiven(room.change((at) => makeOffer({ book: room.book, ids: room.ids, at }, given)))
  }

  async answerOffer(who: BidderFacts, id: OfferId, answer: 'accepted' | 'declined'): Promise<Outcome<OfferGiven>> {
    const { room } = this
    if (!room) return notFound
    const outcome = room.change((at) => answerOffer({ book: room.book, at }, { id, who, answer }))
    await room.tellOffers()
    return asGiven(outcome)
  }

  async closeSockets(account: AccountId, login: LoginId | null, code: number): Promise<void> {
    const { room } = this
    if (!room) return
    for (const session of room.audience.of(account, login)) room.audience.close(session, code, 'closed')
    room.attended()
    await room.shards.closeSockets(account, login, code)
  }

  // for the shards of the audience

  async attach(shard: number): Promise<About | null> {
    return this.room?.attach(shard) ?? null
  }

  async factsAfter(seq: number, limit: number): Promise<LaterFacts | null> {
    return this.room?.arrivals.factsAfter(seq, limit) ?? null
  }

  async snapshot(): Promise<{ seq: number; text: string } | null> {
    const { room } = this
    if (!room) return null
    const text = room.arrivals.snapshotText(room.look())
    return { seq: room.book.seq, text }
  }

  async you(who: Participant): Promise<You> {
    const { room } = this
    if (!room) throw new Error('an unpublished room has no audience')
    room.look()
    return youOf(room.book, who)
  }

  async answerFrom(shard: number, who: Participant | null, frame: AskedFrame): Promise<ServerFrame> {
    const { room } = this
    if (!room) throw new Error('an unpublished room has no audience')
    if (who) room.shards.meet(shard, who)
    return answerTo(room, who, frame)
  }

  async report(shard: number, report: Report): Promise<Heard | null> {
    return this.room?.heard(shard, report) ?? null
  }

  /** Upgrades only; the edge has looked at origin and path. The answer may be a shard to go to instead. */
  override async fetch(request: Request): Promise<Response> {
    const { room } = this
    if (!room) return refuseUpgrade(request, protocol, closeCodes.unknown, 'unknown auction')
    const full = request.headers.get(edgeHeaders.shard)
    const place = room.shards.place(room.audience.size, full === null ? null : Number(full))
    if (place.at === 'nowhere') return refuseUpgrade(request, protocol, closeCodes.overloaded, 'overloaded')
    if (place.at === 'room') return openSocket(room.hall, request)
    room.attended()
    return new Response(null, { status: 204, headers: { [edgeHeaders.shard]: String(place.shard) } })
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const session = this.room?.audience.find(socket)
    if (this.room && session) await hear(this.room, session, message)
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    closeQuietly(socket, code, reason)
    this.room?.audience.remove(socket)
    this.room?.attended()
  }

  override webSocketError(socket: WebSocket): void {
    this.webSocketClose(socket, 1011, '')
  }

  override async alarm(): Promise<void> {
    await this.room?.ring()
  }
}

/** What the outside needs of an offer. */
function asGiven(outcome: Outcome<OfferRow>): Outcome<OfferGiven> {
  if (!outcome.ok) return outcome
  const { id, amount, expiresAt, deal, room } = outcome.value
  return { ok: true, value: { id, amount, expiresAt, deal, room } }
}

function isSeller({ book }: LiveRoom, who: Participant): boolean {
  return who.account === book.publication.seller.account
}
