import type { AuctionId } from '../../contract/ids.ts'
import {
  checkpointBytes,
  entryBytes,
  receiptBytes,
  type Checkpoint,
  type Entry,
  type Hash,
  type Receipt,
  type Signature,
} from '../../contract/ledger.ts'
import { digestOf, type Signer } from '../../kernel/signatures.ts'
import type { NewEntry } from '../rules/lot.ts'

export interface Chained {
  entry: Entry
  hash: Hash
}

/** Hangs a new entry onto the chain. */
export function chain(auction: AuctionId, previous: Hash, entry: NewEntry): Chained {
  const chained = { ...entry, previous } as Entry
  return { entry: chained, hash: digestOf(entryBytes(auction, chained)) as Hash }
}

export function signCheckpoint(signer: Signer, auction: AuctionId, logSeq: number, hash: Hash): Checkpoint {
  const signature = signer.sign(checkpointBytes(auction, logSeq, hash)) as Signature
  return { logSeq, hash, kid: signer.kid, signature }
}

/** For receipts that no checkpoint covers: refusals, and raises that nobody sees. */
export function signReceipt(signer: Signer, receipt: Receipt): Receipt {
  return { ...receipt, kid: signer.kid, signature: signer.sign(receiptBytes(receipt)) as Signature }
}
