import type { Command, Decision } from '../../worker/auctions/rules.ts'
import { isWon, raised, stepAt, type Won } from '../../worker/contract/money.ts'
import { instant, type Instant } from '../../worker/contract/time.ts'
import type { Lot, NewEntry } from '../../worker/auctions/rules/lot.ts'
import { rules } from './desk.ts'
import type { Rules } from './desk.ts'

/**
 * Rules that are wrong on purpose, each in one way that a programmer could have got wrong. The product's code stays as it
 * is: a mutant wraps it and changes what goes in or what comes out.
 */
export const mutants: Record<string, Rules> = {
  'of equal maxima the later one leads': onBids((lot, command, clock) => {
    const { leader } = lot
    const isEqual = leader !== null && command.bid.amount === leader.max && command.who.number !== leader.number
    const weaker = isEqual ? { ...lot, leader: { ...leader, max: (leader.max - 100) as Won } } : lot
    return rules.decide(weaker, command, clock)
  }),

  'extensions ignore the cap': {
    ...rules,
    publish: (terms, now) => {
      const course = rules.publish(terms, now)
      return { ...course, lot: { ...course.lot, hardEndAt: instant(course.lot.hardEndAt + 86_400_000) } }
    },
  },

  'the alarm decides, not the stored end': onBids((lot, command, clock) =>
    rules.decide(lot, command, lot.state === 'running' && clock >= lot.endsAt ? instant(lot.endsAt - 1) : clock),
  ),

  'a bid in the millisecond of the end counts': onBids((lot, command, clock) =>
    rules.decide(lot, command, lot.state === 'running' && clock === lot.endsAt ? instant(clock - 1) : clock),
  ),

  'the step is that of the price before, not of the amount it is added to': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const from = lot.leader?.max
    const isOneStepUp = from !== undefined && decision.lot.price === raised(from) && command.bid.kind === 'max'
    return isOneStepUp ? repriced(decision, (from + stepAt(lot.price)) as Won) : decision
  }),

  'the reserve is ignored at the end': {
    ...rules,
    decide: (lot, command, clock) => {
      const decision = rules.decide(lot, command, clock)
      const { leader, price } = decision.lot
      if (lot.state === 'unsold' || decision.lot.state !== 'unsold' || leader === null) return decision
      return {
        ...decision,
        lot: { ...decision.lot, state: 'sold', winner: leader.number },
        entries: decision.entries.map((entry) =>
          entry.type === 'ended' ? { ...entry, result: 'sold', price, winner: leader.number } : entry,
        ),
      }
    },
  },

  'the price does not jump to the reserve': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const reserve = lot.terms.reservePrice
    const jumped = lot.reserve === 'not-met' && decision.lot.reserve === 'met' && decision.lot.price === reserve
    return jumped && command.bid.kind === 'max' && lot.leader ? repriced(decision, raised(lot.leader.max)) : decision
  }),

  'keys are forgotten': { ...rules, remembersKeys: false },

  'a maximum pays all of itself': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const { leader } = decision.lot
    return isAccepted(decision) && leader ? repriced(decision, leader.max) : decision
  }),

  'a first maximum starts at itself': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const isFirst = lot.leader === null && decision.lot.leader !== null && command.bid.kind === 'max'
    return isFirst ? repriced(decision, command.bid.amount as Won) : decision
  }),

  'a raise of the own maximum moves the end': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const { endsAt, hardEndAt, terms } = decision.lot
    const isRaise = isAccepted(decision) && lot.leader !== null && lot.leader.number === command.who.number
    const moved = Math.min(clock + terms.windowMs, hardEndAt)
    return isRaise && moved > endsAt ? { ...decision, lot: { ...decision.lot, endsAt: instant(moved) } } : decision
  }),

  'a refused bid moves the end': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    const { endsAt, hardEndAt, state, terms } = decision.lot
    const moved = Math.min(clock + terms.windowMs, hardEndAt)
    return !decision.answer.ok && state === 'running' && moved > endsAt
      ? { ...decision, lot: { ...decision.lot, endsAt: instant(moved) } }
      : decision
  }),

  'the first bid does not move the end': onBids((lot, command, clock) => {
    const decision = rules.decide(lot, command, clock)
    return lot.leader === null && isAccepted(decision) ? withoutExtension(decision, lot.endsAt) : decision
  }),

  'the leader bids against himself': onBids((lot, command, clock) => {
    const leads = lot.leader !== null && lot.leader.number === command.who.number && command.bid.kind === 'exact'
    return rules.decide(leads ? { ...lot, leader: { ...lot.leader!, number: -1 } } : lot, command, clock)
  }),

  'bids before the start count': onBids((lot, command, clock) =>
    rules.decide(lot, command, lot.state === 'scheduled' && clock < lot.terms.startsAt ? lot.terms.startsAt : clock),
  ),

  'the seller may bid': onBids((lot, command, clock) =>
    rules.decide(lot, { ...command, who: { ...command.who, isSeller: false } }, clock),
  ),

  'ten times the next bid needs no second word': onBids((lot, command, clock) =>
    rules.decide(lot, { ...command, bid: { ...command.bid, isConfirmed: true } }, clock),
  ),

  'buying at once stays open after the first bid': {
    ...rules,
    decide: (lot, command, clock) => {
      const decision = rules.decide(lot, command, clock)
      return { ...decision, lot: { ...decision.lot, buyNowPrice: lot.terms.buyNowPrice } }
    },
  },

  'an eleventh bid within ten seconds is judged': {
    ...rules,
    waitBeforeBid: (judged, at) => rules.waitBeforeBid(judged.slice(1), at),
  },

  'an odd amount is rounded down': onBids((lot, command, clock) => {
    const { amount } = command.bid
    const rounded = isWon(amount) || amount < 100 ? amount : Math.floor(amount / 100) * 100
    return rules.decide(lot, { ...command, bid: { ...command.bid, amount: rounded } }, clock)
  }),

  'a clock that was set back takes the time of arrival with it': {
    ...rules,
    decide: (lot, command, clock) => rules.decide({ ...lot, lastAt: 0 as Instant }, command, clock),
  },

  'an outage gives nothing back': {
    ...rules,
    decide: (lot, command, clock) => rules.decide(lot, command.type === 'outage' ? { type: 'look' } : command, clock),
  },
}

type Bidding = Extract<Command, { type: 'place-bid' }>

function onBids(decide: (lot: Lot, command: Bidding, clock: Instant) => Decision): Rules {
  return {
    ...rules,
    decide: (lot, command, clock) =>
      command.type === 'place-bid' ? decide(lot, command, clock) : rules.decide(lot, command, clock),
  }
}

function isAccepted({ answer, entries }: Decision): boolean {
  return answer.ok && (entries.some((entry) => entry.type === 'bid') || !('logSeq' in answer) || answer.logSeq === null)
}

function repriced(decision: Decision, price: Won): Decision {
  const reprice = (entry: NewEntry): NewEntry => {
    if (entry.type === 'bid') return { ...entry, price }
    return entry.type === 'ended' && entry.price !== null ? { ...entry, price } : entry
  }
  return { ...decision, lot: { ...decision.lot, price }, entries: decision.entries.map(reprice) }
}

function withoutExtension(decision: Decision, endsAt: Instant): Decision {
  const entries = decision.entries.filter((entry) => entry.type !== 'extended')
  if (entries.length === decision.entries.length) return decision
  return { ...decision, entries, lot: { ...decision.lot, endsAt, logSeq: decision.lot.logSeq - 1 } }
}
