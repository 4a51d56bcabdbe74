import { describeRoute, resolver } from 'hono-openapi'
import type { z } from 'zod'
import { api } from '../contract/limits.ts'
import { Problem, problems, type ProblemCode } from '../contract/problem.ts'
import { asSent } from './validate.ts'

export type Caller =
  | 'anyone'
  | 'signed-in'
  | 'limited'
  | 'trader'
  | 'self'
  | 'owner'
  | 'seller'
  | 'bidder'
  | 'moderator'
  | 'admin'
  | 'cookie'

export interface Description {
  summary: string
  tag: string
  caller: Caller
  /** By status: a schema for a JSON body, null for none. */
  answers: Record<number, z.ZodType | null>
  /** Problems beyond those every route can have. */
  problems?: ProblemCode[]
  detail?: string
  /** Headers that have to come along. `idempotent` names its own. */
  needs?: ('key' | 'version')[]
}

export function keyHeader(required: boolean) {
  const { min: minLength, max: maxLength } = api.idempotencyKey
  return { in: 'header', name: 'Idempotency-Key', required, schema: { type: 'string', minLength, maxLength } } as const
}

const headers = {
  key: keyHeader(true),
  version: { in: 'header', name: 'If-Match', required: true, schema: { type: 'string' } },
} as const

/** Documents a route for the API description. Requests document themselves through `validate`. */
export function describe({ summary, tag, caller, answers, problems: codes = [], detail, needs = [] }: Description) {
  const refusals = Map.groupBy(codes, (code) => problems[code].status)
  return describeRoute({
    summary,
    tags: [tag],
    'x-caller': caller,
    ...(needs.length === 0 ? {} : { parameters: needs.map((name) => headers[name]) }),
    ...(detail === undefined ? {} : { description: detail }),
    security: caller === 'anyone' ? [{}, { access: [] }] : [caller === 'cookie' ? { refresh: [] } : { access: [] }],
    responses: Object.fromEntries([
      ...Object.entries(answers).map(([status, schema]) => [
        status,
        schema
          ? { description: summary, content: { 'application/json': { schema: resolver(schema, asSent) } } }
          : { description: summary },
      ]),
      ...[...refusals].map(([status, list]) => [
        status,
        {
          description: list.join(', '),
          content: { 'application/problem+json': { schema: resolver(Problem, asSent) } },
        },
      ]),
      [
        'default',
        { description: 'A problem', content: { 'application/problem+json': { schema: resolver(Problem, asSent) } } },
      ],
    ]),
  } as Parameters<typeof describeRoute>[0])
}
