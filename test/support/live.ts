import type { BidPlaced } from '../../worker/contract/auctions.ts'
import type {
  BidAccepted,
  BidRefused,
  ClientFrame,
  Fact,
  ServerFrame,
  Snapshot,
  Welcome,
} from '../../worker/contract/live.ts'
import { unpackFacts } from '../../worker/contract/wire.ts'
import { SocketClient } from './socket-client.ts'

type Asking = Extract<ClientFrame, { ref: string }>
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

export interface BidWish {
  kind?: 'exact' | 'max'
  key?: string
  showName?: boolean
  confirm?: boolean
  termsHash?: string
}

let keys = 0

function liveKey(): string {
  keys += 1
  return `live-key-of-tests-${String(keys).padStart(6, '0')}`
}

/** One socket of an auction, as a client has it: unpacks facts, bids. */
export class LiveClient extends SocketClient<ClientFrame, ServerFrame> {
  /** Every fact as it came, repetitions too. */
  readonly facts: Fact[] = []

  protected take(frame: ServerFrame): void {
    // A window that was only welcomed has nothing yet to go on from.
    if (frame.type === 'snapshot' || (frame.type === 'welcome' && frame.resumed)) this.epoch = frame.epoch
    if (frame.type === 'snapshot') this.seq = frame.seq
    if (frame.type !== 'batch') return
    this.facts.push(...unpackFacts(frame.frames))
    this.seq = Math.max(this.seq, frame.last)
    if (this.saysSeen) this.send({ type: 'seen', seq: this.seq })
  }

  /** The first fact of this type, from the beginning. */
  fact<T extends Fact['type']>(type: T, where: (fact: Extract<Fact, { type: T }>) => boolean = () => true) {
    return this.until(type, () =>
      this.facts.find(
        (fact): fact is Extract<Fact, { type: T }> => fact.type === type && where(fact as Extract<Fact, { type: T }>),
      ),
    )
  }

  /** Says hello and waits for what follows: the welcome, and the snapshot where nothing could be resumed. */
  async hello(from: { epoch?: string; seq?: number } = {}): Promise<{ welcome: Welcome; snapshot: Snapshot | null }> {
    const welcomed = this.next('welcome')
    const at = this.frames.length
    this.send({ type: 'hello', ...from })
    const welcome = await welcomed
    if (welcome.resumed) {
      // Presence comes last.
      await this.until('presence', () => this.frames.slice(at).find(({ type }) => type === 'presence'))
      return { welcome, snapshot: null }
    }
    const snapshot = await this.until('snapshot', () =>
      this.frames.slice(at).find((frame) => frame.type === 'snapshot'),
    )
    return { welcome, snapshot }
  }

  /** Sends a frame and waits for its one answer. */
  ask(frame: Without<Asking, 'ref'>): Promise<Extract<ServerFrame, { ref?: string }>> {
    return this.answerTo(frame)
  }

  async bid(amount: number, { kind = 'exact', key = liveKey(), ...rest }: BidWish = {}) {
    const answer = await this.ask({ type: 'place-bid', key, kind, amount, ...rest })
    return answer as BidAccepted | BidRefused
  }

  /** A bid that must be accepted. */
  async mustBid(amount: number, wish: BidWish = {}): Promise<BidPlaced> {
    const answer = await this.bid(amount, wish)
    if (answer.type !== 'bid-accepted') throw new Error(`refused: ${answer.code}`)
    return answer
  }

  /** A bid that must be refused. */
  async refusedBid(amount: number, wish: BidWish = {}): Promise<BidRefused> {
    const answer = await this.bid(amount, wish)
    if (answer.type !== 'bid-refused') throw new Error('accepted')
    return answer
  }
}
