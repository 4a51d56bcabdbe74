import { randomUUID } from 'node:crypto'
import type { BidPlaced } from '../../../worker/contract/auctions.ts'
import type { Receipt } from '../../../worker/contract/ledger.ts'
import { protocol, type BidAccepted, type BidRefused } from '../../../worker/contract/live.ts'
import type { Outcome } from '../../model/predicates.ts'
import { Refused, type Person, type Site } from '../../run/demo/client.ts'
import { LiveClient } from '../../support/live.ts'

/** Longer than a bid waits for its answer on a socket that nobody killed. */
const answerMs = 4_000

/** A bid as its bidder remembers it: asked under one key until it is answered. */
export interface Bid {
  kind: 'exact' | 'max'
  amount: number
  key: string
}

/** How long a bid by socket waited for its answer, and when it was asked. */
export interface Wait {
  at: number
  tookMs: number
}

/** Somebody who bids by socket while there is one and by REST when it was cut, and never gives up a question. */
export class Bidder {
  readonly person: Person
  readonly waits: Wait[] = []
  private readonly site: Site
  private readonly auction: string
  private client: LiveClient | null = null

  constructor(site: Site, auction: string, person: Person) {
    this.site = site
    this.auction = auction
    this.person = person
  }

  /** `stands` resolves when the house is there to be asked. */
  async bid(offer: Omit<Bid, 'key'>, stands: () => Promise<unknown>): Promise<{ bid: Bid; outcome: Outcome }> {
    const bid = { ...offer, key: randomUUID() }
    for (let wait = 0; ; wait = 100) {
      await pause(wait)
      await stands()
      const outcome = (await this.bySocket(bid)) ?? (await this.byRest(bid))
      if (outcome === null) continue
      const retryAfter = outcome.ok ? undefined : outcome.extra?.['retryAfterMs']
      if (outcome.ok || outcome.code !== 'too-many-requests') return { bid, outcome }
      await pause(typeof retryAfter === 'number' ? retryAfter : 1_000)
    }
  }

  /** Its answer again: the same as before, or there are two truths. */
  async askAgain(bid: Bid): Promise<Outcome | null> {
    return this.byRest(bid)
  }

  async leave(): Promise<void> {
    await this.client?.close()
    this.client = null
  }

  private async bySocket({ kind, amount, key }: Bid): Promise<Outcome | null> {
    try {
      const client = await this.connected()
      const at = performance.now()
      const answer = client.bid(amount, { key, kind, confirm: true })
      const first = await Promise.race([answer, client.until('close', () => client.ended, answerMs)])
      if ('type' in first) this.waits.push({ at, tookMs: performance.now() - at })
      return 'type' in first ? outcomeOf(first) : null
    } catch {
      this.client = null
      return null
    }
  }

  private async connected(): Promise<LiveClient> {
    if (this.client && !this.client.ended) return this.client
    const { ticket } = await this.person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
    const url = `${this.site.origin.replace('http', 'ws')}/api/auctions/${this.auction}/live`
    const client = new LiveClient(new WebSocket(url, [protocol, `ticket.${ticket}`]))
    await client.until('open', () => (client.socket.readyState === WebSocket.OPEN ? true : undefined), answerMs)
    await client.hello()
    this.client = client
    return client
  }

  private async byRest({ kind, amount, key }: Bid): Promise<Outcome | null> {
    const body = { kind, amount, confirm: true }
    try {
      const path = `/api/auctions/${this.auction}/bids`
      const value = await this.person.ask<BidPlaced>('POST', path, { body, headers: { 'idempotency-key': key } })
      return { ok: true, value: { ...value, receipt: value.receipt as Receipt } }
    } catch (error) {
      // A dead house answers nothing, or a 5xx from its ruins.
      if (!(error instanceof Refused) || error.status >= 500) return null
      return { ok: false, code: error.code, ...refusal(error.extra) }
    }
  }
}

function outcomeOf(frame: BidAccepted | BidRefused): Outcome | null {
  if (frame.type === 'bid-accepted') {
    const { type: _type, ref: _ref, ...value } = frame
    return { ok: true, value: { ...value, receipt: value.receipt as Receipt } }
  }
  return frame.code === 'internal' ? null : { ok: false, code: frame.code, ...refusal(frame) }
}

/** The same whichever way it came. */
function refusal({ receipt, minimumBid, lateByMs, retryAfterMs }: Partial<BidRefused>) {
  const extra = Object.entries({ minimumBid, lateByMs, retryAfterMs }).filter(([, value]) => value !== undefined)
  return { receipt: (receipt as Receipt | undefined) ?? null, extra: Object.fromEntries(extra) }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
