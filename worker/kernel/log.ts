import { now } from './clock.ts'

/**
 * What a log line may say. A closed list of harmless fields, so that a secret cannot slip in by accident: no bodies, no headers,
 * no addresses, no names.
 */
export interface LogFields {
  request?: string
  method?: string
  /** The pattern, never the path: paths hold handles and keys. */
  route?: string
  status?: number
  ms?: number
  code?: string
  account?: string
  login?: string
  auction?: string
  shard?: number
  media?: string
  device?: string
  stream?: string
  seq?: number
  count?: number
  attempt?: number
  job?: string
  error?: string
  stack?: string
}

type Level = 'info' | 'warn' | 'error'

/** One JSON line per event. `event` is a fixed kebab-case name. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
  // oxlint-disable-next-line no-console -- the one place where lines leave
  console[level](JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields }))
}

/** What may be said about a failure. A database error's own message lists the bound values, so only its cause speaks. */
export function describeError(thrown: unknown): Pick<LogFields, 'error' | 'stack'> {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  if ('query' in thrown) return { error: thrown.cause instanceof Error ? cut(thrown.cause.message) : 'query failed' }
  return { error: cut(`${thrown.name}: ${thrown.message}`), stack: cut(framesOf(thrown), 2000) }
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n')
}

function cut(text: string, most = 300): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
