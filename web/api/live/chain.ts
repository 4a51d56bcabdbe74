import type { AuctionId, DealId, RoomId } from '../../../worker/contract/ids.ts'
import { entryBytes, type Checkpoint, type Entry, type Hash } from '../../../worker/contract/ledger.ts'
import type { LedgerFact } from '../../../worker/contract/live.ts'
import { fromIso } from '../../../worker/contract/time.ts'
import { canHash, hashOf } from '../hashing.ts'

/** How far the ledger was recomputed in this browser: `proved` once a checkpoint has agreed, `broken` for good once one has not. */
export type ChainState = 'unproved' | 'proved' | 'broken'

/**
 * Recomputes the ledger's chain from the facts as they arrive and compares it with what the room says its hash is. Without
 * WebCrypto (plain http on another computer) it stays `unproved`.
 */
export function createChain(auction: AuctionId, onState: (state: ChainState) => void) {
  let place = 0
  let hash: Hash | null = null
  let isBroken = false
  /** Digests come asynchronously; one after the other keeps the order of the facts. */
  let work: Promise<void> = Promise.resolve()
  let generation = 0

  function queue(step: () => Promise<void>): void {
    const own = generation
    const before = work
    work = (async () => {
      await before
      if (own === generation && !isBroken) await step()
    })()
  }

  function judge(isRight: boolean): void {
    isBroken = !isRight
    onState(isRight ? 'proved' : 'broken')
  }

  return {
    /** A snapshot begins anew: its hash is the room's word until the facts after it have been recomputed. */
    begin(at: number, own: Hash | undefined): void {
      generation += 1
      place = at
      hash = own ?? null
    },
    take(fact: LedgerFact): void {
      queue(async () => {
        if (hash === null || !canHash()) return
        if (fact.logSeq !== place + 1) return judge(false)
        const own = await hashOf(entryBytes(auction, entryOf(fact, hash)))
        place = fact.logSeq
        hash = own
        if (fact.hash !== undefined) judge(fact.hash === own)
      })
    },
    compare(checkpoint: Checkpoint): void {
      queue(async () => {
        if (hash !== null && checkpoint.logSeq === place && canHash()) judge(checkpoint.hash === hash)
      })
    },
    /** Resolves when everything taken so far has been recomputed. */
    settled: () => work,
  }
}

/** The ledger's entry that a fact tells of. */
function entryOf(fact: LedgerFact, previous: Hash): Entry {
  const common = { seq: fact.logSeq, at: fromIso(fact.at), previous, raises: fact.raises }
  switch (fact.type) {
    case 'auction-started':
      return { ...common, type: 'started' }
    case 'bid-placed':
      return { ...fact.entry, ...common, type: 'bid' }
    case 'auction-extended': {
      const { cause, addedMs, capLeftMs } = fact
      const [endsAt, hardEndAt] = [fromIso(fact.endsAt), fromIso(fact.hardEndAt)]
      return { ...common, type: 'extended', cause, endsAt, addedMs, capLeftMs, hardEndAt }
    }
    case 'note-added':
      return { ...common, type: 'noted', digest: fact.digest }
    case 'auction-cancelled':
      return fact.result === 'void'
        ? { ...common, type: 'voided', digest: fact.digest as Hash }
        : { ...common, type: 'cancelled', digest: fact.digest }
    case 'auction-ended':
      return {
        ...common,
        type: 'ended',
        reason: fact.reason,
        result: fact.result,
        price: fact.price ?? null,
        winner: fact.winner?.number ?? null,
        deal: (fact.deal ?? null) as DealId | null,
        room: (fact.room ?? null) as RoomId | null,
      }
  }
}
