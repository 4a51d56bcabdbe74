import type { AccountId } from '../../contract/ids.ts'
import { chat } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'
import { inboxOf } from '../../notifications/api.ts'
import type { Speaker } from '../commands.ts'
import { isInside, membersIn, silenceOf } from '../rules.ts'
import type { Book } from './book.ts'

/** Who is typing: passed on at most so often, kept nowhere, and lost without harm. */
export class Typing {
  private readonly last = new Map<AccountId, Instant>()

  async pass(env: Env, book: Book, { account, handle, name, suspended }: Speaker, at: Instant): Promise<void> {
    const member = book.member(account)
    if (suspended || !isInside(book.state, member)) return
    if (silenceOf(book.state, member, at, true) !== null) return
    const last = this.last.get(account)
    if (last !== undefined && at < last + chat.typingEveryMs) return
    this.last.set(account, at)
    const { room } = book.character
    const others = membersIn(book.state).filter((other) => other.account !== account)
    await Promise.allSettled(others.map((other) => inboxOf(env, other.account).typing(room, { handle, name })))
  }
}
