import type { Bus, Subscription } from './bus/bus.ts'
import type { Embedder } from './embedder/embedder.ts'
import { indexInto } from './handlers/index.ts'
import { log, reasonOf } from './log.ts'
import { rebuildIndex } from './vectors/rebuild.ts'
import type { Rebuilt } from './vectors/rebuild.ts'
import type { VectorIndex } from './vectors/vectors.ts'

interface IndexingParts {
  bus: Bus
  /** Folder of the archive, and its reader. */
  archive: string
  archiving: Subscription
  index: VectorIndex
  embedder: Embedder
}

export interface Indexing {
  /** Builds the index anew from the archive; facts wait for it, questions do not. Rejects with why it failed, nothing changed. */
  rebuild(): Promise<Rebuilt>
  stop(): Promise<void>
}

/** Practically always: an event must not be set aside because a server was away for an evening. */
const attempts = 1_000_000
const firstAnswerWithinMs = 5_000
const rebuildAgainMs = 30_000
const tellEveryMs = 5_000

/**
 * Keeps the index fed. One that was made with another embedder, or never, is built from the archive first; questions hear
 * `busy` until then, and nothing else of the relay waits.
 */
export function startIndexing(parts: IndexingParts): Indexing {
  const { bus, index, embedder } = parts
  const stopping = new AbortController()
  let reading: Subscription | null = null
  /** One after the other: the index has one writer. */
  let last: Promise<unknown> = begin()

  async function begin() {
    // A model that cannot be asked is told at the start; the rest of the relay does not need it.
    if (!(await embedder.embedWords('hallabong', firstAnswerWithinMs)))
      log('embedder-away', { embedder: embedder.id }, 'error')
    await makeCurrent(parts, stopping.signal)
    read()
  }

  function read() {
    if (!stopping.signal.aborted) reading = bus.subscribe('index', indexInto({ index, embedder }), { attempts })
  }

  async function rebuild(): Promise<Rebuilt> {
    await reading?.stop()
    reading = null
    try {
      return await build(parts, stopping.signal)
    } finally {
      read()
    }
  }

  return {
    rebuild() {
      const rebuilt = last.then(rebuild)
      last = rebuilt.catch(() => {})
      return rebuilt
    },
    async stop() {
      stopping.abort()
      await last
      await reading?.stop()
    },
  }
}

/** Tries until it works or the relay stops. */
async function makeCurrent(parts: IndexingParts, stopping: AbortSignal) {
  while (!stopping.aborted) {
    try {
      if (!(await parts.index.isCurrent())) await build(parts, stopping)
      return
    } catch (error) {
      if (stopping.aborted) return
      log('index-rebuild-failed', { reason: reasonOf(error) }, 'error')
      await Promise.race([new Promise((resolve) => setTimeout(resolve, rebuildAgainMs).unref()), aborted(stopping)])
    }
  }
}

async function build({ archive, archiving, index, embedder }: IndexingParts, stopping: AbortSignal): Promise<Rebuilt> {
  // What the index's reader had acknowledged before has to be in the archive by now, or it would be missing.
  await Promise.race([archiving.idle(), aborted(stopping)])
  stopping.throwIfAborted()
  let toldAt = Date.now()
  const rebuilt = await rebuildIndex(archive, index, embedder, (progress) => {
    stopping.throwIfAborted()
    if (Date.now() - toldAt < tellEveryMs) return
    toldAt = Date.now()
    log('index-rebuilding', { ...progress })
  })
  log('index-rebuilt', { embedder: embedder.id, ...rebuilt })
  return rebuilt
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
