import type { Fact as Event } from '../../contract/events.ts'
import type { AccountId, DealId, RoomId } from '../../contract/ids.ts'
import type { EndedEntry } from '../../contract/ledger.ts'
import { fromIso } from '../../contract/time.ts'
import { openDeal, type DealOpening } from '../../deals/api.ts'
import { runBatch, type Db } from '../../kernel/db.ts'
import type { Ids } from '../../kernel/ids.ts'
import { describeError, log } from '../../kernel/log.ts'
import { createOutbox, type Background, type Delivery, type Outbox } from '../../kernel/outbox.ts'
import { noticeRow, nudgeNotices, tellInbox, type AddressedNotice } from '../../notifications/api.ts'
import type { Book } from './book.ts'
import type { Followed } from './storage.ts'

export interface FollowingDeps {
  book: Book
  ids: Ids
  env: Env
  db: Db
  ctx: Background
}

type Raised = Extract<Event, { type: 'notice-raised' }>

/** Whether something has to be done because of it: somebody told, or a deal opened. */
export function isFollowed(event: Event): boolean {
  if (event.type === 'notice-raised') return true
  return event.type === 'auction-ended' && (event.payload.entry as EndedEntry).deal !== null
}

/**
 * What follows from the ledger outside of the room, in its order and each once: the deal of a sold end, before anybody is told of it;
 * then notices, one person's to their Inbox, an audience's into D1's queue. Deal, Inbox and queue know what they have by ids that are
 * derived, so a repetition changes nothing.
 */
export function followUp(deps: FollowingDeps, read: (limit: number) => Followed[]): Outbox {
  const { book } = deps
  return createOutbox<Followed>({
    name: `following:${book.auction}`,
    batch: 500,
    read,
    deliver: (rows) => follow(deps, rows),
    confirm: (rows) => book.store.confirmFollowed(rows.at(-1)?.event.seq ?? rows[0].event.seq),
    // Nobody ever refuses one for good: whoever cannot take it now is asked again.
    setAside: () => {},
  })
}

async function follow(deps: FollowingDeps, rows: Followed[]): Promise<Delivery> {
  const { book } = deps
  const people = new Gathered(deps)
  for (const { event, place } of rows) {
    const told = event.type === 'auction-ended' ? null : addressed(deps, event as Followed['event'] & Raised)
    if (told?.to.kind === 'account') {
      people.add(told)
      continue
    }
    await people.tell()
    if (told === null) {
      await openDeal(deps.env, openingOf(book, event.payload as { entry: EndedEntry }))
      continue
    }
    // Whoever has bid must be found in D1 when it is told.
    if (told.to.kind === 'likers' || isProjected(book, place)) await queue(deps, told)
    else return { ok: false, retry: true, reason: 'D1 is behind' }
  }
  await people.tell()
  return { ok: true }
}

/**
 * Notices that follow each other and are for one person each: a call for everybody, with all of theirs in order. Being outbid is old
 * news once one was outbid again, and wrong once one leads.
 */
class Gathered {
  private readonly deps: FollowingDeps
  private waiting = new Map<AccountId, AddressedNotice[]>()

  constructor(deps: FollowingDeps) {
    this.deps = deps
  }

  add(told: AddressedNotice): void {
    const account = (told.to as Extract<AddressedNotice['to'], { kind: 'account' }>).account as AccountId
    const before = this.waiting.get(account) ?? []
    this.waiting.set(account, [...(isOutbid(told) ? before.filter((one) => !isOutbid(one)) : before), told])
  }

  async tell(): Promise<void> {
    const { waiting, deps } = this
    this.waiting = new Map()
    const { book } = deps
    const leader = book.accountOf(book.lot.leader?.number ?? null)
    await Promise.all(
      [...waiting].map(([account, told]) =>
        tellOne(deps, account, account === leader ? told.filter((one) => !isOutbid(one)) : told),
      ),
    )
  }
}

function isOutbid({ notice: { kind } }: AddressedNotice): boolean {
  return kind === 'outbid'
}

function isProjected({ store }: Book, place: number): boolean {
  return (store.get('projected') ?? 0) >= place
}

function openingOf(book: Book, { entry }: { entry: EndedEntry }): DealOpening {
  const { publication, auction } = book
  return {
    deal: entry.deal as DealId,
    room: entry.room as RoomId,
    auction,
    seller: publication.seller.account,
    buyer: book.accountOf(entry.winner) as AccountId,
    price: entry.price as NonNullable<EndedEntry['price']>,
    terms: publication.terms,
    termsHash: publication.termsHash,
    cause: entry.reason === 'bought' ? 'bought' : 'ended',
    offer: null,
    logSeq: entry.seq,
    at: entry.at,
  }
}

/** An audience that is told twice of one thing (who likes, who has bid) is told under one name. */
function addressed({ ids, book }: FollowingDeps, { payload, at }: Raised & { at: string }): AddressedNotice {
  const { kind, to, target, data, expiresAt } = payload
  return {
    to,
    notice: {
      id: ids.derive('notification', book.auction, kind, data['bidSeq'] ?? 0),
      kind,
      target,
      actor: null,
      data,
      expiresAt: expiresAt === null ? null : fromIso(expiresAt),
      at: fromIso(at),
    },
  }
}

/** By the Inbox; where that cannot take it, by the queue, so that one person's trouble holds up nobody else. */
async function tellOne(deps: FollowingDeps, account: AccountId, told: AddressedNotice[]): Promise<void> {
  if (told.length === 0) return
  try {
    await tellInbox(
      deps.env,
      account,
      told.map(({ notice }) => notice),
    )
  } catch (error) {
    log('warn', 'inbox-silent', { account, auction: deps.book.auction, ...describeError(error) })
    await queue(deps, ...told)
  }
}

async function queue({ env, db, ctx }: FollowingDeps, ...told: AddressedNotice[]): Promise<void> {
  await runBatch(
    db,
    told.map(({ to, notice }) => noticeRow(db, to, notice)),
  )
  nudgeNotices(env, ctx)
}
