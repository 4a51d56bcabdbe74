/** What the page itself did on its main thread after its first paint, by processor time: waiting for a busy processor is left out. */
export interface OwnWork {
  /** As total blocking time, of a processor four times as slow: milliseconds beyond 50 of each task. */
  blockingMs: number
  /** The longest task on this computer. */
  longestMs: number
}

/** A trace event of Chrome's; times are microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Of the processor. */
  tdur?: number
  args: { data?: { documentLoaderURL?: string } }
}

/** As Lighthouse makes a phone out of this computer. */
const slowdown = 4
const blocksFromMs = 50

export function ownWork(events: readonly TraceEvent[]): OwnWork {
  const start = events.findLast(({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL)
  const own = events.filter(({ pid, tid, ts }) => pid === start?.pid && tid === start.tid && ts >= start.ts)
  const painted = own.find(({ name }) => name === 'firstContentfulPaint')
  if (!painted) throw new Error('the trace lacks the first paint')
  const tasks = own
    .filter(({ name, ts, dur = 0 }) => name.endsWith('RunTask') && ts + dur > painted.ts)
    .map(({ tdur = 0 }) => tdur / 1_000)
  return {
    blockingMs: tasks.reduce((sum, ms) => sum + Math.max(0, ms * slowdown - blocksFromMs), 0),
    longestMs: Math.max(0, ...tasks),
  }
}
