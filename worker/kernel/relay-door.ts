import type { z } from 'zod'
import type { AppContext } from './context.ts'
import { Problem } from './problem.ts'
import { isFromRelay, relaySecretOf } from './relay.ts'
import { invalidBody } from './validate.ts'

/** For routes that only our own relay may use: to everybody else there is nothing here. `body` is the whole of it as it came. */
export async function requireRelay(c: AppContext, body: Uint8Array): Promise<void> {
  const secret = relaySecretOf(c.var.config)
  const token = /^Bearer ([\w.-]+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  const { pathname, search } = new URL(c.req.url)
  const request = { method: c.req.method, path: pathname + search, body }
  if (!secret || !(await isFromRelay(secret, token, request))) throw new Problem('not-found')
}

/** What the relay's secret vouches for, read by its schema. Problems `not-found`, `malformed-body`, `invalid-fields`. */
export async function relayBody<Body>(c: AppContext, schema: z.ZodType<Body>): Promise<Body> {
  const body = new Uint8Array(await c.req.arrayBuffer())
  await requireRelay(c, body)
  const parsed = schema.safeParse(jsonOf(body), { reportInput: true })
  if (!parsed.success) throw invalidBody(parsed.error)
  return parsed.data
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw new Problem('malformed-body')
  }
}
