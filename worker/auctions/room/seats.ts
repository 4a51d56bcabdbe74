import type { AccountId, LoginId } from '../../contract/ids.ts'
import { closeCodes, type Fact } from '../../contract/live.ts'
import type { Participant } from '../../accounts/api.ts'
import { Listeners } from '../../kernel/listeners.ts'
import { shownOf, type Here } from './crowd.ts'
import type { Session } from './session.ts'

/** The sockets of a room, or of a shard of its audience, and whose they are: those of one person are found without looking at all. */
export abstract class Seats extends Listeners<Session, Fact> {
  private readonly byAccount = new Map<AccountId, Set<Session>>()
  private readonly byAddress = new Map<string, number>()
  private listeningVisitors = 0

  /** A person is here who was not, or the other way round, or there is another number of visitors. Null: of visitors. */
  protected abstract headsChanged(account: AccountId | null): void

  /** Visitors who have said hello. */
  get visitors(): number {
    return this.listeningVisitors
  }

  override add(session: Session): void {
    super.add(session)
    this.seat(session)
  }

  override remove(socket: WebSocket): void {
    const session = this.find(socket)
    // First: whoever is told that somebody went looks at who is left.
    if (session) this.unseat(session)
    super.remove(socket)
  }

  /** It has said hello, and has everything up to `sent`. */
  greet(session: Session, sent: number): void {
    const isNew = !session.isListening
    session.greet(sent)
    if (isNew) this.count(session, 1)
  }

  renew(session: Session, who: Participant, authUntil: number): void {
    this.unseat(session)
    session.renew(who, authUntil)
    this.seat(session)
  }

  of(account: AccountId, login: LoginId | null = null): Session[] {
    const theirs = [...(this.byAccount.get(account) ?? [])]
    return login === null ? theirs : theirs.filter(({ who }) => who?.login === login)
  }

  /** The person as they are here, named by the socket that came last; null when no socket of theirs listens. */
  personHere(account: AccountId): Here | null {
    const theirs = this.of(account).filter(({ isListening }) => isListening)
    const who = theirs.at(-1)?.who
    if (!who) return null
    return { shown: shownOf(who), opened: theirs.map(({ openedAt }) => openedAt).sort((a, b) => a - b) }
  }

  /** Closes so many of a person's sockets that listen: those that were opened first. */
  closeOldest(account: AccountId, count: number): void {
    const theirs = this.of(account).filter(({ isListening }) => isListening)
    for (const session of theirs.sort((a, b) => a.openedAt - b.openedAt).slice(0, count))
      this.close(session, closeCodes.tooManySockets, 'too many sockets')
  }

  people(): AccountId[] {
    return [...this.byAccount.keys()]
  }

  visitorsFrom(address: string): number {
    return this.byAddress.get(address) ?? 0
  }

  private seat(session: Session): void {
    const { who, from } = session
    if (who) {
      const theirs = this.byAccount.get(who.account) ?? new Set()
      this.byAccount.set(who.account, theirs.add(session))
    } else this.byAddress.set(from, this.visitorsFrom(from) + 1)
    if (session.isListening) this.count(session, 1)
  }

  private unseat(session: Session): void {
    const { who, from } = session
    if (who) {
      const theirs = this.byAccount.get(who.account)
      theirs?.delete(session)
      if (theirs?.size === 0) this.byAccount.delete(who.account)
    } else if (this.visitorsFrom(from) > 1) this.byAddress.set(from, this.visitorsFrom(from) - 1)
    else this.byAddress.delete(from)
    if (session.isListening) this.count(session, -1)
  }

  private count({ who }: Session, change: 1 | -1): void {
    if (!who) this.listeningVisitors += change
    this.headsChanged(who?.account ?? null)
  }
}
