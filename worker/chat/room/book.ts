import { chatStream, envelope, type Fact } from '../../contract/events.ts'
import type { AccountId } from '../../contract/ids.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import type { RoomCause } from '../../contract/inbox.ts'
import type { MemberStanding, StoredMessage } from '../commands.ts'
import { folderOf, isInside, isInSpan, membersIn, type RoomState } from '../rules.ts'
import type { Character, KeptMember, Store } from './store.ts'

/** What a fact in the log says. A message is told as it is when it is told: what was deleted never comes back. */
export type RoomFact =
  | { type: 'message-posted'; seq: number }
  | { type: 'message-changed'; seq: number; at: Instant }
  | { type: 'room-added' | 'room-changed' | 'room-removed'; cause: RoomCause }
  | { type: 'read-moved'; account: AccountId; handle: string; roomSeq: number }

/** The room in memory, as a cache of its tables. Every write goes to both; one that fails halfway makes it read again. */
export class Book {
  readonly store: Store
  /** Place up to which each member has the facts, as far as this life knows. */
  readonly delivered: Map<AccountId, number>
  private known: Character
  private people: Map<AccountId, KeptMember>
  private newest: StoredMessage | null

  private constructor(store: Store, character: Character) {
    this.store = store
    this.known = character
    const { members, delivered } = store.members()
    this.people = new Map(members.map((member) => [member.account, member]))
    this.delivered = delivered
    this.newest = store.lastMessage()
  }

  /** Null for a room that was never opened. */
  static read(store: Store): Book | null {
    if (!store.isOpen()) return null
    store.migrate()
    const character = store.character()
    return character && new Book(store, character)
  }

  static begin(store: Store, character: Character): Book {
    store.migrate()
    store.putCharacter(character)
    return new Book(store, character)
  }

  get character(): Character {
    return this.known
  }

  get state(): RoomState {
    return { ...this.known, members: this.members }
  }

  get members(): KeptMember[] {
    return [...this.people.values()]
  }

  get lastSeq(): number {
    return this.newest?.seq ?? 0
  }

  /** Nothing is earlier than what was there before, whatever a clock says. */
  notBefore(at: Instant): Instant {
    return instant(Math.max(at, this.newest?.at ?? this.known.openedAt))
  }

  member(account: AccountId): KeptMember | undefined {
    return this.people.get(account)
  }

  /** All or nothing, in memory too. */
  atomically<T>(work: () => T): T {
    try {
      return this.store.atomically(work)
    } catch (error) {
      const character = this.store.character()
      if (character) this.known = character
      this.people = new Map(this.store.members().members.map((member) => [member.account, member]))
      this.newest = this.store.lastMessage()
      throw error
    }
  }

  change(changes: Partial<Character>): void {
    this.known = { ...this.known, ...changes }
    this.store.putCharacter(this.known)
  }

  putMember(member: KeptMember): void {
    if (!this.delivered.has(member.account)) this.delivered.set(member.account, member.since - 1)
    this.people.set(member.account, member)
    this.store.putMember(member)
  }

  addMessage(message: StoredMessage): void {
    this.store.putMessage(message)
    this.newest = message
  }

  changeMessage(message: StoredMessage): void {
    this.store.changeMessage(message)
    if (this.newest?.seq === message.seq) this.newest = message
  }

  /** To one member, or with null to all who are inside. */
  tell(account: AccountId | null, { type, ...value }: RoomFact): void {
    this.store.addFact(account, type, value)
  }

  /** The place that the next fact will have. */
  nextPlace(): number {
    return this.store.lastPlace() + 1
  }

  /** For the history outside. */
  record(at: Instant, fact: Fact): void {
    this.store.addEvent((seq) => envelope(chatStream(this.known.room), seq, iso(at), fact))
  }

  /** Null where the room is theirs no more. */
  standingOf(account: AccountId): MemberStanding | null {
    const { state, known } = this
    const member = this.people.get(account)
    if (!isInside(state, member)) return null
    const last = this.newest && isInSpan(member, this.newest.seq) ? this.newest : null
    const others = this.othersOf(account)
    return {
      room: known.room,
      kind: known.kind,
      folder: folderOf(state, member),
      name: known.name,
      picture: known.picture,
      others: others.slice(0, 4),
      membersCount: known.kind === 'group' ? membersIn(state).length : state.members.length,
      last,
      lastSeq: Number.isFinite(member.fromSeq) ? this.lastSeq : 0,
      readSeq: member.readSeq,
      unread: Number.isFinite(member.fromSeq)
        ? this.store.countUnread(account, Math.max(member.readSeq, member.fromSeq - 1))
        : 0,
      settings: member.settings,
      deal: known.deal,
      at: last?.at ?? known.openedAt,
    }
  }

  /** All others whom one sees in the room, longest there first. In a room of two the other is always there. */
  othersOf(account: AccountId): AccountId[] {
    const seen = this.known.kind === 'group' ? membersIn(this.state) : this.members
    return seen.map((member) => member.account).filter((other) => other !== account)
  }
}
