import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Envelope } from '../../worker/contract/events.ts'
import type { KnownEvent } from '../../worker/contract/events.ts'
import type { Embedder } from '../embedder/embedder.ts'
import {
  heardIn,
  newsOfAuction,
  newsOfProfiles,
  newsOfStanding,
  preparedAuction,
  preparedPerson,
  unknownPerson,
} from './facts.ts'
import type { Prepared } from './facts.ts'
import type { FreshIndex, Place, VectorIndex } from './vectors.ts'
import { withVectors } from './with-vectors.ts'

export interface Rebuilt {
  /** Streams read of how many. */
  streams: number
  of: number
  items: number
}

const batchSize = 64

/**
 * Builds the whole index anew from the archive, beside the one in use. Nobody else may write into the index meanwhile, and the
 * archive must have all that the index's reader has acknowledged, or that would be missing: wait for its reader to be
 * idle first. Rejects with what the embedder or the index rejects with, and then leaves the old index.
 */
export async function rebuildIndex(
  archive: string,
  index: VectorIndex,
  embedder: Embedder,
  tell: (progress: Rebuilt) => void = () => {},
): Promise<Rebuilt> {
  const auctions = await auctionStreams(archive)
  const progress = { streams: 0, of: auctions.length + 2, items: 0 }

  await index.rebuild(async (fresh) => {
    const write = writerOf(fresh, embedder, (items) => {
      progress.items += items
      tell({ ...progress })
    })
    const standing = newsOfStanding(await eventsOf(archive, 'accounts', write))
    const profiles = newsOfProfiles(await eventsOf(archive, 'profiles', write))
    progress.streams = 2
    for (const profile of profiles.values())
      await write.put(preparedPerson(profile, standing.get(profile.account) ?? 0))
    for (const [account, until] of standing) if (!profiles.has(account)) await write.put(unknownPerson(account, until))

    for (const stream of auctions) {
      const { described, ...news } = newsOfAuction(await eventsOf(archive, stream, write))
      progress.streams += 1
      if (described && !news.isGone)
        await write.put(preparedAuction({ ...news, described }, standing.get(described.seller) ?? 0))
    }
    await write.flush()
  })
  return progress
}

interface Writer {
  put(prepared: Prepared): Promise<void>
  reached(place: Place): void
  flush(): Promise<void>
}

/** Embeds and writes in batches, and tells after each how many things it held. */
function writerOf(fresh: FreshIndex, embedder: Embedder, written: (items: number) => void): Writer {
  let batch: Prepared[] = []
  let places: Place[] = []

  async function flush() {
    await fresh.upsert(await withVectors(batch, embedder))
    await fresh.reached(places)
    written(batch.length)
    batch = []
    places = []
  }

  return {
    async put(prepared) {
      batch.push(prepared)
      if (batch.length >= batchSize) await flush()
    },
    reached: (place) => void places.push(place),
    flush,
  }
}

async function auctionStreams(archive: string): Promise<string[]> {
  const names = await readdir(join(archive, 'auction')).catch(() => [])
  return names.flatMap((name) => (name.endsWith('.jsonl') ? `auction:${name.slice(0, -'.jsonl'.length)}` : [])).sort()
}

/** What the index hears of a stream, and notes how far the stream goes. */
async function eventsOf(archive: string, stream: string, { reached }: Pick<Writer, 'reached'>): Promise<KnownEvent[]> {
  const events: KnownEvent[] = []
  let seq = 0
  for await (const envelope of archived(join(archive, `${stream.replace(':', '/')}.jsonl`))) {
    events.push(...heardIn(envelope))
    seq = envelope.seq
  }
  if (seq > 0) reached({ stream, seq })
  return events
}

/** A file of the archive in order. Its last line may be half there: that event was never acknowledged, and comes again. */
async function* archived(path: string): AsyncGenerator<Envelope> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!file) return
  for await (const line of file.readLines()) {
    const envelope = Envelope.safeParse(parsed(line))
    if (envelope.success) yield envelope.data
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
