import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { uniqueSymbol, validator } from 'hono-openapi'
import { z } from 'zod'
import type { IdKind } from '../contract/ids.ts'
import type { AppEnv } from './context.ts'
import { type FieldError, Problem } from './problem.ts'

type Target = 'json' | 'query' | 'param'

type Parsed<T extends Target, S extends z.ZodType> = {
  in: { [K in T]: z.input<S> }
  out: { [K in T]: z.output<S> }
}

/**
 * Parses a part of the request and documents its schema. A body that is not JSON is 400, of another type 415, with a field the
 * schema does not name 422 `unknown-field`, otherwise 422 `invalid-fields`; a query is 400 `bad-query`, a path 404.
 * Schemas of bodies are strict objects (or unions of them), so that nothing unnamed is taken.
 */
export function validate<T extends Target, S extends z.ZodType>(
  target: T,
  schema: S,
): MiddlewareHandler<AppEnv, string, Parsed<T, S>> {
  if (target === 'json' && schema instanceof z.ZodObject && !(schema.def.catchall instanceof z.ZodNever))
    throw new TypeError('the schema of a body must be a strict object')

  const parse = validator(
    target,
    schema,
    (result) => {
      if (!result.success) throw refusal(target, result.error)
    },
    asSent,
  )
  const check: MiddlewareHandler<AppEnv, string, Parsed<T, S>> = async (c, next) => {
    if (target === 'json') await requireJson(c.req.header('content-type'), () => c.req.text())
    return (parse as unknown as MiddlewareHandler)(c, next)
  }
  return Object.assign(check, { [uniqueSymbol]: parse[uniqueSymbol as keyof typeof parse] })
}

async function requireJson(contentType: string | undefined, body: () => Promise<string>): Promise<void> {
  if (contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType))
    throw new Problem('unsupported-type')
  const text = await body()
  if (text === '' || contentType === undefined) throw new Problem(text === '' ? 'malformed-body' : 'unsupported-type')
  try {
    JSON.parse(text)
  } catch {
    throw new Problem('malformed-body')
  }
}

/**
 * Turns a path away whose id we did not make, before anything is looked up. For routes where something else (a stored answer) would be
 * asked before the handler.
 */
export function genuine(kind: IdKind, param = 'id') {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.var.ids.require(kind, c.req.param(param))
    await next()
  })
}

/** The API description shows what is sent, not what transforms make of it. */
export const asSent = { options: { io: 'input' } }

/** What the standard schema interface tells of a fault; zod's own fields come along. */
interface Issue {
  path?: readonly PropertyKey[] | readonly (PropertyKey | { key: PropertyKey })[]
  message: string
  code?: string
  keys?: string[]
  input?: unknown
  origin?: string
  errors?: Issue[][]
}

/** The Problem of a body that is checked as a whole only later, like a draft at publication. Parsed with `reportInput`. */
export function invalidBody({ issues }: { issues: readonly unknown[] }): Problem {
  return refusal('json', issues)
}

function refusal(target: Target, issues: readonly unknown[]): Problem {
  if (target === 'param') return new Problem('not-found')
  const faults = flatten(issues as Issue[])
  const errors = faults.flatMap(fieldErrors)
  if (target === 'query') return new Problem('bad-query', { errors })
  return new Problem(faults.some((fault) => fault.code === 'unrecognized_keys') ? 'unknown-field' : 'invalid-fields', {
    errors,
  })
}

/** Of a union that matched nothing, the faults of the member that came closest. */
function flatten(issues: Issue[], base: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...keysOf(issue)]
    const closest = issue.errors?.toSorted((a, b) => a.length - b.length)[0]
    return closest ? flatten(closest, path) : [{ ...issue, path }]
  })
}

function keysOf(issue: Issue): PropertyKey[] {
  return (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
}

function fieldErrors(issue: Issue): FieldError[] {
  const path = keysOf(issue)
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ pointer: pointer([...path, key]), code: 'unknown' }))
  return [{ pointer: pointer(path), code: codeOf(issue) }]
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** A message in kebab case is a code that the schema chose; the rest follow from zod's kind of fault. */
function codeOf(issue: Issue): string {
  if (/^[a-z]+(-[a-z]+)*$/.test(issue.message)) return issue.message
  const isText = issue.origin === 'string'
  if (issue.code === 'too_small') return isText ? 'too-short' : issue.origin === 'array' ? 'too-few' : 'too-small'
  if (issue.code === 'too_big') return isText ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-big'
  if (issue.code === 'invalid_type') return issue.message.endsWith('received undefined') ? 'required' : 'wrong-type'
  if (issue.code === 'invalid_value')
    return 'input' in issue && issue.input === undefined ? 'required' : 'not-an-option'
  return 'invalid'
}
