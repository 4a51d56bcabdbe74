import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createSmtpMail } from '../../relay/mail/smtp.ts'
import { writeMail } from '../../relay/mail/templates.ts'
import { createNcpSens, sensSignature } from '../../relay/sms/ncp-sens.ts'
import { post } from '../../relay/sms/post.ts'
import { createSolapi, solapiSignature } from '../../relay/sms/solapi.ts'
import { createTwilio } from '../../relay/sms/twilio.ts'
import { writeSms } from '../../relay/sms/sms.ts'
import type { MailContent } from '../../worker/contract/relay.ts'

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const link = 'http://localhost:8787/password/reset?token=a&b="<x>'
const letter = {
  id: 'job-0123456789abcdef',
  to: 'seller@example.com',
  subject: '인증번호',
  text: '안녕',
  html: '<p>안녕</p>',
}

/** A real SMTP server that keeps what it takes. */
async function smtp(answer: (to: string) => Error | null = () => null) {
  const taken: { from: string; to: string[]; raw: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(answer(address)),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = session.envelope.mailFrom
        taken.push({
          from: from ? from.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  const mail = createSmtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'Hallabong <no-reply@hallabong.example>' })
  closing.push(() => mail.close())
  return { taken, mail, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

const refusal = (code: number) => Object.assign(new Error(`no such user <seller@example.com>`), { responseCode: code })

describe('mail by SMTP', () => {
  it('arrives with both forms of the text and a name that is the job', async () => {
    const { mail, taken } = await smtp()
    expect(await mail.send(letter)).toEqual({ ok: true })
    expect(taken).toHaveLength(1)
    expect(taken[0]).toMatchObject({ from: 'no-reply@hallabong.example', to: ['seller@example.com'] })
    expect(taken[0]!.raw).toContain('Message-ID: <job-0123456789abcdef@hallabong.example>')
    expect(taken[0]!.raw).toContain('text/plain; charset=utf-8')
    expect(taken[0]!.raw).toContain('text/html; charset=utf-8')
    expect(taken[0]!.raw).toContain('Auto-Submitted: auto-generated')
  })

  it('goes to one recipient, whatever the address tries', async () => {
    const { mail, taken } = await smtp()
    await mail.send({ ...letter, to: 'a@example.com, b@example.com' })
    expect(taken.flatMap(({ to }) => to).filter((to) => to === 'b@example.com')).toEqual([])
  })

  it('is over when the server refuses the recipient for good', async () => {
    const { mail } = await smtp(() => refusal(550))
    expect(await mail.send(letter)).toEqual({ ok: false, code: 'refused', reason: 'EENVELOPE 550' })
  })

  it('may be tried again when the server asks for patience', async () => {
    const { mail } = await smtp(() => refusal(451))
    expect(await mail.send(letter)).toEqual({ ok: false, code: 'failed', reason: 'EENVELOPE 451' })
  })

  it('may be tried again when there is no server', async () => {
    const { mail, stop } = await smtp()
    await stop()
    expect(await mail.send(letter)).toMatchObject({ ok: false, code: 'failed' })
  })
})

describe('the words of a mail', () => {
  const contents: MailContent[] = [
    { template: 'verify-email', code: '042137', link, minutes: 30 },
    { template: 'already-registered', link },
    { template: 'reset-password', link, minutes: 30 },
    {
      template: 'security-notice',
      change: 'new-device',
      device: '<b>Firefox</b> & co',
      place: 'Jeju',
      at: '2026-11-21T03:00:00.000Z',
      link,
    },
  ]

  it.each(contents)('of $template are whole in both languages', (content) => {
    for (const language of ['ko', 'en'] as const) {
      const { subject, text, html } = writeMail(content, language)
      expect(subject).toMatch(language === 'ko' ? /^\[한라봉\] ./ : /^\[Hallabong\] ./)
      expect(text).toContain(link)
      expect(html).toContain(`<html lang="${language}">`)
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object/)
    }
    const { subject, text } = writeMail(content, 'en')
    expect(`${subject}${text}`).not.toMatch(/[가-힣]/)
  })

  it('show the code in subject and body', () => {
    const { subject, text, html } = writeMail(contents[0]!, 'ko')
    for (const part of [subject, text, html]) expect(part).toContain('042137')
  })

  it('never become HTML', () => {
    const { html, text } = writeMail(contents[3]!, 'en')
    expect(html).toContain('&lt;b&gt;Firefox&lt;/b&gt; &amp; co')
    expect(html).not.toContain('<b>Firefox')
    expect(html).toContain('href="http://localhost:8787/password/reset?token=a&amp;b=&quot;&lt;x&gt;"')
    expect(text).toContain('<b>Firefox</b> & co')
  })

  it('tell the time in Korea', () => {
    expect(writeMail(contents[3]!, 'en').text).toContain('21 November 2026 at 12:00 (KST)')
  })
})

interface Asked {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** A carrier of text messages that answers as told. */
async function carrier(status: number, answer: unknown) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  closing.push(stop)
  return { asked, stop, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const message = { to: '+821012345678', text: '[한라봉] 인증번호 042137' }

describe('text messages', () => {
  // https://developers.solapi.com/references/authentication/api-key (github.com/solapi/documents, authentication/api-key.md)
  // shows this header and says: HMAC over date and salt joined, keyed with the API secret; ISO 8601; a salt of 12 to 64
  // bytes that is never used twice. The secret of the example is not told, so the value is what `openssl dgst -sha256
  // -hmac` makes of the example's date and salt with a secret of ours.
  const shown = {
    header:
      'HMAC-SHA256 apiKey=NCSAYU7YDBXYORXC, date=2019-07-01T00:41:48Z, salt=jqsba2jxjnrjor, signature=1779eac71a24cbeeadfa7263cb84b7ea0af1714f5c0270aa30ffd34600e363b4',
    ours: '0b21d77f93b864d9e1868a4af88d49c8dd99363a4a2aa544200ba0d6569cdc54',
  }
  const solapiHeader =
    /^HMAC-SHA256 apiKey=(\w+), date=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z), salt=(\w{12,64}), signature=([0-9a-f]{64})$/

  it('by SOLAPI are signed as its documentation shows', async () => {
    expect(solapiHeader.exec(shown.header)).not.toBeNull()
    const signed = { date: '2019-07-01T00:41:48Z', salt: 'jqsba2jxjnrjor', apiSecret: 'the-api-secret-of-the-example' }
    expect(solapiSignature(signed)).toBe(shown.ours)
    const { asked, baseUrl } = await carrier(200, { failedMessageList: [], groupInfo: {} })
    const sms = createSolapi({ from: '0212345678', apiKey: 'KEY', apiSecret: 'SECRET', baseUrl })
    await sms.send(message)
    await sms.send(message)
    const [first, second] = asked.map(({ headers }) => solapiHeader.exec(headers.authorization ?? '')?.slice(1))
    const [apiKey, date = '', salt = '', signature] = first ?? []
    expect([apiKey, signature]).toEqual(['KEY', solapiSignature({ date, salt, apiSecret: 'SECRET' })])
    expect(second?.[2]).not.toBe(salt)
  })

  it('by SOLAPI go to the method for many messages, with what was refused told', async () => {
    const { asked, baseUrl } = await carrier(200, { failedMessageList: [], groupInfo: {} })
    const sms = createSolapi({ from: '0212345678', apiKey: 'KEY', apiSecret: 'SECRET', baseUrl })
    expect(await sms.send(message)).toEqual({ ok: true })
    const [{ url, body }] = asked as [Asked]
    expect(url).toBe('/messages/v4/send-many/detail')
    expect(JSON.parse(body)).toEqual({
      messages: [{ to: '01012345678', from: '0212345678', text: message.text, type: 'SMS' }],
    })
  })

  // https://api.ncloud-docs.com/docs/common-ncpapi ("makeSignature"): HMAC-SHA256 over method, space, path with query, line
  // feed, the timestamp that is sent, line feed, access key; base64. The path of https://api.ncloud-docs.com/docs/sens-sms-send
  // holds the service id with its colons. Timestamp and access key are those of the example there; the value is what
  // `openssl dgst -sha256 -hmac -binary | base64` makes of it with a key of ours.
  it('by NCP SENS are signed as its documentation shows', () => {
    const signed = {
      path: '/sms/v2/services/ncp:sms:kr:258080742855:testservice/messages',
      timestamp: '1505290625682',
      accessKey: 'D78BB444D6D3C84CA38A',
      secretKey: 'the-secret-key-of-the-example',
    }
    expect(sensSignature(signed)).toBe('msvatqRMzYpzNREmcUg40sJXys+twjnjNLlc6hpyhH0=')
  })

  it('by NCP SENS carry the time they are signed with', async () => {
    const { asked, baseUrl } = await carrier(202, { statusCode: '202', requestId: 'r' })
    const sms = createNcpSens({
      from: '0212345678',
      serviceId: 'ncp:sms:kr:1:hallabong',
      accessKey: 'AK',
      secretKey: 'SK',
      baseUrl,
    })
    expect(await sms.send(message)).toEqual({ ok: true })
    const [{ url, headers, body }] = asked as [Asked]
    expect(url).toBe('/sms/v2/services/ncp:sms:kr:1:hallabong/messages')
    const timestamp = String(headers['x-ncp-apigw-timestamp'])
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(5 * 60_000)
    expect(headers['x-ncp-iam-access-key']).toBe('AK')
    expect(headers['x-ncp-apigw-signature-v2']).toBe(
      sensSignature({ path: url, timestamp, accessKey: 'AK', secretKey: 'SK' }),
    )
    expect(JSON.parse(body)).toMatchObject({
      type: 'SMS',
      countryCode: '82',
      from: '0212345678',
      content: message.text,
      messages: [{ to: '01012345678' }],
    })
  })

  // https://www.twilio.com/docs/usage/your-request-to-twilio: HTTP Basic with account SID and auth token. The pair and its
  // value are those of RFC 7617, section 2.
  it('by Twilio are signed as HTTP Basic shows', async () => {
    const { asked, baseUrl } = await carrier(201, { sid: 'SM1', error_code: null })
    await createTwilio({ from: '+1', accountSid: 'Aladdin', authToken: 'open sesame', baseUrl }).send(message)
    expect(asked[0]?.headers.authorization).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
  })

  it.each([
    ['+15005550006', 'From'],
    ['MG0123456789', 'MessagingServiceSid'],
  ])('by Twilio come from %s', async (from, field) => {
    const { asked, baseUrl } = await carrier(201, { sid: 'SM1', status: 'queued', error_code: null })
    const sms = createTwilio({ from, accountSid: 'AC1', authToken: 'TOKEN', baseUrl })
    expect(await sms.send(message)).toEqual({ ok: true })
    const [{ url, headers, body }] = asked as [Asked]
    expect(url).toBe('/2010-04-01/Accounts/AC1/Messages.json')
    expect(headers.authorization).toBe(`Basic ${Buffer.from('AC1:TOKEN').toString('base64')}`)
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      To: '+821012345678',
      Body: message.text,
      [field]: from,
    })
  })

  it.each([
    [503, {}, 'failed'],
    [429, {}, 'failed'],
    [401, {}, 'failed'],
    [500, {}, 'in-doubt'],
    [502, {}, 'in-doubt'],
    [504, {}, 'in-doubt'],
    [400, { errorCode: 'InvalidNumber' }, 'refused'],
    [200, { failedMessageList: [{ statusCode: '1062' }] }, 'refused'],
    [200, 'what', 'refused'],
  ])('that meet %i %o have %s', async (status, answer, code) => {
    const { baseUrl } = await carrier(status, answer)
    const sms = createSolapi({ from: '0212345678', apiKey: 'KEY', apiSecret: 'SECRET', baseUrl })
    expect(await sms.send(message)).toMatchObject({ ok: false, code })
  })

  it.each(['http:', 'https:'])('may be tried again when the carrier cannot be reached by %s', async (protocol) => {
    const { baseUrl, stop } = await carrier(200, {})
    await stop()
    const sms = createTwilio({
      from: '+1',
      accountSid: 'AC1',
      authToken: 'T',
      baseUrl: baseUrl.replace('http:', protocol),
    })
    expect(await sms.send(message)).toMatchObject({ ok: false, code: 'failed' })
  })

  it('may be tried again when the carrier could not prove who it is', async () => {
    // It speaks no TLS at all, so that nothing was said to it.
    const { baseUrl, asked } = await carrier(200, {})
    const sms = createTwilio({
      from: '+1',
      accountSid: 'AC1',
      authToken: 'T',
      baseUrl: baseUrl.replace('http:', 'https:'),
    })
    expect(await sms.send(message)).toMatchObject({ ok: false, code: 'failed' })
    expect(asked).toEqual([])
  })

  it.each([
    ['the connection breaks', (socket: Socket) => socket.destroy()],
    ['no answer comes', () => {}],
    ['the answer breaks off', (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{')],
  ])('are in doubt when they were under way and %s', async (_what, end) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => end(socket))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const sent = await post({ url, headers: {}, body: '{}', refusal: () => null, deadlineMs: 1_000 })
    expect(sent).toMatchObject({ ok: false, code: 'in-doubt' })
  })

  it('fit the cheap kind: 90 bytes as Korean networks count', () => {
    for (const language of ['ko', 'en'] as const) {
      const text = writeSms({ template: 'phone-code', code: '042137', minutes: 5 }, language)
      const bytes = [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 127 ? 2 : 1), 0)
      expect(bytes).toBeLessThanOrEqual(90)
      expect(text).toContain('042137')
    }
  })
})
