import type { ChatMessage, RoomSettings } from '../../contract/auctions.ts'
import type { AccountId } from '../../contract/ids.ts'
import { iso, type Instant } from '../../contract/time.ts'
import type { Participant } from '../../accounts/api.ts'
import type { Ids } from '../../kernel/ids.ts'
import { digestOf } from '../../kernel/signatures.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { BanTarget } from '../commands.ts'
import { refusalToWrite, type ChatSettings } from '../rules/chat.ts'
import type { Book } from './book.ts'
import type { MessageRow } from './chat-table.ts'
import { messageView, roomState } from './views.ts'

export interface ChatDesk {
  book: Book
  ids: Ids
  at: Instant
}

const done = { ok: true, value: null } as const

/** What staff does to the words of others needs a reason. */
const reasonNeeded: Outcome<null> = {
  ok: false,
  code: 'invalid-fields',
  extra: { errors: [{ pointer: '/reason', code: 'required' }] },
}

function isSeller(book: Book, who: Participant): boolean {
  return who.account === book.publication.seller.account
}

function isStaff(who: Participant): boolean {
  return who.role !== 'member'
}

/** Writes a message once per key; belongs into `book.atomically`, like all that changes something here. */
export function postMessage(desk: ChatDesk, who: Participant, key: string, text: string): Outcome<ChatMessage> {
  const { book, at } = desk
  const digest = digestOf(JSON.stringify(['send-message', text]))
  const before = book.store.answer(who.account, key)
  if (before)
    return before.asked === digest ? (before.value as Outcome<ChatMessage>) : { ok: false, code: 'key-reused' }
  if (who.suspended) return { ok: false, code: 'account-suspended' }
  const refusal = refusalToWrite(
    book.chat,
    book.lot.endedAt,
    {
      isHost: isSeller(book, who) || isStaff(who),
      isTrader: who.trader,
      isFollowing: who.following,
      isBanned: who.blocked || book.store.chat.isBanned('chat', who.account),
      lastAt: book.store.chat.lastMessageAt(who.account),
    },
    at,
  )
  if (refusal)
    return refusal.code === 'too-many-requests'
      ? { ok: false, code: refusal.code, extra: { retryAfterMs: refusal.retryAfterMs } }
      : { ok: false, code: refusal.code }

  const outcome: Outcome<ChatMessage> = { ok: true, value: add(desk, who, text) }
  book.store.addAnswer(who.account, key, digest, outcome)
  return outcome
}

function add({ book, ids, at }: ChatDesk, who: Participant, text: string): ChatMessage {
  const row: Omit<MessageRow, 'place' | 'factSeq'> = {
    id: ids.mint('message'),
    account: who.account,
    handle: who.handle,
    name: who.name,
    badges: badgesOf(book, who),
    text,
    removedBy: null,
    at,
  }
  const message = messageView({ ...row, factSeq: 0 })
  const factSeq = book.say({ type: 'message-posted', message })
  book.store.chat.addMessage({ ...row, factSeq })
  const payload = { auction: book.auction, message: row.id, author: who.account, text }
  book.send(at, { type: 'message-posted', payload })
  return message
}

/** Who leads is a secret of the mask, unless they chose to show their name here. */
function badgesOf(book: Book, who: Participant): MessageRow['badges'] {
  const bidder = book.bidderOf(who.account)
  const leads = bidder !== null && bidder.shown && book.lot.leader?.number === bidder.number
  return [
    ...(isSeller(book, who) ? (['seller'] as const) : []),
    ...(isStaff(who) ? (['moderator'] as const) : []),
    ...(leads ? (['leader'] as const) : []),
  ]
}

/**
 * By its author, the seller or a moderator; by the last only where the reason `isAudited` already. The trace that stays says who; its
 * text is gone from everything we keep.
 */
