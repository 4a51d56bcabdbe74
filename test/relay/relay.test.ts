import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Mailbox, MailJob, RelayHealth, SmsJob } from '../../worker/contract/relay.ts'
import { createRelay, isFromRelay } from '../../worker/kernel/relay.ts'
import { halves } from '../support/pictures.ts'
import { likes, newFolder, startRelay } from '../support/relay.ts'
import type { RunningRelay } from '../support/relay.ts'
import { realServers } from '../support/servers.ts'

const client = ({ url, secret }: RunningRelay) => createRelay({ url, secret: new Uint8Array(secret) })
const jobId = () => randomBytes(16).toString('base64url')

const mailJob = (): MailJob => ({
  kind: 'mail',
  id: jobId(),
  to: 'seller@example.com',
  language: 'ko',
  content: { template: 'verify-email', code: '042137', link: 'http://localhost:8787/verify?key=abc', minutes: 30 },
})
const smsJob = (): SmsJob => ({
  kind: 'sms',
  id: jobId(),
  to: '+821012345678',
  language: 'ko',
  content: { template: 'phone-code', code: '731240', minutes: 5 },
})

interface Forged {
  method?: string
  path?: string
  body?: string
  claims?: Record<string, unknown>
  secret?: Uint8Array
  token?: string
  issuedAt?: number
  expires?: number
}

/** A request signed as asked, true or false. */
async function forge(relay: RunningRelay, { method = 'GET', path = '/health', body = '', ...how }: Forged = {}) {
  const now = Math.floor(Date.now() / 1_000)
  const token =
    how.token ??
    (await new SignJWT({
      iss: 'worker',
      aud: 'relay',
      jti: randomBytes(16).toString('hex'),
      method,
      path,
      body: createHash('sha256').update(body).digest('base64url'),
      iat: how.issuedAt ?? now,
      exp: how.expires ?? (how.issuedAt ?? now) + 60,
      ...how.claims,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(how.secret ?? relay.secret))
  const ask = () =>
    fetch(relay.url + path, { method, headers: { authorization: `Bearer ${token}` }, ...(body ? { body } : {}) })
  return { token, ask }
}

/** Waits until every reader has everything. */
async function drained(relay: RunningRelay): Promise<RelayHealth> {
  for (;;) {
    const health = (await (await (await forge(relay)).ask()).json()) as RelayHealth
    if (health.bus.waiting === 0) return health
  }
}

describe('the door of the relay', () => {
  let relay: RunningRelay
  beforeAll(async () => {
    relay = await startRelay()
  })
  afterAll(() => relay.stop())

  it('opens for what the Worker signed', async () => {
    const response = await (await forge(relay)).ask()
    expect(response.status).toBe(200)
    const health = (await response.json()) as RelayHealth
    expect(health).toMatchObject({
      ok: true,
      bus: { kind: realServers() ? 'pulsar-websocket' : 'embedded' },
      images: { running: 0, waiting: 0 },
    })
  })

  it.each(['/health', '/events', '/jobs', '/mailbox', '/'])('tells nothing about %s to anyone else', async (path) => {
    const response = await fetch(relay.url + path)
    expect([response.status, await response.json()]).toEqual([401, { code: 'unsigned' }])
  })

  it('lets each signature in once', async () => {
    const { ask } = await forge(relay)
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 401])
  })

  it('remembers signatures over its own death', async () => {
    const mortal = await startRelay()
    const { ask, token } = await forge(mortal)
    expect((await ask()).status).toBe(200)
    await mortal.kill()
    const risen = await startRelay({ dataDir: mortal.dataDir, secret: mortal.secret })
    const again = await forge(risen, { token })
    expect((await again.ask()).status).toBe(401)
    await risen.stop()
  })

  const body = JSON.stringify({ events: likes('accounts', 1, 1) })
  const wrong: [string, Forged][] = [
    ['another secret', { secret: randomBytes(32) }],
    ['another path', { path: '/mailbox', claims: { path: '/health' } }],
    ['another query', { path: '/health?x=1', claims: { path: '/health' } }],
    ['another method', { claims: { method: 'POST' } }],
    [
      'another body',
      { method: 'POST', path: '/events', body, claims: { body: createHash('sha256').digest('base64url') } },
    ],
    ['another receiver', { claims: { aud: 'worker' } }],
    ['another sender', { claims: { iss: 'relay' } }],
    ['no id', { claims: { jti: undefined } }],
    ['no age', { claims: { iat: undefined } }],
    ['an end that is past', { issuedAt: Math.floor(Date.now() / 1_000) - 70 }],
    ['a life longer than a minute', { issuedAt: Math.floor(Date.now() / 1_000) - 70, expires: 9_999_999_999 }],
    ['no token at all', { token: 'x.y.z' }],
  ]
  it.each(wrong)('stays shut for %s', async (_what, how) => {
    const response = await (await forge(relay, how)).ask()
    expect([response.status, await response.json()]).toEqual([401, { code: 'unsigned' }])
  })

  it('stays shut for a token without a signature', async () => {
    const { token } = await forge(relay)
    const [, claims] = token.split('.')
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    expect((await (await forge(relay, { token: `${header}.${claims}.` })).ask()).status).toBe(401)
  })

  it.each([
    ['/events', '{"events":[]}'],
    ['/events', 'not json'],
    ['/events', JSON.stringify({ events: [{ ...likes('accounts', 1, 1)[0], seq: 0 }] })],
    ['/events', JSON.stringify({ events: [{ ...likes('accounts', 1, 1)[0], stream: '../../etc/passwd' }] })],
    ['/jobs', '{"kind":"shell"}'],
    ['/jobs', JSON.stringify({ ...mailJob(), to: 'a@example.com\r\nBcc: b@example.com' })],
    ['/jobs', JSON.stringify({ ...smsJob(), to: '+12025550123' })],
  ])('refuses at %s what it cannot read: %s', async (path, text) => {
    const response = await (await forge(relay, { method: 'POST', path, body: text })).ask()
    expect([response.status, await response.json()]).toEqual([422, { code: 'malformed' }])
  })

  it('refuses bodies beyond their limit', async () => {
    const big = await forge(relay, { method: 'POST', path: '/jobs', body: 'x'.repeat(64 * 1024 + 1) })
    expect((await big.ask()).status).toBe(413)
  })
})

