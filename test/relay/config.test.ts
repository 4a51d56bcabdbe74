import { describe, expect, it } from 'vitest'
import { readConfig } from '../../relay/config.ts'

const least = { RELAY_SECRET: 'a'.repeat(43), WORKER_URL: 'http://localhost:8787' }

describe('the settings of the relay', () => {
  it('need no more than a secret and the Worker', () => {
    expect(readConfig(least)).toMatchObject({
      port: 8788,
      host: '127.0.0.1',
      mail: { kind: 'mailbox' },
      sms: { kind: 'mailbox' },
      storageOrigins: ['http://localhost:8787'],
      bus: { kind: 'embedded' },
      vectors: { kind: 'embedded' },
      embedder: { kind: 'offline' },
    })
  })

  it('take an empty value for none', () => {
    expect(readConfig({ ...least, PORT: '', SMTP_URL: '' }).port).toBe(8788)
  })

  it('name a Pulsar by its addresses', () => {
    const web = { ...least, PULSAR_WEB_URL: 'http://127.0.0.1:8080/' }
    const where = { webUrl: 'http://127.0.0.1:8080', namespace: 'public/hallabong', token: null }
    expect(readConfig({ ...web, BUS: 'pulsar-websocket' }).bus).toEqual({ kind: 'pulsar-websocket', ...where })
    expect(
      readConfig({ ...web, BUS: 'pulsar', PULSAR_URL: 'pulsar://127.0.0.1:6650', PULSAR_NAMESPACE: 'shop/live' }).bus,
    ).toEqual({ kind: 'pulsar', url: 'pulsar://127.0.0.1:6650', ...where, namespace: 'shop/live' })
  })

  const real = {
    ...least,
    MAIL: 'smtp',
    SMTP_URL: 'smtps://u:p@mail.example:465',
    MAIL_FROM: 'Hallabong <no-reply@hallabong.example>',
    SMS: 'twilio',
    SMS_FROM: '+15005550006',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'secret',
  }

  it('open the host only with real carriers', () => {
    expect(readConfig({ ...real, HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
    expect(() => readConfig({ ...real, HOST: '0.0.0.0', SMS: 'mailbox' })).toThrow(/^Setting SMS is mailbox/)
    expect(() => readConfig({ ...least, HOST: '0.0.0.0' })).toThrow(/^Setting MAIL is mailbox/)
  })

  const model = { EMBEDDER_MODEL: '@cf/baai/bge-m3', EMBEDDER_DIMENSION: '1024' }

  it('take an index on Milvus, and either kind of model', () => {
    const milvus = { VECTORS: 'milvus', MILVUS_ADDRESS: 'https://in03.example.com:443', MILVUS_TOKEN: 'user:password' }
    expect(readConfig({ ...least, ...milvus }).vectors).toEqual({
      kind: 'milvus',
      address: 'https://in03.example.com:443',
      token: 'user:password',
      name: 'hallabong',
    })
    const openai = { EMBEDDER: 'openai', EMBEDDER_URL: 'http://127.0.0.1:8080/v1', EMBEDDER_FLOOR: '0.4' }
    expect(readConfig({ ...least, ...model, ...openai }).embedder).toEqual({
      kind: 'openai',
      url: 'http://127.0.0.1:8080/v1',
      key: null,
      model: '@cf/baai/bge-m3',
      dimension: 1_024,
      floor: 0.4,
    })
    const workersAi = { EMBEDDER: 'workers-ai', EMBEDDER_ACCOUNT: 'a1b2', EMBEDDER_KEY: 'token' }
    expect(readConfig({ ...least, ...model, ...workersAi }).embedder).toMatchObject({ kind: 'workers-ai', url: null })
  })

  it.each([
    [{ RELAY_SECRET: undefined }, /^Setting RELAY_SECRET is missing$/],
    [{ RELAY_SECRET: 'short' }, /^Setting RELAY_SECRET must be at least 32 random bytes/],
    [{ WORKER_URL: 'http://localhost:8787/api' }, /^Setting WORKER_URL must be an origin/],
    [{ BUS: 'pigeon' }, /^Setting BUS must be embedded, pulsar or pulsar-websocket$/],
    [{ BUS: 'pulsar-websocket' }, /^Setting PULSAR_WEB_URL is missing, though BUS is pulsar-websocket$/],
    [
      { BUS: 'pulsar', PULSAR_WEB_URL: 'http://localhost:8080' },
      /^Setting PULSAR_URL is missing, though BUS is pulsar$/,
    ],
    [{ PULSAR_WEB_URL: 'http://localhost:8080' }, /^Setting BUS is embedded, though PULSAR_WEB_URL is set$/],
    [
      { BUS: 'pulsar-websocket', PULSAR_WEB_URL: 'http://localhost:8080', PULSAR_URL: 'pulsar://localhost' },
      /^Setting BUS is pulsar-websocket, though PULSAR_URL is set$/,
    ],
    [{ BUS: 'pulsar', PULSAR_URL: 'http://localhost' }, /^Setting PULSAR_URL must be pulsar/],
    [{ MAIL: 'pigeon' }, /^Setting MAIL must be mailbox or smtp$/],
    [{ MAIL: 'smtp' }, /^Setting SMTP_URL is missing, though MAIL is smtp$/],
    [{ SMTP_URL: 'smtp://localhost' }, /^Setting MAIL is mailbox, though SMTP_URL is set$/],
    [{ SMS_URL: 'https://api.example/v4' }, /^Setting SMS_URL must be an origin/],
    [{ NCP_SENS_SERVICE_ID: 'ncp/../x' }, /^Setting NCP_SENS_SERVICE_ID must be as the console shows it/],
    [{ IMAGE_CORES: '4' }, /^Setting IMAGE_CORES is 4, which needs UV_THREADPOOL_SIZE of 5 or more$/],
    [{ SMS: 'solapi', SMS_FROM: '0212345678' }, /^Setting SOLAPI_API_KEY is missing, though SMS is solapi$/],
    [{ VECTORS: 'milvus' }, /^Setting MILVUS_ADDRESS is missing, though VECTORS is milvus$/],
    [{ MILVUS_ADDRESS: 'localhost:19530' }, /^Setting VECTORS is embedded, though MILVUS_ADDRESS is set$/],
    [{ VECTORS: 'milvus', MILVUS_ADDRESS: 'a b' }, /^Setting MILVUS_ADDRESS must be host:port/],
    [{ EMBEDDER_MODEL: 'bge-m3' }, /^Setting EMBEDDER is offline, though EMBEDDER_MODEL is set$/],
    [{ EMBEDDER: 'openai' }, /^Setting EMBEDDER_MODEL is missing, though EMBEDDER is openai$/],
    [{ ...model, EMBEDDER: 'openai' }, /^Setting EMBEDDER_URL is missing, though EMBEDDER is openai$/],
    [{ ...model, EMBEDDER: 'workers-ai' }, /^Setting EMBEDDER_ACCOUNT is missing, though EMBEDDER is workers-ai$/],
    [
      { ...model, EMBEDDER: 'openai', EMBEDDER_URL: 'http://localhost/v1', EMBEDDER_ACCOUNT: 'a1' },
      /^Setting EMBEDDER is openai, though EMBEDDER_ACCOUNT is set$/,
    ],
    [{ SMS: 'ncp-sens', SMS_FROM: '0212345678' }, /^Setting NCP_SENS_SERVICE_ID is missing, though SMS is ncp-sens$/],
  ])('refuse %o in one line', (change, line) => {
    expect(() => readConfig({ ...least, ...change })).toThrow(line)
  })
})
