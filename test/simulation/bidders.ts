import { mintTicket } from '../../worker/accounts/tickets.ts'
import type { BidOutcome } from '../../worker/auctions/commands.ts'
import type { MyBids } from '../../worker/contract/auctions.ts'
import { readConfig } from '../../worker/env.ts'
import { heard } from '../model/answers.ts'
import { people } from '../model/histories.ts'
import type { Asked } from '../model/predicates.ts'
import type { Action } from '../model/reference.ts'
import type { Client } from './client.ts'
import { participant, settings } from './house/people.ts'
import type { Way } from './story.ts'
import type { World } from './world.ts'

export type Bidding = Action & { do: 'bid' | 'buy' }

/** A bid with its answer, and between which moments of true time it was on its way. */
export interface Attempt extends Asked {
  action: Bidding
  outcome: BidOutcome
  calledAt: number
  answeredAt: number
  /** It reached the room in the moment of its calling. */
  isDirect: boolean
}

/** People who ask under one key until they are answered: by socket, by REST, twice at once. */
export class Bidders {
  readonly attempts: Attempt[] = []
  /** Everything that was asked, once and in order. */
  readonly sent: Bidding[] = []
  readonly windows = new Map<string, Client>()
  /** How many wait for their answer. */
  waiting = 0
  termsHash = ''
  private readonly world: World
  private refs = 0

  constructor(world: World) {
    this.world = world
  }

  /** Asks until the answer came, twice at once at times. */
  ask(action: Bidding, way: Way, isDirect: boolean): void {
    this.sent.push(action)
    const { world } = this
    const isDoubled = world.chance(`doubles of ${action.who}`).is(world.weather.doubledRequest)
    for (let copy = 0; copy < (isDoubled ? 2 : 1); copy++)
      void this.askUntilAnswered(action, copy === 0 ? way : 'rest', isDirect)
  }

  private async askUntilAnswered(action: Bidding, way: Way, isDirect: boolean): Promise<void> {
    const { world } = this
    const { who } = action
    this.waiting += 1
    const calledAt = world.timeline.now
    for (let tries = 0; ; tries++) {
      const isFirst = tries === 0
      const outcome = await this.send(action, isFirst ? way : 'rest', isDirect && isFirst)
      if (outcome) {
        const attempt = this.note(action, outcome, { calledAt, isDirect: isDirect && isFirst && way === 'rest' })
        // Whom a limit turned away has had no answer yet: the same key asks again.
        if (outcome.ok || outcome.code !== 'too-many-requests') {
          if (outcome.ok && world.chance(`looks of ${who}`).is(0.3))
            await this.readBack(attempt, outcome.value.receipt.bid)
          break
        }
        await world.sleep(Number(outcome.extra?.['retryAfterMs']))
      }
      await world.sleep(world.chance(`pauses of ${who}`).between(0, 800))
    }
    this.waiting -= 1
  }

  private note(action: Bidding, outcome: BidOutcome, sending: Pick<Attempt, 'calledAt' | 'isDirect'>): Attempt {
    const { who, key } = action
    const kind = action.do === 'buy' ? 'buy-now' : action.kind
    const amount = action.do === 'buy' ? action.price : action.amount
    const times = { ...sending, answeredAt: this.world.timeline.now }
    const attempt: Attempt = {
      who,
      key,
      request: JSON.stringify(action),
      kind,
      amount,
      action,
      outcome,
      wasSeenAfter: null,
      ...times,
    }
    this.attempts.push(attempt)
    return attempt
  }

  private async send(action: Bidding, way: Way, isDirect: boolean): Promise<BidOutcome | null> {
    const { who, key } = action
    const termsHash = action.oldTerms ? 'older' : this.termsHash
    if (way === 'socket' && people.find(({ name }) => name === who)?.isEligible === true) {
      const window = this.windowOf(who)
      const ref = `ref-${this.refs++}`
      const { do: _, who: __, oldTerms: ___, ...rest } = action
      const type = action.do === 'buy' ? 'buy-now' : 'place-bid'
      const frame = await Promise.race([window.ask({ type, ref, ...rest, termsHash }), this.world.sleep(3_000)])
      // A shard says so when it could not ask the room.
      const isAnswered = frame && !(frame.type === 'problem' && frame.code === 'internal')
      return isAnswered ? heard(frame) : null
    }
    const link = isDirect ? 'direct' : who
    if (action.do === 'buy')
      return this.world.call(link, (room) => room.buyNow(participant(who), key, { price: action.price, termsHash }))
    const { kind, amount, confirm } = action
    return this.world.call(link, (room) => room.placeBid(participant(who), key, { kind, amount, confirm, termsHash }))
  }

  /** The window in which somebody bids; it comes when it is first needed. */
  windowOf(who: string): Client {
    const open = this.windows.get(who)
    if (open) return open
    const window = windowOf(this.world, who, who)
    window.come()
    this.windows.set(who, window)
    return window
  }

  /** Whoever was just told of an own bid finds it. */
  private async readBack(attempt: Attempt, bid: string): Promise<void> {
    const { account } = participant(attempt.who)
    const mine = await this.world.call<MyBids>(attempt.who, (room) => room.myBids(account))
    if (mine) attempt.wasSeenAfter = mine.bids.some((one) => one.bid === bid && one.verdict === 'accepted')
  }
}

/** A window of somebody who has signed in. */
export function windowOf(world: World, name: string, who: string): Client {
  const { account, login } = participant(who)
  return world.client(name, () => mintTicket(readConfig(settings), { account, login }).ticket)
}