describe('events', () => {
  it('reach the archive in order, once, whatever is sent again', async () => {
    const relay = await startRelay()
    const { publish } = client(relay)
    expect(await publish([...likes('accounts', 1, 40), ...likes('auction:auc_1', 1, 10)])).toEqual({
      ok: true,
      value: { accounts: 40, 'auction:auc_1': 10 },
    })
    expect(await publish(likes('accounts', 31, 60))).toEqual({ ok: true, value: { accounts: 60 } })
    await drained(relay)
    expect(await relay.stop()).toBe(0)
    expect(await relay.archived('accounts')).toEqual(likes('accounts', 1, 60))
    expect(await relay.archived('auction:auc_1')).toEqual(likes('auction:auc_1', 1, 10))
  })

  it('that nobody can read are archived and set aside for a person', async () => {
    const relay = await startRelay()
    const [event] = likes('accounts', 1, 1)
    const odd = [
      { ...event!, type: 'from-the-future' },
      { ...event!, seq: 2, version: 99 },
      { ...event!, seq: 3, payload: { auction: 7 } },
    ]
    await client(relay).publish(odd)
    expect((await drained(relay)).bus.dead).toBe(3)
    await relay.stop()
    expect(await relay.archived('accounts')).toEqual(odd)
  })

  it('survive SIGKILL in the middle of a stream: what was confirmed is there, nothing twice', async () => {
    let relay = await startRelay()
    const { dataDir, secret } = relay
    const total = 1_200
    let confirmed = 0
    let kills = 0
    while (confirmed < total) {
      const { publish } = client(relay)
      const first = publish(likes('auction:auc_1', confirmed + 1, confirmed + 50))
      const second = publish(likes('auction:auc_2', confirmed + 1, confirmed + 50))
      const [one, two] =
        kills < 3 && confirmed >= 200 * (kills + 1) ? await cutOff([first, second]) : await Promise.all([first, second])
      if (one?.ok && two?.ok) confirmed = Math.min(one.value['auction:auc_1']!, two.value['auction:auc_2']!)
    }
    async function cutOff<T>(asked: Promise<T>[]) {
      await relay.kill()
      kills += 1
      const answers = await Promise.all(asked)
      relay = await startRelay({ dataDir, secret })
      return answers
    }
    await drained(relay)
    await relay.stop()
    expect(kills).toBe(3)
    for (const stream of ['auction:auc_1', 'auction:auc_2'])
      expect(await relay.archived(stream)).toEqual(likes(stream, 1, total))
  })
})

