import type { MediaView } from '../../../worker/contract/media.ts'
import { api } from '../../../worker/contract/limits.ts'

/** A message of one's own until the server has confirmed it. */
export interface Outgoing {
  /** The same for every try: however often it is asked, the room has it once. */
  key: string
  room: string
  text: string | null
  images: MediaView[]
  /** The room's last message when it was written: its own place comes after that. */
  after: number
  /** By this device's clock: the order in which they were written. */
  writtenAt: number
  /** The code of the problem it was refused with; null while it is being sent. */
  failed: string | null
}

export type OutgoingStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The server knows a key for a day. What is older could come twice, so its author decides. */
const trustedMs = api.idempotencyKeptMs - 60 * 60_000

/** Said of a message that has waited longer than its key is good. */
export const tooOld = 'timeout'

/** Own messages kept in this browser, one entry each, so that tabs never overwrite each other's. Works without storage, too, only shorter. */
export function keptOutgoing(store: () => OutgoingStore, account: string) {
  const prefix = `outgoing.${account}.`

  function attempt<T>(run: (store: OutgoingStore) => T, otherwise: T): T {
    try {
      return run(store())
    } catch {
      return otherwise
    }
  }

  return {
    keep: (item: Outgoing) => attempt((kept) => kept.setItem(prefix + item.key, JSON.stringify(item)), undefined),
    forget: (key: string) => attempt((kept) => kept.removeItem(prefix + key), undefined),
    all(now: number): Outgoing[] {
      const names = attempt(
        (kept) => Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? ''),
        [] as string[],
      )
      return names
        .filter((name) => name.startsWith(prefix))
        .flatMap((name) => attempt((kept) => [JSON.parse(kept.getItem(name) ?? '') as Outgoing], []))
        .map((item) => (now - item.writtenAt > trustedMs ? { ...item, failed: item.failed ?? tooOld } : item))
        .sort(inOrder)
    },
  }
}

export function inOrder(one: Outgoing, other: Outgoing): number {
  return one.writtenAt - other.writtenAt || (one.key < other.key ? -1 : 1)
}
