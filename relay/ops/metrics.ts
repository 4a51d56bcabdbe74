import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { relayPaths, type Job } from '../../worker/contract/relay.ts'
import type { Readiness } from './parts.ts'

/** What is counted over the life of the process. No label ever holds an id, an address or anything else of a person. */
export interface Metrics {
  /** A request was answered; paths that we do not know count as one. */
  answered(path: string, status: number): void
  /** Events were confirmed, new or known. */
  published(events: number): void
  /** A job ended: `done`, `rejected` (a picture), or the code of its refusal. */
  ended(kind: Job['kind'], outcome: string, seconds: number): void
  /** All of it with the state of the parts, in Prometheus' text format 0.0.4. */
  text(readiness: Readiness): Promise<string>
  contentType: string
}

const prefix = 'hallabong_relay_'
const knownPaths: ReadonlySet<string> = new Set(Object.values(relayPaths))

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: `${prefix}requests_total`,
    help: 'Requests answered.',
    labelNames: ['path', 'status'],
    registers,
  })
  const events = new Counter({ name: `${prefix}events_total`, help: 'Events confirmed.', registers })
  const jobs = new Histogram({
    name: `${prefix}job_seconds`,
    help: 'How long jobs took, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
    registers,
  })
  const up = new Gauge({ name: `${prefix}up`, help: '1 where a part is well.', labelNames: ['part'], registers })
  const lag = new Gauge({
    name: `${prefix}lag`,
    help: 'What a consumer has not yet taken.',
    labelNames: ['part', 'consumer'],
    registers,
  })
  const figures = new Map<string, Gauge>()

  function gaugeOf(part: string, figure: string): Gauge {
    const name = `${prefix}${part}_${figure}`
    const known = figures.get(name) ?? new Gauge({ name, help: `${figure} of ${part}.`, registers })
    figures.set(name, known)
    return known
  }

  return {
    answered(path, status) {
      requests.inc({ path: knownPaths.has(path) ? path : 'other', status })
    },
    published: (count) => events.inc(count),
    ended: (kind, outcome, seconds) => jobs.observe({ kind, outcome }, seconds),
    text({ parts }) {
      lag.reset()
      for (const [part, state] of Object.entries(parts)) {
        up.set({ part }, state.ok ? 1 : 0)
        for (const [consumer, count] of Object.entries(state.lag ?? {})) lag.set({ part, consumer }, count)
        for (const [figure, value] of Object.entries(state.figures ?? {})) gaugeOf(part, figure).set(value)
      }
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