describe('letters and text messages', () => {
  it('arrive in the development mailbox, newest first', async () => {
    const relay = await startRelay()
    expect(await client(relay).sendMail(mailJob())).toEqual({ ok: true, value: null })
    expect(await client(relay).sendSms(smsJob())).toEqual({ ok: true, value: null })
    const { messages } = (await (await (await forge(relay, { path: '/mailbox' })).ask()).json()) as Mailbox
    expect(messages).toMatchObject([
      { kind: 'sms', to: '+821012345678', subject: null },
      { kind: 'mail', to: 'seller@example.com', subject: '[한라봉] 인증번호 042137' },
    ])
    expect(messages[0]!.text).toContain('731240')
    expect(messages[1]!.html).toContain('042137')
    await relay.stop()
  })

  it('go out once however often they are asked for, also by a relay that has died since', async () => {
    let relay = await startRelay()
    const job = mailJob()
    await Promise.all([client(relay).sendMail(job), client(relay).sendMail(job)])
    await relay.kill()
    relay = await startRelay({ dataDir: relay.dataDir, secret: relay.secret })
    await client(relay).sendMail(job)
    const { messages } = (await (await (await forge(relay, { path: '/mailbox' })).ask()).json()) as Mailbox
    expect(messages).toHaveLength(1)
    await relay.stop()
  })

  describe('through a real carrier', () => {
    const closing: (() => Promise<unknown>)[] = []
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close()
    })

    it('leave no trace of what they said but at the carrier', async () => {
      const { taken, url } = await smtp(() => null)
      const relay = await startRelay({ env: { MAIL: 'smtp', SMTP_URL: url, MAIL_FROM: 'no-reply@hallabong.example' } })
      closing.push(relay.stop)
      expect(await client(relay).sendMail(mailJob())).toEqual({ ok: true, value: null })
      await client(relay).publish(likes('accounts', 1, 1))
      expect(taken).toEqual(['seller@example.com'])
      const files = await readdir(relay.dataDir, { recursive: true, withFileTypes: true })
      const kept = await Promise.all(
        files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
      )
      expect(kept.length).toBeGreaterThan(1)
      for (const secret of ['042137', 'seller@example.com', 'key=abc'])
        expect([...kept, JSON.stringify(relay.lines)].filter((text) => text.includes(secret))).toEqual([])
    })

    it('are tried again after a passing failure, and not after a refusal', async () => {
      let code = 451
      const { taken, url } = await smtp(() => (code ? Object.assign(new Error('no'), { responseCode: code }) : null))
      const relay = await startRelay({ env: { MAIL: 'smtp', SMTP_URL: url, MAIL_FROM: 'no-reply@hallabong.example' } })
      closing.push(relay.stop)
      const job = mailJob()
      expect(await client(relay).sendMail(job)).toEqual({ ok: false, retry: true, code: 'carrier-failed' })
      code = 550
      expect(await client(relay).sendMail(job)).toEqual({ ok: false, retry: false, code: 'refused' })
      code = 0
      expect(await client(relay).sendMail(job)).toEqual({ ok: true, value: null })
      expect(taken).toHaveLength(1)
    })

    it('do not open the mailbox door', async () => {
      const { url } = await smtp(() => null)
      const twilio = { SMS: 'twilio', SMS_FROM: '+15005550006', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'x' }
      const mail = { MAIL: 'smtp', SMTP_URL: url, MAIL_FROM: 'no-reply@hallabong.example' }
      const relay = await startRelay({ env: { ...mail, ...twilio } })
      closing.push(relay.stop)
      expect((await (await forge(relay, { path: '/mailbox' })).ask()).status).toBe(404)
    })

    async function smtp(answer: () => Error | null) {
      const taken: string[] = []
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onRcptTo: (_to, _session, done) => done(answer()),
        onData(stream, session, done) {
          taken.push(...session.envelope.rcptTo.map(({ address }) => address))
          stream.resume()
          stream.on('end', () => done())
        },
      })
      server.listen(0, '127.0.0.1')
      await once(server.server, 'listening')
      closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
      return { taken, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
    }
  })
})

