import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'node:http'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { checkParts, type Part, type Readiness } from '../../relay/ops/parts.ts'
import type { MailJob, SmsJob } from '../../worker/contract/relay.ts'
import { createRelay } from '../../worker/kernel/relay.ts'
import { readExposition } from '../support/exposition.ts'
import { halves } from '../support/pictures.ts'
import { likes, newFolder, startRelay, type RunningRelay } from '../support/relay.ts'
import { realServers } from '../support/servers.ts'

const client = ({ url, secret }: RunningRelay) => createRelay({ url, secret: new Uint8Array(secret) })
const jobId = () => randomBytes(16).toString('base64url')
const letter = (): MailJob => ({
  kind: 'mail',
  id: jobId(),
  to: 'seller@example.com',
  language: 'ko',
  content: { template: 'verify-email', code: '042137', link: 'http://localhost:8787/verify?key=abc', minutes: 30 },
})
const code = (): SmsJob => ({
  kind: 'sms',
  id: jobId(),
  to: '+821012345678',
  language: 'ko',
  content: { template: 'phone-code', code: '731240', minutes: 5 },
})

async function ready({ opsUrl }: RunningRelay): Promise<{ status: number; body: Readiness & { reason?: string } }> {
  const response = await fetch(`${opsUrl}/readyz`)
  return { status: response.status, body: (await response.json()) as Readiness }
}

async function metrics({ opsUrl }: RunningRelay) {
  const response = await fetch(`${opsUrl}/metrics`)
  const text = await response.text()
  return { type: response.headers.get('content-type'), text, families: readExposition(text) }
}

/** Where the archive's folder should be there is a file, so that nothing can be archived. */
const refuseArchive = (dataDir: string) => writeFile(join(dataDir, 'archive'), '')

