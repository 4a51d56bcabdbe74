import type { PlaceBid } from '../../../../worker/contract/auctions.ts'
import type { Receipt } from '../../../../worker/contract/ledger.ts'

/** What a browser keeps of one's own bids. All of it works without storage, too, only shorter. */
const mostReceipts = 200

/** A bid whose answer is not known is asked about again after a reload; an old one might no longer be wanted. */
const pendingMs = 120_000

export interface Pending {
  key: string
  /** Whose it is: their handle. */
  by: string | null
  bid: PlaceBid
  sentAt: number
}

export function keepReceipt(receipt: Receipt): void {
  const before = receiptsOf(receipt.auction).filter(({ bid }) => bid !== receipt.bid)
  write(localStore(), `receipts.${receipt.auction}`, [...before, receipt].slice(-mostReceipts))
}

export function receiptsOf(auction: string): Receipt[] {
  const kept = read(localStore(), `receipts.${auction}`)
  return Array.isArray(kept) ? (kept as Receipt[]) : []
}

export function keepPending(auction: string, pending: Pending): void {
  write(sessionStore(), `pending.${auction}`, pending)
}

/** Only the one of this key: meanwhile another bid may be kept. */
export function forgetPending(auction: string, key: string): void {
  if (readPending(auction)?.key === key) write(sessionStore(), `pending.${auction}`, null)
}

/** What somebody else has left here is not this reader's to send, and goes. */
export function pendingOf(auction: string, reader: string): Pending | null {
  const pending = readPending(auction)
  if (pending && pending.by !== reader) forgetPending(auction, pending.key)
  return pending?.by === reader && Date.now() - pending.sentAt < pendingMs ? pending : null
}

function readPending(auction: string): Pending | null {
  return read(sessionStore(), `pending.${auction}`) as Pending | null
}

/** Whether this device has shown that a bid binds. */
export function hasReadBinding(): boolean {
  return read(localStore(), 'bids-bind') === true
}

export function keepBindingRead(): void {
  write(localStore(), 'bids-bind', true)
}

export interface Signals {
  keys: boolean
  sound: boolean
  vibrate: boolean
}

/** Shortcuts are on until switched off; sound and vibration off until chosen. */
export function signalsKept(): Signals {
  return { keys: true, sound: false, vibrate: false, ...(read(localStore(), 'signals') as Partial<Signals> | null) }
}

export function keepSignals(signals: Signals): void {
  write(localStore(), 'signals', signals)
}

function read(store: Storage | null, name: string): unknown {
  try {
    return JSON.parse(store?.getItem(name) ?? 'null')
  } catch {
    return null
  }
}

function write(store: Storage | null, name: string, value: unknown): void {
  try {
    if (value === null) store?.removeItem(name)
    else store?.setItem(name, JSON.stringify(value))
  } catch {
    // Full or shut storage: what would have been kept is lost with the page, nothing else.
  }
}

/** Merely naming a shut store throws. */
function localStore(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

function sessionStore(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
