import type { Line } from './lines.ts'

export interface ContextDeps {
  /** Of the object, as its id has it. */
  name: string
  storage: DurableObjectStorage
  lines: Set<Line>
  /** Keeps the life busy until it is done. */
  waitUntil(work: Promise<unknown>): void
  /** Asks the default entrypoint to forget pages. */
  purge(tags: string[]): Promise<void>
}

/** What an object sees of its platform, as far as rooms and shards look. */
export function contextOf({ name, storage, lines, waitUntil, purge }: ContextDeps): DurableObjectState {
  const state = {
    id: { name },
    storage,
    exports: { default: { purge } },
    waitUntil,
    acceptWebSocket: (line: Line) => lines.add(line),
    getWebSockets: () => [...lines],
    setWebSocketAutoResponse: () => {},
    getWebSocketAutoResponseTimestamp: (line: Line) => {
      const at = line.lastPing()
      return at === null ? null : new Date(at)
    },
  }
  return state as unknown as DurableObjectState
}
