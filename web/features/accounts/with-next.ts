import type { PageAt } from '../../page.ts'

/** The address with the place to come back to carried along. */
export function withNext(path: string, at: PageAt): string {
  return at.query.next ? `${path}?next=${encodeURIComponent(at.query.next)}` : path
}