describe('pictures', () => {
  const secret = randomBytes(32)
  let relay: RunningRelay
  let worker: Awaited<ReturnType<typeof storage>>
  beforeAll(async () => {
    worker = await storage(secret)
    relay = await startRelay({ secret, workerUrl: worker.url })
  })
  afterAll(async () => {
    await relay.stop()
    await worker.close()
  })

  const names = ['160', '480', '1080', '1980'].flatMap((width) => [`${width}.avif`, `${width}.webp`])
  const job = (source: string, changes: object = {}) => ({
    kind: 'image' as const,
    id: jobId(),
    contentType: 'image/jpeg' as const,
    source,
    targets: Object.fromEntries([...names, 'share.jpg'].map((name) => [name, `${source}/${name}?seal=1`])),
    ...changes,
  })

  it('are fetched, made and stored through the addresses of the job, each request signed', async () => {
    worker.files.set('/uploads/a', await halves(600, 300).jpeg().toBuffer())
    expect(await client(relay).processImage(job('/uploads/a'))).toMatchObject({
      ok: true,
      value: {
        state: 'ready',
        width: 600,
        height: 300,
        share: true,
        sizes: [{ nominal: 160 }, { nominal: 480 }, { nominal: 1_080, width: 600, height: 300 }],
      },
    })
    const stored = [...worker.files.keys()].filter((path) => path.startsWith('/uploads/a/'))
    expect(stored.map((path) => path.split('/').at(-1)).sort()).toEqual(
      ['1080.avif', '1080.webp', '160.avif', '160.webp', '480.avif', '480.webp', 'share.jpg'].sort(),
    )
    expect(worker.types.get('/uploads/a/480.avif')).toBe('image/avif')
    expect(worker.unsigned).toEqual([])
  })

  it('that are refused tell why', async () => {
    worker.files.set('/uploads/b', Buffer.from('no picture'))
    expect(await client(relay).processImage(job('/uploads/b'))).toEqual({
      ok: true,
      value: { state: 'rejected', reason: 'unsupported' },
    })
  })

  it('larger than announced anywhere are not even read to the end', async () => {
    worker.files.set('/uploads/c', Buffer.alloc(6 * 1024 * 1024))
    expect(await client(relay).processImage(job('/uploads/c'))).toMatchObject({
      value: { state: 'rejected', reason: 'too-large' },
    })
  })

  it('that cannot be fetched or stored are worth another try', async () => {
    const failed = { ok: false, retry: true, code: 'storage-failed' }
    expect(await client(relay).processImage(job('/uploads/none'))).toEqual(failed)
    worker.files.set('/uploads/d', await halves(100, 100).jpeg().toBuffer())
    worker.refusing = true
    expect(await client(relay).processImage(job('/uploads/d'))).toEqual(failed)
    worker.refusing = false
    expect(await client(relay).processImage(job('/uploads/d'))).toMatchObject({ ok: true })
  })

  it.each(['http://169.254.169.254/latest/meta-data', 'http://127.0.0.1:1/x', 'file:///etc/passwd'])(
    'are never fetched from %s',
    async (source) => {
      expect(await client(relay).processImage(job(source))).toEqual({ ok: false, retry: true, code: 'storage-failed' })
    },
  )
})

describe('the relay that is away', () => {
  it('is worth another try', async () => {
    const nobody = createRelay({ url: 'http://127.0.0.1:9', secret: new Uint8Array(32) })
    expect(await nobody.publish(likes('accounts', 1, 1))).toEqual({ ok: false, retry: true, code: 'unreachable' })
  })

  it('ends with one line when its settings are wrong', async () => {
    await expect(startRelay({ dataDir: await newFolder(), env: { MAIL: 'pigeon' } })).rejects.toThrow('ended with 1')
  })

  it('finishes what it has in hand when asked to stop', async () => {
    const secret = randomBytes(32)
    const worker = await storage(secret)
    const relay = await startRelay({ secret, workerUrl: worker.url })
    worker.files.set('/uploads/a', await halves(1_600, 1_200).jpeg().toBuffer())
    const made = client(relay).processImage({
      kind: 'image',
      id: jobId(),
      contentType: 'image/jpeg',
      source: '/uploads/a',
      targets: Object.fromEntries(
        ['160', '480', '1080', '1980'].flatMap((w) => [`${w}.avif`, `${w}.webp`]).map((n) => [n, `/uploads/a/${n}`]),
      ),
    })
    await worker.asked
    expect(await relay.stop()).toBe(0)
    expect(await made).toMatchObject({ ok: true, value: { state: 'ready' } })
    await worker.close()
  })
})

/** Stands where the Worker's storage routes are, and checks signatures as they do. */
async function storage(secret: Uint8Array) {
  const files = new Map<string, Buffer>()
  const types = new Map<string, string>()
  const unsigned: string[] = []
  let tellAsked = () => {}
  const asked = new Promise<void>((resolve) => (tellAsked = resolve))
  const state = { refusing: false }
  const server = createServer((request, response) => {
    tellAsked()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { method = '', url: path = '', headers } = request
      const body = Buffer.concat(chunks)
      const token = (headers.authorization ?? '').replace('Bearer ', '')
      if (!(await isFromRelay(secret, token, { method, path, body }))) unsigned.push(path)
      const { pathname } = new URL(path, 'http://x')
      if (method === 'PUT' && !state.refusing) {
        files.set(pathname, body)
        types.set(pathname, headers['content-type'] ?? '')
        response.writeHead(204).end()
      } else if (method === 'GET' && files.has(pathname)) response.writeHead(200).end(files.get(pathname))
      else response.writeHead(404).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return Object.assign(state, { url, files, types, unsigned, asked, close })
}
