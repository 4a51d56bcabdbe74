import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { JSONParsed } from 'hono/utils/types'
import type { z } from 'zod'

let isStrict = false

/** From now on a view that says more than its schema is an error. The local entry and the tests ask for it. */
export function beStrict(): void {
  isStrict = true
}

/**
 * Every JSON answer leaves here. What the schema does not name is stripped, so that a row can never leak through a view; under
 * `beStrict` it throws instead.
 */
export function reply<S extends z.ZodType, Status extends ContentfulStatusCode = 200>(
  c: Context,
  schema: S,
  value: z.input<S>,
  status: Status = 200 as Status,
): Response & TypedResponse<JSONParsed<z.output<S>>, Status, 'json'> {
  const view: unknown = schema.parse(value)
  if (isStrict) {
    const surplus = unnamed(value, view)
    if (surplus !== null) throw new TypeError(`the view does not name ${surplus}`)
  }
  return c.json(view as object, status) as Response & TypedResponse<JSONParsed<z.output<S>>, Status, 'json'>
}

function unnamed(given: unknown, kept: unknown, path = ''): string | null {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return null
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!(key in kept)) return `${path}/${key}`
    const deeper = unnamed(value, (kept as Record<string, unknown>)[key], `${path}/${key}`)
    if (deeper !== null) return deeper
  }
  return null
}
