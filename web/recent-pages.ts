import type { Opened } from './open-page.ts'

/**
 * Pages of this visit, so that going back shows at once what was left; and pages that a finger or the pointer is about to
 * choose. A link always gets what is new.
 */
const seen = new Map<string, Opened>()
const mostSeen = 12

const coming = new Map<string, { opened: Promise<Opened>; askedAt: number }>()
const comingMs = 10_000

/** What is already known of a page, for the way back or because it was asked for early. */
export function recall(address: string, isReturn: boolean): Opened | Promise<Opened> | undefined {
  if (isReturn) return seen.get(address)
  const early = coming.get(address)
  coming.delete(address)
  return early && performance.now() - early.askedAt < comingMs ? early.opened : undefined
}

export function remember(address: string, opened: Opened): void {
  if ('problem' in opened) return
  seen.delete(address)
  seen.set(address, opened)
  const [oldest] = seen.keys()
  if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest)
}

/** Asks for a page before it is chosen; what comes serves the next few seconds. */
export function askEarly(address: string, open: () => Promise<Opened>): void {
  const early = coming.get(address)
  if (early && performance.now() - early.askedAt < comingMs) return
  coming.set(address, { opened: open(), askedAt: performance.now() })
}

/** Whoever signs in or out sees other pages. */
export function forgetPages(): void {
  seen.clear()
  coming.clear()
}
