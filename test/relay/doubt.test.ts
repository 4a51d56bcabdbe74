import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { MailJob, SmsJob } from '../../worker/contract/relay.ts'
import { createRelay } from '../../worker/kernel/relay.ts'
import { startRelay, type RunningRelay } from '../support/relay.ts'

const client = ({ url, secret }: RunningRelay) => createRelay({ url, secret: new Uint8Array(secret) })
const jobId = () => randomBytes(16).toString('base64url')

const code = (): SmsJob => ({
  kind: 'sms',
  id: jobId(),
  to: '+821012345678',
  language: 'ko',
  content: { template: 'phone-code', code: '731240', minutes: 5 },
})
const letter = (): MailJob => ({
  kind: 'mail',
  id: jobId(),
  to: 'seller@example.com',
  language: 'ko',
  content: { template: 'verify-email', code: '042137', link: 'http://localhost:8787/verify?key=abc', minutes: 30 },
})

/** What a carrier does with what has reached it, by its number from 1; the answer comes when that is done. */
type Meanwhile = (place: number) => Promise<number>

/** A carrier of text messages. */
async function twilio(answer: Meanwhile) {
  const taken: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', async () => {
      taken.push(new URLSearchParams(body).get('Body') ?? '')
      const status = await answer(taken.length)
      response
        .on('error', () => {})
        .writeHead(status)
        .end(JSON.stringify({ sid: `SM${taken.length}` }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = {
    SMS: 'twilio',
    SMS_FROM: '+15005550006',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'x',
    SMS_URL: baseUrl,
  }
  return { taken, env }
}

/** A mail server that keeps the names of the letters it has read to their end. */
async function smtp(answer: Meanwhile) {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        taken.push(/^Message-ID: (.*)$/im.exec(Buffer.concat(chunks).toString())?.[1]?.trim() ?? '')
        await answer(taken.length)
        done()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return { taken, env: { MAIL: 'smtp', SMTP_URL: url, MAIL_FROM: 'no-reply@hallabong.example' } }
}

/** A relay that is killed outright when its carrier holds the first thing whole and has not answered yet, and its heir. */
function mortal() {
  let first: RunningRelay | undefined
  return {
    async die(place: number): Promise<number> {
      if (place === 1) await first?.kill()
      return 201
    },
    async live(env: Record<string, string>): Promise<RunningRelay> {
      first = await startRelay({ env })
      return first
    },
    async rise(env: Record<string, string>): Promise<RunningRelay> {
      const risen = await startRelay({ env, ...(first && { dataDir: first.dataDir, secret: first.secret }) })
      onTestFinished(() => risen.kill())
      return risen
    },
  }
}

describe('a relay killed between a carrier and its answer', () => {
  it('never sends the text message again, and says that it is in doubt', async () => {
    const life = mortal()
    const { taken, env } = await twilio(life.die)
    const job = code()
    expect(await client(await life.live(env)).sendSms(job)).toMatchObject({ ok: false, retry: true })
    const risen = await life.rise(env)
    for (let tries = 0; tries < 3; tries += 1)
      expect(await client(risen).sendSms(job)).toEqual({ ok: false, retry: false, code: 'in-doubt' })
    expect(taken).toHaveLength(1)
    // The person asks for another code, which is another job.
    expect(await client(risen).sendSms(code())).toEqual({ ok: true, value: null })
    expect(taken).toHaveLength(2)
  })

  it('sends the letter again under the same name, by which mailboxes fold the two', async () => {
    const life = mortal()
    const { taken, env } = await smtp(life.die)
    const job = letter()
    expect(await client(await life.live(env)).sendMail(job)).toMatchObject({ ok: false, retry: true })
    const risen = await life.rise(env)
    expect(await client(risen).sendMail(job)).toEqual({ ok: true, value: null })
    expect(taken).toEqual(Array.from({ length: 2 }, () => `<${job.id}@hallabong.example>`))
  })
})

describe('after the answer of a carrier', () => {
  it.each(['text message', 'letter'] as const)('a %s never goes again, whatever dies', async (what) => {
    const life = mortal()
    const answer = async () => 201
    const { taken, env } = what === 'letter' ? await smtp(answer) : await twilio(answer)
    const job = what === 'letter' ? letter() : code()
    const send = (relay: RunningRelay) =>
      job.kind === 'mail' ? client(relay).sendMail(job) : client(relay).sendSms(job)
    const relay = await life.live(env)
    expect(await send(relay)).toEqual({ ok: true, value: null })
    await relay.kill()
    const risen = await life.rise(env)
    expect(await send(risen)).toEqual({ ok: true, value: null })
    expect(taken).toHaveLength(1)
  })

  it('a text message that was not taken may be sent again', async () => {
    const life = mortal()
    const { taken, env } = await twilio(async (place) => (place === 1 ? 503 : 201))
    const relay = await life.rise(env)
    const job = code()
    expect(await client(relay).sendSms(job)).toEqual({ ok: false, retry: true, code: 'carrier-failed' })
    expect(await client(relay).sendSms(job)).toEqual({ ok: true, value: null })
    expect(taken).toHaveLength(2)
  })

  it('a text message of which it tells nothing is left in doubt', async () => {
    const life = mortal()
    const { taken, env } = await twilio(async () => 504)
    const relay = await life.rise(env)
    const job = code()
    for (let tries = 0; tries < 2; tries += 1)
      expect(await client(relay).sendSms(job)).toEqual({ ok: false, retry: false, code: 'in-doubt' })
    expect(taken).toHaveLength(1)
  })
})
