import type { Instant } from '../contract/time.ts'
import type { Statement } from '../kernel/db.ts'
import type { Where } from './deciding.ts'

/**
 * Undoes what a decision did beyond the act itself. Answers the statements for the batch that overturns it; what it does outside of
 * D1 it does before, and bears doing again.
 */
export type Remedy = (where: Where, data: Record<string, string>, at: Instant) => Statement[] | Promise<Statement[]>

const remedies = new Map<string, Remedy>()

/** Tells how to undo one kind of thing. Called while the Worker is put together, so that no feature has to know another. */
export function addRemedy(kind: string, undo: Remedy): void {
  remedies.set(kind, undo)
}

export function remedyOf(kind: string): Remedy {
  const undo = remedies.get(kind)
  if (!undo) throw new Error(`there is no remedy called ${kind}`)
  return undo
}
