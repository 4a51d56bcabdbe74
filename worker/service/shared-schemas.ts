import { z } from 'zod'
import * as accounts from '../contract/accounts.ts'
import * as auctions from '../contract/auctions.ts'
import * as chat from '../contract/chat.ts'
import * as deals from '../contract/deals.ts'
import * as follows from '../contract/follows.ts'
import * as ledgerViews from '../contract/ledger-views.ts'
import * as media from '../contract/media.ts'
import * as moderation from '../contract/moderation.ts'
import * as notifications from '../contract/notifications.ts'
import * as problem from '../contract/problem.ts'
import * as profiles from '../contract/profiles.ts'
import * as reviews from '../contract/reviews.ts'
import * as search from '../contract/search.ts'
import * as service from '../contract/service.ts'
import type { ApiDescription, Schema } from './docs.ts'

const contract = {
  ...accounts,
  ...auctions,
  ...chat,
  ...deals,
  ...follows,
  ...ledgerViews,
  ...media,
  ...moderation,
  ...notifications,
  ...problem,
  ...profiles,
  ...reviews,
  ...search,
  ...service,
}

/** Below this a name would be longer than what it stands for. */
const worthNaming = 80

/**
 * The same description with each schema of the contract told once, under its own name, and referred to everywhere else.
 * The generator writes every schema out wherever it is used: the one of problems two hundred times.
 */
export function shareSchemas(description: ApiDescription): ApiDescription {
  const names = namedSchemas()
  const shared = new Map<string, Schema>()

  function share(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(share)
    if (!isSchema(node)) return node
    const name = names.get(JSON.stringify(node))
    if (name === undefined) return inside(node)
    if (!shared.has(name)) {
      shared.set(name, {})
      shared.set(name, inside(node))
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  const inside = (node: Schema): Schema =>
    Object.fromEntries(Object.entries(node).map(([key, value]) => [key, share(value)]))

  const { paths, components, ...rest } = description
  const told = share(tidy(paths)) as ApiDescription['paths']
  const schemas = Object.fromEntries([...shared].toSorted(([one], [other]) => one.localeCompare(other)))
  return { ...rest, paths: told, components: { ...components, schemas: { ...components?.schemas, ...schemas } } }
}

/** By the schema as the generator writes it, tidied. */
function namedSchemas(): Map<string, string> {
  const names = new Map<string, string>()
  for (const [name, schema] of Object.entries(contract)) {
    if (!(schema instanceof z.ZodType)) continue
    // As bodies and answers are described: what is sent, not what transforms make of it (`asSent`).
    const written = JSON.stringify(tidy(z.toJSONSchema(schema as z.ZodType, { io: 'input' })))
    if (written.length >= worthNaming && !names.has(written)) names.set(written, name)
  }
  return names
}

/** Without what says nothing: the bounds of every whole number, and long patterns beside the format they spell out. */
function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy)
  if (!isSchema(node)) return node
  const isEmpty = (key: string, value: unknown) =>
    key === '$schema' ||
    (key === 'pattern' && 'format' in node) ||
    ((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (isEmpty(key, value) ? [] : [[key, tidy(value)]])),
  )
}

function isSchema(node: unknown): node is Schema {
  return typeof node === 'object' && node !== null
}
