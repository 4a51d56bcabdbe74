import type { AppContext } from './context.ts'
import { Problem } from './problem.ts'

/** The `ETag` of an editable thing at this version. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** Honours `If-Match`: 412 when it names another version, 428 when it is `required` and missing. */
export function requireVersion(c: AppContext, version: number, { required = false } = {}): void {
  const asked = c.req.header('if-match')
  if (asked === undefined) {
    if (required) throw new Problem('version-needed')
    return
  }
  const tags = asked.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!tags.includes('*') && !tags.includes(etagOf(version))) throw new Problem('stale-version', { version })
}
