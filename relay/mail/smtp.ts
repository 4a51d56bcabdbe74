import { createTransport } from 'nodemailer'
import { reasonOf } from '../log.ts'
import type { Carried, Mail } from './mail.ts'

export interface SmtpOptions {
  /** `smtps://user:password@host:port`, or `smtp://` with STARTTLS where the server offers it. */
  url: string
  /** `Name <address>`. */
  from: string
  /** For connecting, greeting and each answer. Default 8,000. */
  deadlineMs?: number
}

export function createSmtpMail({ url, from, deadlineMs = 8_000 }: SmtpOptions): Mail {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    socketTimeout: deadlineMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'

  return {
    async send({ id, to, subject, text, html }): Promise<Carried> {
      try {
        await transport.sendMail({
          from,
          // An object, so that nothing in the address can add a second recipient.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { ok: true }
      } catch (error) {
        return { ok: false, code: isFinal(error) ? 'refused' : 'failed', reason: codeOf(error) }
      }
    },
    close: () => transport.close(),
  }
}

/** A 5xx for this recipient or letter stays one; a refused login is our fault and may be mended. */
function isFinal(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode ?? 0) >= 500
}

/** What may be logged: servers repeat the address in their words, so not those. */
function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return [code, responseCode].filter(Boolean).join(' ') || reasonOf('unknown')
}
