import { Mailbox, relayPaths, type MailJob, type SmsJob } from '../contract/relay.ts'
import { iso } from '../contract/time.ts'
import { readConfig } from '../env.ts'
import { now } from '../kernel/clock.ts'
import { signRequest, type Relay } from '../kernel/relay.ts'

export type Message = Mailbox['messages'][number]

const kept = 200
const messages: Message[] = []

/** Takes the relay's place where none is set, as in tests: letters go to a mailbox in memory, facts are taken and forgotten. */
export const memoryRelay: Relay = {
  publish: async (events) => ({
    ok: true,
    value: Object.fromEntries(events.map(({ stream, seq }) => [stream, seq])),
  }),
  sendMail: async (job) => keep(job),
  sendSms: async (job) => keep(job),
  processImage: async () => ({ ok: false, retry: true, code: 'unreachable' }),
  search: async () => ({ ok: false, retry: true, code: 'unreachable' }),
  similar: async () => ({ ok: false, retry: true, code: 'unreachable' }),
  health: async () => ({ ok: true, value: null }),
}

function keep({ id, kind, to, content }: MailJob | SmsJob) {
  const isKnown = messages.some((message) => message.id === id)
  if (!isKnown)
    messages.unshift({
      id,
      kind,
      to,
      at: iso(now()),
      subject: kind === 'mail' ? content.template : null,
      text: Object.entries(content)
        .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
        .join('\n'),
      html: null,
    })
  messages.length = Math.min(messages.length, kept)
  return { ok: true, value: null } as const
}

/** What was sent, newest first: from the relay's development mailbox, or from memory where no relay is set. */
export async function readMailbox(env: Env): Promise<Message[]> {
  const { relay } = readConfig(env)
  if (!relay) return messages
  const target = new URL(relay.url + relayPaths.mailbox)
  const token = await signRequest(relay.secret, { method: 'GET', path: target.pathname, body: new Uint8Array() })
  const response = await fetch(target, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) return []
  return Mailbox.parse(await response.json()).messages
}
