import type { MailJob } from '../../worker/contract/relay.ts'
import type { MailConfig } from '../config.ts'
import type { MailboxStore } from '../mailbox.ts'
import { createSmtpMail } from './smtp.ts'
import { writeMail } from './templates.ts'

/**
 * `failed`: not taken, worth another try. `refused`: the carrier said no for good. `in-doubt`: it was under way and nobody
 * knows whether the carrier has it. Mail knows no doubt: a letter may go again, for its Message-ID stays the same.
 */
export type Carried = { ok: true } | { ok: false; code: 'failed' | 'refused' | 'in-doubt'; reason: string }

export interface Letter {
  /** The job's id; carriers that can drop a letter they have by it. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

/** Hands one letter to a carrier, within its own deadline; never throws. */
export interface Mail {
  send(letter: Letter): Promise<Carried>
  close(): void
}

export function createMail(config: MailConfig, mailbox: MailboxStore | null): Mail {
  if (config.kind === 'smtp') return createSmtpMail(config)
  if (!mailbox) throw new Error('mail to the mailbox needs one')
  return {
    async send({ to, subject, text, html }) {
      await mailbox.keep({ kind: 'mail', to, subject, text, html })
      return { ok: true }
    },
    close() {},
  }
}

export function sendMail(mail: Mail, job: MailJob): Promise<Carried> {
  return mail.send({ id: job.id, to: job.to, ...writeMail(job.content, job.language) })
}