describe('what the relay tells its own computer', () => {
  let relay: RunningRelay
  beforeAll(async () => {
    relay = await startRelay()
  })
  afterAll(() => relay.stop())

  it('is that it lives', async () => {
    const response = await fetch(`${relay.opsUrl}/healthz`)
    expect([response.status, await response.text()]).toEqual([200, 'alive\n'])
  })

  it('is how each part is and how far behind each consumer', async () => {
    await client(relay).publish(likes('accounts', 1, 3))
    await expect
      .poll(async () => (await ready(relay)).body.parts['bus'], { timeout: 20_000 })
      .toMatchObject({
        ok: true,
        kind: realServers() ? 'pulsar-websocket' : 'embedded',
        lag: { archive: 0 },
        figures: { dead_letters: 0 },
      })
    const { status, body } = await ready(relay)
    expect([status, body.ok]).toEqual([200, true])
    expect(Object.keys(body.parts)).toEqual(expect.arrayContaining(['bus', 'folder', 'index', 'images', 'mail', 'sms']))
    expect(body.parts['mail']).toEqual({ ok: true, kind: 'mailbox' })
  })

  it('is measured, in the format that Prometheus reads', async () => {
    await client(relay).publish(likes('likes', 1, 5))
    await client(relay).sendMail(letter())
    await client(relay).sendSms(code())
    const { type, families } = await metrics(relay)
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
    const of = (name: string, labels: Record<string, string> = {}) =>
      families
        .get(`hallabong_relay_${name}`)
        ?.find((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))?.value
    expect(of('events_total')).toBeGreaterThanOrEqual(5)
    expect(of('requests_total', { path: '/jobs', status: '200' })).toBe(2)
    expect(of('lag', { part: 'bus', consumer: 'archive' })).toBeGreaterThanOrEqual(0)
    expect(of('up', { part: 'bus' })).toBe(1)
    expect(of('bus_dead_letters')).toBe(0)
    const ended = families.get('hallabong_relay_job_seconds')?.filter(({ name }) => name.endsWith('_count'))
    expect(ended).toMatchObject([
      { labels: { kind: 'mail', outcome: 'done' }, value: 1 },
      { labels: { kind: 'sms', outcome: 'done' }, value: 1 },
    ])
    expect(families.get('process_resident_memory_bytes')?.[0]?.value).toBeGreaterThan(1_000_000)
  })

  it('holds nothing of any person and no secret', async () => {
    await client(relay).sendMail(letter())
    await fetch(`${relay.url}/seller@example.com`)
    const texts = [(await metrics(relay)).text, JSON.stringify((await ready(relay)).body)]
    const secrets = ['seller@example.com', '821012345678', '042137', '731240', 'key=abc', relay.dataDir]
    for (const text of texts)
      expect([...secrets, Buffer.from(relay.secret).toString('base64url')].filter((one) => text.includes(one))).toEqual(
        [],
      )
  })

  it.each(['/healthz', '/readyz', '/metrics'])('is not told at the door for the Worker: %s', async (path) => {
    const response = await fetch(relay.url + path)
    expect([response.status, await response.json()]).toEqual([401, { code: 'unsigned' }])
  })

  it('is not told to a page whose name leads here, nor in any other way', async () => {
    const port = new URL(relay.opsUrl).port
    const asked = request({ port, path: '/metrics', headers: { host: `rebound.example:${port}` } }).end()
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    expect(response.statusCode).toBe(403)
    expect((await fetch(`${relay.opsUrl}/metrics`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${relay.opsUrl}/`)).status).toBe(404)
  })
})

describe('a relay that is not well', () => {
  it('tells which consumer hangs behind, by how much', async () => {
    const dataDir = await newFolder()
    await refuseArchive(dataDir)
    // A server counts its messages, in which runs of events travel; this bus counts events.
    const relay = await startRelay({ dataDir, env: { BUS: 'embedded' } })
    onTestFinished(() => relay.kill())
    await client(relay).publish(likes('accounts', 1, 4))
    expect((await ready(relay)).body.parts['bus']).toMatchObject({ lag: { archive: 4 } })
    const lag = (await metrics(relay)).families.get('hallabong_relay_lag')
    expect(lag?.find(({ labels }) => labels['consumer'] === 'archive')).toMatchObject({
      labels: { part: 'bus' },
      value: 4,
    })
  })

  it('stays ready when a carrier fails, and says so', async () => {
    const env = { MAIL: 'smtp', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'no-reply@hallabong.example' }
    const relay = await startRelay({ env })
    onTestFinished(() => relay.kill())
    expect(await client(relay).sendMail(letter())).toMatchObject({ ok: false, retry: true })
    const { status, body } = await ready(relay)
    expect([status, body.parts['mail']]).toEqual([
      200,
      { ok: false, kind: 'smtp', reason: 'the last one was not taken' },
    ])
  })

  const part = (isVital: boolean, check: Part['check']): Part => ({ name: 'bus', isVital, check })

  it.each([
    ['down', () => Promise.reject(new Error('gone')), 'gone'],
    ['silent', () => new Promise<never>(() => {}), 'no answer within 2000 ms'],
  ])('is not ready when what it cannot do without is %s', async (_how, check, reason) => {
    expect(await checkParts([part(true, check)])).toEqual({ ok: false, parts: { bus: { ok: false, reason } } })
    expect((await checkParts([part(false, check)])).ok).toBe(true)
  })
})

describe('a relay that is asked to stop', () => {
  /** What holds its answer back until it is let go. */
  function held() {
    let tellAsked = () => {}
    let letGo = () => {}
    return {
      asked: new Promise<void>((resolve) => (tellAsked = resolve)),
      released: new Promise<void>((resolve) => (letGo = resolve)),
      tellAsked: () => tellAsked(),
      letGo: () => letGo(),
    }
  }

  it('is alive and no longer ready while it finishes a picture', async () => {
    const { asked, released, tellAsked, letGo } = held()
    const picture = await halves(300, 200).jpeg().toBuffer()
    const server = createServer(async (request, response) => {
      if (request.method === 'GET') {
        tellAsked()
        await released
        response.end(picture)
      } else request.resume().on('end', () => response.writeHead(204).end())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const relay = await startRelay({ workerUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    const names = ['160.avif', '160.webp', '480.avif', '480.webp']
    const made = client(relay).processImage({
      kind: 'image',
      id: jobId(),
      contentType: 'image/jpeg',
      source: '/a',
      targets: Object.fromEntries(names.map((name) => [name, `/a/${name}`])),
    })
    await asked
    const stopped = relay.stop()
    await relay.line('stopping')
    expect(await ready(relay)).toMatchObject({ status: 503, body: { ok: false, reason: 'stopping' } })
    expect((await fetch(`${relay.opsUrl}/healthz`)).status).toBe(200)
    letGo()
    expect(await made).toMatchObject({ ok: true, value: { state: 'ready' } })
    expect(await stopped).toBe(0)
  })

  it('waits for the answer of a mail server, so that the letter is never in doubt', async () => {
    const { asked, released, tellAsked, letGo } = held()
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        stream.resume().on('end', async () => {
          tellAsked()
          await released
          done()
        })
      },
    })
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
    const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
    const env = { MAIL: 'smtp', SMTP_URL: url, MAIL_FROM: 'no-reply@hallabong.example' }
    const relay = await startRelay({ env })
    const sent = client(relay).sendMail(letter())
    await asked
    const stopped = relay.stop()
    await relay.line('stopping')
    letGo()
    expect(await sent).toEqual({ ok: true, value: null })
    expect(await stopped).toBe(0)
  })

  it('ends in order though it has events that it cannot archive', async () => {
    const dataDir = await newFolder()
    await refuseArchive(dataDir)
    const relay = await startRelay({ dataDir })
    await client(relay).publish(likes('accounts', 1, 4))
    expect(await relay.stop()).toBe(0)
    // An index that has to be built waits for the archive, until it is told not to.
    const env: Record<string, string> = realServers()
      ? { MILVUS_COLLECTION: `test_${randomBytes(6).toString('hex')}` }
      : {}
    if (!realServers()) await rm(join(dataDir, 'index.sqlite'), { force: true })
    const next = await startRelay({ dataDir, secret: relay.secret, env })
    expect(await next.stop()).toBe(0)
  })

  it('finishes the runs in hand and leaves the rest for its next life, nothing twice', async () => {
    const relay = await startRelay()
    const streams = Array.from({ length: 20 }, (_, index) => `auction:auc_${index}`)
    await Promise.all(streams.map((stream) => client(relay).publish(likes(stream, 1, 300))))
    expect(await relay.stop()).toBe(0)
    const next = await startRelay({ dataDir: relay.dataDir, secret: relay.secret })
    await expect
      .poll(async () => (await ready(next)).body.parts['bus']?.lag, { timeout: 20_000 })
      .toMatchObject({ archive: 0 })
    expect(await next.stop()).toBe(0)
    for (const stream of streams) expect(await next.archived(stream)).toEqual(likes(stream, 1, 300))
  })
})
