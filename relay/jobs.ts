import type { ImageJob, JobResponse, MailJob, RelayErrorCode, SmsJob } from '../worker/contract/relay.ts'
import type { Job } from '../worker/contract/relay.ts'
import type { Images } from './images/images.ts'
import { log, reasonOf } from './log.ts'
import { sendMail } from './mail/mail.ts'
import type { Carried, Mail } from './mail/mail.ts'
import type { Seen } from './seen.ts'
import { sendSms } from './sms/sms.ts'
import type { Sms } from './sms/sms.ts'

export type JobOutcome =
  | { ok: true; response: JobResponse }
  | { ok: false; code: RelayErrorCode; retryAfterMs?: number }

const rememberedMs = 24 * 60 * 60 * 1_000

/**
 * Does what the Worker asks. Once a carrier has answered, a letter or text message never goes out again under its job id;
 * only the id is remembered, never what it carried. Answers when the work is done, so that a relay which dies in between is
 * simply asked again: a letter whose fate it does not know then goes again under the same Message-ID, a text message does
 * not.
 */
export function createJobs({ images, mail, sms, seen }: { images: Images; mail: Mail; sms: Sms; seen: Seen }) {
  const inHand = new Map<string, Promise<JobOutcome>>()

  function carryOnce(job: MailJob | SmsJob): Promise<JobOutcome> {
    if (seen.has('job', job.id)) return Promise.resolve({ ok: true, response: {} })
    const asked = inHand.get(job.id)
    if (asked) return asked
    const carrying = carry(job).finally(() => inHand.delete(job.id))
    inHand.set(job.id, carrying)
    return carrying
  }

  async function carry(job: MailJob | SmsJob): Promise<JobOutcome> {
    const fields = { job: job.id, kind: job.kind, template: job.content.template }
    // On disk before the first byte leaves. Found there again, it was left by a try that never heard the end of it.
    if (job.kind === 'sms' && !seen.claim('begun', job.id, rememberedMs)) {
      log('job-in-doubt', fields, 'warn')
      return { ok: false, code: 'in-doubt' }
    }
    const carried = await (job.kind === 'mail' ? sendMail(mail, job) : sendSms(sms, job)).catch(
      (error: unknown): Carried => ({ ok: false, code: 'failed', reason: reasonOf(error) }),
    )
    if (!carried.ok) {
      log('job-failed', { ...fields, code: carried.code, reason: carried.reason }, 'warn')
      if (carried.code === 'failed') seen.forget('begun', job.id)
      return { ok: false, code: carried.code === 'failed' ? 'carrier-failed' : carried.code }
    }
    seen.claim('job', job.id, rememberedMs)
    log('job-done', fields)
    return { ok: true, response: {} }
  }

  async function process(job: ImageJob, asker: AbortSignal): Promise<JobOutcome> {
    const outcome = await images.process(job, asker)
    return outcome.ok ? { ok: true, response: { image: outcome.result } } : outcome
  }

  return (job: Job, asker: AbortSignal): Promise<JobOutcome> =>
    job.kind === 'image' ? process(job, asker) : carryOnce(job)
}
