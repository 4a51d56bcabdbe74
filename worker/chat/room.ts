import { DurableObject } from 'cloudflare:workers'
import type { RoomSettings } from '../contract/chat.ts'
import type { AccountId, MessageId } from '../contract/ids.ts'
import { instant, type Instant } from '../contract/time.ts'
import type { ObjectClock } from '../kernel/alarms.ts'
import { now } from '../kernel/clock.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { areApart } from './blocking.ts'
import type {
  ChatRoomRpc,
  Introduction,
  MemberStanding,
  Person,
  RoomChange,
  RoomInside,
  RoomOpening,
  Said,
  SendAnswer,
  Speaker,
  StoredMessage,
} from './commands.ts'
import { Book } from './room/book.ts'
import { moveDeal, type DealMove } from './room/deal.ts'
import { LiveRoom } from './room/live-room.ts'
import {
  accept,
  addMembers,
  changeGroup,
  changeSettings,
  closeGroup,
  decline,
  leave,
  takeOut,
} from './room/membership.ts'
import { deleteMessage, editMessage, markRead, sendMessage } from './room/messages.ts'
import { characterOf, furnish, openAgain } from './room/opening.ts'
import { history, inside, maySee, type Part } from './room/reading.ts'
import { Store } from './room/store.ts'
import { Typing } from './room/typing.ts'
import type { Desk } from './room/writing.ts'
import { isOverDeal, otherOf } from './rules.ts'

const notFound = { ok: false, code: 'not-found' } as const

/** One chat room: who is in it, what was said, who has read how far. A shell that turns calls and alarms into what `room/` does. */
export class ChatRoom extends DurableObject<Env> implements ChatRoomRpc {
  protected readonly clock: ObjectClock = {
    now: () => instant(now() + this.clockShiftMs()),
    shiftMs: () => this.clockShiftMs(),
  }
  /** Null until it is opened: asking a room that was never opened makes no tables. */
  protected room: LiveRoom | null = null
  private readonly typists = new Typing()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const book = Book.read(new Store(ctx.storage))
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

  async open(opening: RoomOpening): Promise<Outcome<{ isNew: boolean }>> {
    const { room } = this
    if (room) {
      if (opening.kind === 'direct') room.change((desk) => openAgain(desk, opening.opener.account))
      return { ok: true, value: { isNew: false } }
    }
    const book = Book.begin(new Store(this.ctx.storage), characterOf(opening, this.clock.now()))
    this.begin(book).change((desk) => furnish(desk, opening))
    return { ok: true, value: { isNew: true } }
  }

  async standing(account: AccountId): Promise<Outcome<MemberStanding>> {
    const standing = this.room?.book.standingOf(account)
    return standing ? { ok: true, value: standing } : notFound
  }

  async look(who: Speaker): Promise<Outcome<RoomInside>> {
    await this.learnBlock(who)
    return this.room ? inside(this.room.book, who, this.clock.now()) : notFound
  }

  async messages(who: Speaker, part: Part, limit: number): Promise<Outcome<{ items: StoredMessage[]; more: boolean }>> {
    return this.room ? history(this.room.book, who, part, limit) : notFound
  }

  async send(
    who: Speaker,
    key: string,
    message: MessageId,
    said: Said,
    introduction: Introduction | null,
  ): Promise<SendAnswer> {
    await this.learnBlock(who)
    if (!this.room) return notFound
    return this.room.change((desk) => sendMessage(desk, { who, key, message, said, introduction }))
  }

  async edit(who: Speaker, message: string, text: string): Promise<Outcome<StoredMessage>> {
    await this.learnBlock(who)
    return this.change((desk) => editMessage(desk, who, message, text))
  }

  async remove(who: Speaker, message: string): Promise<Outcome<null>> {
    return this.change((desk) => deleteMessage(desk, who, message))
  }

  async markRead(who: Speaker, seq: number): Promise<Outcome<null>> {
    return this.change((desk) => markRead(desk, who, seq))
  }

  async typing(who: Speaker): Promise<void> {
    await this.learnBlock(who)
    if (this.room) await this.typists.pass(this.env, this.room.book, who, this.clock.now())
  }

  async accept(who: Speaker): Promise<Outcome<null>> {
    return this.change((desk) => accept(desk, who))
  }

  async decline(who: Speaker): Promise<Outcome<null>> {
    return this.change((desk) => decline(desk, who))
  }

  async settings(who: Speaker, settings: RoomSettings): Promise<Outcome<null>> {
    return this.change((desk) => changeSettings(desk, who, settings))
  }

  async alter(who: Speaker, change: RoomChange): Promise<Outcome<null>> {
    return this.change((desk) => changeGroup(desk, who, change))
  }

  async add(who: Speaker, people: Person[], asking: AccountId[]): Promise<Outcome<null>> {
    return this.change((desk) => addMembers(desk, who, people, asking))
  }

  async take(who: Speaker, account: AccountId): Promise<Outcome<null>> {
    return this.change((desk) => takeOut(desk, who, account))
  }

  async leave(who: Speaker): Promise<Outcome<null>> {
    return this.change((desk) => leave(desk, who))
  }

  async close(who: Speaker): Promise<Outcome<null>> {
    return this.change((desk) => closeGroup(desk, who))
  }

  async maySee(account: AccountId, message: string | null): Promise<boolean> {
    return this.room ? maySee(this.room.book, account, message) : false
  }

  async setBlocked(isBlocked: boolean): Promise<void> {
    if (this.room?.book.character.kind === 'direct') this.heed(isBlocked)
  }

  /** Once its deal has ended the room asks whether the two block each other, before anybody writes or looks. */
  private async learnBlock({ account }: Speaker): Promise<void> {
    const state = this.room?.book.state
    if (!state || !isOverDeal(state) || this.clock.now() >= state.closesAt) return
    const [one, other] = [this.room?.book.member(account), otherOf(state, account)]
    if (one && other) this.heed(await areApart(this.env, account, other.account))
  }

  private heed(isBlocked: boolean): void {
    const { room } = this
    if (!room || room.book.state.isBlocked === isBlocked) return
    room.change(({ book }) => {
      book.change({ isBlocked })
      book.tell(null, { type: 'room-changed', cause: 'writing' })
    })
  }

  async dealMoved(move: DealMove): Promise<void> {
    this.room?.change((desk) => moveDeal(desk, move))
  }

  async lastWordOf(account: AccountId): Promise<Instant | null> {
    return this.room?.book.store.lastWordOf(account) ?? null
  }

  async transcript(after: number, limit: number): Promise<StoredMessage[]> {
    return this.room?.book.store.messagesAfter(after, limit) ?? []
  }

  override async alarm(): Promise<void> {
    if (!(await this.room?.ring())) return
    this.room = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  private change<T>(work: (desk: Desk) => Outcome<T>): Outcome<T> {
    return this.room ? this.room.change(work) : notFound
  }
}