export function removeMessage(
  { book, at }: ChatDesk,
  who: Participant,
  { id, isAudited }: { id: string; isAudited: boolean },
): Outcome<null> {
  const row = book.store.chat.message(id)
  if (!row) return { ok: false, code: 'not-found' }
  const by = removerOf(book, who, row)
  if (!by) return { ok: false, code: 'forbidden' }
  if (row.removedBy) return done
  if (by === 'moderator' && !isAudited) return reasonNeeded
  book.store.chat.removeMessage(id, by)
  const message = messageView({ ...row, text: null, removedBy: by })
  book.store.replaceFact({ type: 'message-posted', seq: row.factSeq, message })
  const unsent = book.unsent.findIndex(({ seq }) => seq === row.factSeq)
  if (unsent !== -1) book.unsent[unsent] = { type: 'message-posted', seq: row.factSeq, message }
  book.say({ type: 'message-removed', message: id, by })
  const payload = { auction: book.auction, message: id, by, remover: who.account }
  book.send(at, { type: 'message-removed', payload })
  return done
}

function removerOf(book: Book, who: Participant, row: MessageRow): 'author' | 'seller' | 'moderator' | null {
  if (who.account === row.account) return 'author'
  if (isSeller(book, who)) return 'seller'
  return isStaff(who) ? 'moderator' : null
}

export function changeSettings(
  { book, at }: ChatDesk,
  who: Participant,
  { slowModeSeconds, chatPaused, chatFrom }: RoomSettings,
): Outcome<ChatSettings> {
  if (!isSeller(book, who)) return { ok: false, code: 'forbidden' }
  const before = book.chat
  const after = {
    slowModeSeconds: slowModeSeconds ?? before.slowModeSeconds,
    chatPaused: chatPaused ?? before.chatPaused,
    chatFrom: chatFrom ?? before.chatFrom,
  }
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    book.setChat(after)
    book.say({ type: 'room-changed', ...roomState(book, at) })
  }
  return { ok: true, value: after }
}

export type BanView = { who: string; scope: 'chat' | 'bids'; reason: string; at: ReturnType<typeof iso> }

export function listBans({ book }: Pick<ChatDesk, 'book'>, who: Participant): Outcome<BanView[]> {
  if (!isSeller(book, who)) return { ok: false, code: 'forbidden' }
  const bans = book.store.chat.bans().map(({ who, scope, reason, at }) => ({ who, scope, reason, at: iso(at) }))
  return { ok: true, value: bans }
}

/** Shuts somebody out. Standing bids stay. */
export function ban({ book, at }: ChatDesk, who: Participant, target: BanTarget, reason: string): Outcome<null> {
  const found = findTarget(book, who, target)
  if (!found.ok) return found
  const { account, label } = found.value
  if (account === who.account) return { ok: false, code: 'conflict' }
  book.store.chat.putBan({ scope: target.scope, account, who: label, reason, at })
  sendBan(book, at, { account, scope: target.scope, reason, lifted: false })
  return done
}

export function unban({ book, at }: ChatDesk, who: Participant, target: BanTarget): Outcome<null> {
  const found = findTarget(book, who, target)
  if (!found.ok) return found
  const { account } = found.value
  if (!book.store.chat.isBanned(target.scope, account)) return done
  book.store.chat.removeBan(target.scope, account)
  sendBan(book, at, { account, scope: target.scope, reason: '', lifted: true })
  return done
}

interface Ban {
  account: AccountId
  scope: 'chat' | 'bids'
  reason: string
  lifted: boolean
}

function sendBan(book: Book, at: Instant, payload: Ban): void {
  book.send(at, { type: 'bidder-banned', payload: { auction: book.auction, ...payload } })
}

function findTarget(book: Book, who: Participant, target: BanTarget): Outcome<{ account: AccountId; label: string }> {
  if (!isSeller(book, who)) return { ok: false, code: 'forbidden' }
  if (target.scope === 'chat') return { ok: true, value: { account: target.account, label: target.handle } }
  const account = book.accountOf(target.number)
  return account ? { ok: true, value: { account, label: String(target.number) } } : { ok: false, code: 'not-found' }
}
