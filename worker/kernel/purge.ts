import { now } from './clock.ts'
import { describeError, log } from './log.ts'

/** What the default entrypoint offers to the objects: only it can reach the cache that holds its pages. */
interface Exports {
  default: { purge(tags: string[]): Promise<void> }
}

/** The part of an execution context that this needs; the cache is missing where there is none. */
interface Caching {
  cache?: Pick<CacheContext, 'purge'>
}

/** For objects: asks the default entrypoint to forget cached pages. Publish, note, start, end and cancel do; bids never. */
export async function purgePages(ctx: { exports: unknown }, tags: string[]): Promise<void> {
  await (ctx.exports as Exports).default.purge(tags)
}

/** For routes: forgets cached pages before the answer leaves, so that whoever reads next sees the change. */
export async function purgeNow(c: { executionCtx: unknown }, tags: string[]): Promise<void> {
  await purge(c.executionCtx as Caching, tags)
}

/** A cache that refuses (its purges are limited) costs freshness for as long as a page lives, never the write. */
async function purge({ cache }: Caching, tags: string[]): Promise<void> {
  try {
    const result = await cache?.purge({ tags })
    if (result?.success === false) log('warn', 'purge-refused', { code: String(result.errors[0]?.code) })
  } catch (error) {
    log('warn', 'purge-failed', describeError(error))
  }
}

const gatherMs = 1_000
/** A gathering whose caller was cut off would otherwise swallow every later one. */
const abandonedMs = 5_000

let gathering: { tags: Set<string>; since: number } | null = null

/** Gathers what the objects ask within a second into one call. Only the first caller waits and does it. */
export async function gatherPurge(ctx: Caching, tags: string[]): Promise<void> {
  const since = now()
  if (gathering && since - gathering.since < abandonedMs) {
    for (const tag of tags) gathering.tags.add(tag)
    return
  }
  const mine = { tags: new Set([...(gathering?.tags ?? []), ...tags]), since }
  gathering = mine
  await new Promise((resolve) => setTimeout(resolve, gatherMs))
  if (gathering === mine) gathering = null
  await purge(ctx, [...mine.tags])
}
