import { commitmentBytes, receiptBytes, type Checkpoint, type Hash } from '../../../../worker/contract/ledger.ts'
import type { Evidence, Line, OwnReceipt } from './evidence.ts'
import { hashOf } from '../../../api/hashing.ts'
import { isSignedBy } from './signatures.ts'
import type { Fault } from './report.ts'

interface Grounds {
  evidence: Evidence
  keys: Map<string, CryptoKey>
  /** Checkpoints whose signature and hash were found right. */
  proven: Checkpoint[]
}

/** Holds one's own receipts against the ledger. Faults name the place a receipt speaks of. */
export async function faultsOfReceipts(grounds: Grounds): Promise<Fault[]> {
  const faults = await Promise.all(grounds.evidence.receipts.map((own) => faultOf(own, grounds)))
  return faults.filter((fault) => fault !== null)
}

async function faultOf(own: OwnReceipt, grounds: Grounds): Promise<Fault | null> {
  const { receipt, opening } = own
  const { auction, lines } = grounds.evidence
  const place = receipt.logSeq === null ? {} : { entry: receipt.logSeq }
  const published = lines[0]?.entry
  if (receipt.auction !== auction) return { code: 'receipt-not-of-auction', ...place }
  if (published?.type === 'published' && receipt.termsHash !== published.termsHash)
    return { code: 'terms-differ', expected: published.termsHash, found: receipt.termsHash, ...place }
  if (opening && receipt.commitment !== (await hashOf(commitmentBytes(auction, opening))))
    return { code: 'opening-differs', ...place }
  if (receipt.signature !== null) {
    const key = grounds.keys.get(receipt.kid ?? '')
    if (!key) return { code: 'key-unknown', found: receipt.kid ?? '–', ...place }
    if (!(await isSignedBy(key, receipt.signature, receiptBytes(receipt)))) return { code: 'signature-wrong', ...place }
  }
  // Only an entry speaks for itself: refusals and raises are in no entry of their own.
  const isEntry = receipt.verdict === 'accepted' && receipt.logSeq !== null
  if (receipt.signature === null && !isEntry) return { code: 'receipt-not-covered', ...place }
  if (receipt.verdict === 'refused') return faultOfRefusal(own, lines)
  if (receipt.logSeq === null) return faultOfRaise(own, lines)
  return faultOfEntry(own, receipt.logSeq, grounds)
}

/** An accepted bid stands in the ledger, exactly as it was answered. */
function faultOfEntry({ receipt }: OwnReceipt, place: number, { evidence, proven }: Grounds): Fault | null {
  const line = evidence.lines[place - 1]
  const isSame =
    line?.entry.type === 'bid' &&
    receipt.code === null &&
    line.hash === receipt.hash &&
    line.entry.previous === receipt.previous &&
    line.entry.at === receipt.at &&
    line.entry.kind === receipt.kind &&
    line.entry.commitment === receipt.commitment
  if (!isSame) return { code: 'receipt-not-in-ledger', entry: place }
  const isCovered = receipt.signature !== null || proven.some(({ logSeq }) => logSeq >= place)
  return isCovered ? null : { code: 'receipt-not-covered', entry: place }
}

/** A leader's raise enters with the next entry: it may be missing only while nothing later has come. */
function faultOfRaise({ receipt }: OwnReceipt, lines: Line[]): Fault | null {
  const isIn = lines.some(({ entry }) => entry.raises.includes(receipt.commitment as Hash))
  const isStillToCome = lines.every(({ entry }) => entry.at <= receipt.at && entry.type !== 'ended')
  return isIn || isStillToCome ? null : { code: 'receipt-not-in-ledger' }
}

/** Nobody may have been told "not running" while the ledger shows that it ran. */
function faultOfRefusal({ receipt }: OwnReceipt, lines: Line[]): Fault | null {
  if (receipt.code !== 'auction-not-running') return null
  const started = lines.find(({ entry }) => entry.type === 'started')?.entry
  const over = lines.find(({ entry }) => ['ended', 'cancelled', 'voided'].includes(entry.type))?.entry
  const at = receipt.at
  const wasRunning = started && over && at >= started.at && at < over.at
  return wasRunning ? { code: 'refused-while-running', found: at } : null
}
