import type { Job } from '../../worker/contract/relay.ts'
import type { JobOutcome } from '../jobs.ts'
import type { Metrics } from './metrics.ts'
import type { Part } from './parts.ts'

type DoJob = (job: Job, asker: AbortSignal) => Promise<JobOutcome>

/** The same, with every end counted, and the last end of letters and text messages remembered for whoever runs the relay. */
export function measured(
  doJob: DoJob,
  metrics: Metrics,
): { doJob: DoJob; carrier(name: 'mail' | 'sms', kind: string): Part } {
  const failing = new Map<Job['kind'], string>()

  async function doMeasured(job: Job, asker: AbortSignal): Promise<JobOutcome> {
    const begun = performance.now()
    const outcome = await doJob(job, asker)
    const end = outcomeOf(outcome)
    metrics.ended(job.kind, end, (performance.now() - begun) / 1_000)
    if (end === 'carrier-failed') failing.set(job.kind, 'the last one was not taken')
    else failing.delete(job.kind)
    return outcome
  }

  return {
    doJob: doMeasured,
    carrier: (name, kind) => ({
      name,
      isVital: false,
      async check() {
        const reason = failing.get(name)
        return reason === undefined ? { ok: true, kind } : { ok: false, kind, reason }
      },
    }),
  }
}

function outcomeOf(outcome: JobOutcome): string {
  if (!outcome.ok) return outcome.code
  return outcome.response.image?.state === 'rejected' ? 'rejected' : 'done'
}
