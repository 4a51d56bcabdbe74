import { isDeepStrictEqual } from 'node:util'
import type { Recipients } from '../../worker/contract/notifications.ts'
import type { Lived } from './direction.ts'
import { participant } from './house/people.ts'

/** Somebody, or an audience, and what they are told; with the bid where there is one. */
interface Told {
  to: string
  kind: string
  bid: number
}

/** Said again from the ledger, in the plainest way: whom each entry makes to be told what. */
function expected({ run, followed }: Lived): Told[] {
  const seller = participant('hallabong').account
  const accounts = new Map(followed.numbers.map(({ number, account }) => [number, account]))
  const told: Told[] = []
  const tell = (to: string | undefined, kind: string, bid = 0) => told.push({ to: to ?? 'nobody', kind, bid })
  let leader: number | null = null
  for (const { entry } of run.lines) {
    if (entry.type === 'started') tell('likers', 'auction-started')
    if (entry.type === 'bid') {
      if (leader === null) tell(seller, 'first-bid')
      else if (leader !== entry.leader) tell(accounts.get(leader), 'outbid', entry.seq)
      leader = entry.leader
    }
    if (entry.type === 'ended') {
      if (entry.winner !== null) tell(accounts.get(entry.winner), 'won')
      tell('bidders', 'lost')
      tell(seller, entry.winner === null ? 'unsold' : 'sold')
    }
    if (entry.type === 'cancelled' || entry.type === 'voided')
      for (const to of ['likers', 'bidders']) tell(to, 'auction-cancelled')
    if (entry.type === 'voided') tell(seller, 'auction-cancelled')
  }
  return told
}

const nameOf = (to: Recipients) => (to.kind === 'account' ? to.account : to.kind)
const nameOfTold = ({ to, kind, bid }: Told) => `${kind} ${bid} to ${to}`
const inOrder = (told: Told[]) => told.map(nameOfTold).toSorted()

/**
 * Everybody is told of everything that the ledger has for them, once, whatever failed on the way. Of being outbid again and again the
 * last time at least, unless they lead by then.
 */
export function everybodyIsTold(lived: Lived): string[] {
  const { notices, queued } = lived.followed
  const all = new Map<string, Told>()
  for (const { to, notice } of [
    ...notices.map(({ account, notice }) => ({ to: { kind: 'account', account } as const, notice })),
    ...queued,
  ]) {
    // These are the clock's, not the ledger's.
    if (notice.kind === 'auction-soon' || notice.kind === 'ending-soon') continue
    const told = { to: nameOf(to), kind: notice.kind, bid: Number(notice.data['bidSeq'] ?? 0) }
    // By Inbox and by the queue under one name is once: the Inbox has it.
    all.set(`${nameOf(to)} ${notice.id}`, told)
  }
  const due = expected(lived)
  const told = [...all.values()]
  const mayLack = due.filter(({ to, kind, bid }) => kind === 'outbid' && isOldNews(lived, { to, bid }))
  const names = new Set(inOrder(told))
  const [ours, theirs] = [
    inOrder(told),
    inOrder(due.filter((one) => !mayLack.includes(one) || names.has(nameOfTold(one)))),
  ]
  return isDeepStrictEqual(ours, theirs) ? [] : [`told were ${ours.join(', ')}, not ${theirs.join(', ')}`]
}

/** Whether who was outbid then was so again later, or led again. */
function isOldNews({ run, followed }: Lived, { to, bid }: Pick<Told, 'to' | 'bid'>): boolean {
  const number = followed.numbers.find(({ account }) => account === to)?.number
  return run.lines.some(({ entry }) => entry.type === 'bid' && entry.seq > bid && entry.leader === number)
}

/** A sold end has one deal, with what the ledger says, and nobody hears of it before it is there. */
export function dealsAreOpened({ run, followed: { deals, notices, numbers } }: Lived): string[] {
  const end = run.lines.at(-1)?.entry
  const expectedDeals =
    end?.type === 'ended' && end.deal !== null
      ? [[end.deal, numbers.find(({ number }) => number === end.winner)?.account, end.price, end.seq]]
      : []
  const opened = deals.map(({ deal, buyer, price, logSeq }) => [deal, buyer, price, logSeq])
  const early = notices.filter(({ notice, dealsBefore }) => notice.kind === 'won' && dealsBefore === 0)
  return [
    ...(isDeepStrictEqual(opened, expectedDeals) ? [] : [`deals were opened: ${JSON.stringify(opened)}`]),
    ...early.map(({ account }) => `${account} heard of a deal that was not there yet`),
  ]
}
