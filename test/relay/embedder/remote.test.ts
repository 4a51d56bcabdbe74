import { describe, expect, it, vi } from 'vitest'
import { EmbedderAway, EmbedderWrong } from '../../../relay/embedder/embedder.ts'
import { createOpenAiEmbedder } from '../../../relay/embedder/openai.ts'
import { createWorkersAiEmbedder } from '../../../relay/embedder/workers-ai.ts'
import { dot } from '../../../relay/vectors/spread.ts'
import { embeddingsServer, refusing } from '../../support/embeddings.ts'

const settings = { dimension: 8, floor: 0.3, pauseMs: () => 1 }
const long = 600_000
const things = (count: number) => Array.from({ length: count }, (_, at) => ({ title: `물건 ${at}`, content: '설명' }))

async function openai(more: Partial<Parameters<typeof createOpenAiEmbedder>[0]> = {}) {
  const server = await embeddingsServer()
  const embedder = createOpenAiEmbedder({
    url: `${server.url}/v1/`,
    key: 'sk-test',
    model: 'bge-m3',
    ...settings,
    ...more,
  })
  return { server, embedder }
}

describe('an embedder that speaks OpenAI', () => {
  it('asks as documented, and gives vectors of length 1 in the order of the things', async () => {
    const { server, embedder } = await openai()
    const [first, second, other] = await embedder.embedThings([
      { title: '가방', content: '가죽' },
      { title: '의자', content: '' },
      { title: '가방', content: '가죽' },
    ])
    expect(server.asked).toEqual([
      {
        path: '/v1/embeddings',
        authorization: 'Bearer sk-test',
        body: { model: 'bge-m3', input: ['가방\n가죽', '의자\n', '가방\n가죽'], encoding_format: 'float' },
      },
    ])
    expect(dot(first!, first!)).toBeCloseTo(1, 5)
    expect([...other!]).toEqual([...first!])
    expect([...second!]).not.toEqual([...first!])
    expect(embedder.id).toBe('openai/bge-m3/8')
  })

  it('asks for short vectors where the model has them, and without a key where there is none', async () => {
    const { server, embedder } = await openai({ model: 'text-embedding-3-small', key: null })
    await embedder.embedThings(things(1))
    expect(server.asked[0]).toMatchObject({ authorization: undefined, body: { dimensions: 8 } })
  })

  it('sends no more than 64 things at once, and none for nothing', async () => {
    const { server, embedder } = await openai()
    expect(await embedder.embedThings(things(150))).toHaveLength(150)
    expect(server.asked.map(({ body }) => (body['input'] as string[]).length)).toEqual([64, 64, 22])
    expect(await embedder.embedThings([])).toEqual([])
    expect(server.asked).toHaveLength(3)
  })

  it.each([
    ['is busy', refusing(429, { 'retry-after': '0' })],
    ['fails', refusing(503)],
    ['hangs up', (response: Parameters<ReturnType<typeof refusing>>[0]) => void response.destroy()],
    [
      'breaks off',
      (response: Parameters<ReturnType<typeof refusing>>[0]) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"data":[')
        response.destroy()
      },
    ],
  ])('tries again when the server %s', async (_, instead) => {
    const { server, embedder } = await openai()
    server.instead.push(instead, instead)
    expect(await embedder.embedThings(things(2))).toHaveLength(2)
    expect(server.asked).toHaveLength(3)
  })

  it('gives up after four tries, and says that later may do', async () => {
    const { server, embedder } = await openai()
    server.instead.push(...Array.from({ length: 4 }, () => refusing(500)))
    await expect(embedder.embedThings(things(1))).rejects.toThrow(EmbedderAway)
    expect(server.asked).toHaveLength(4)
  })

  it('waits as long as it is told to', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const { server, embedder } = await openai()
      server.instead.push(refusing(429, { 'retry-after': '7' }))
      const embedding = embedder.embedThings(things(1))
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), { timeout: 20_000 })
      await vi.advanceTimersByTimeAsync(6_999)
      expect(server.asked).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1)
      expect(await embedding).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    ['refuses the key', refusing(401), /status 401/],
    [
      'answers something else',
      (response: Parameters<ReturnType<typeof refusing>>[0]) => void response.end('{"ok":true}'),
      /no vectors/,
    ],
    [
      'answers too few',
      (response: Parameters<ReturnType<typeof refusing>>[0]) => void response.end('{"data":[]}'),
      /0 vectors came for 1 texts/,
    ],
  ])('does not try again when the server %s', async (_, instead, reason) => {
    const { server, embedder } = await openai()
    server.instead.push(instead)
    const embedding = embedder.embedThings(things(1))
    await expect(embedding).rejects.toThrow(EmbedderWrong)
    await expect(embedding).rejects.toThrow(reason)
    expect(server.asked).toHaveLength(1)
  })

  it('refuses vectors of another dimension', async () => {
    const { embedder } = await openai({ dimension: 16 })
    await expect(embedder.embedThings(things(1))).rejects.toThrow(/8 dimensions came where EMBEDDER_DIMENSION is 16/)
  })

  it('remembers the vectors of words, and asks for equal words once', async () => {
    const { server, embedder } = await openai()
    const [first, second] = await Promise.all([embedder.embedWords('가방', long), embedder.embedWords(' 가방 ', long)])
    expect(first).not.toBeNull()
    expect(second).toBe(first)
    expect(await embedder.embedWords('가방', long)).toBe(first)
    expect(server.asked).toHaveLength(1)
  })

  it('gives up on words in time, and has them ready for the next', async () => {
    const { server, embedder } = await openai()
    let release = () => {}
    server.instead.push((response) => {
      release = () => void response.end(JSON.stringify({ data: [{ index: 0, embedding: [1, 0, 0, 0, 0, 0, 0, 0] }] }))
    })
    expect(await embedder.embedWords('가방', 1)).toBeNull()
    const next = embedder.embedWords('가방', long)
    await vi.waitFor(() => expect(server.asked).toHaveLength(1), { timeout: 20_000 })
    release()
    expect([...(await next)!]).toEqual([1, 0, 0, 0, 0, 0, 0, 0])
    expect(server.asked).toHaveLength(1)
  })

  it('has no words where the server is away, and asks anew the next time', async () => {
    const { server, embedder } = await openai()
    server.instead.push(refusing(503))
    expect(await embedder.embedWords('가방', long)).toBeNull()
    expect(await embedder.embedWords('가방', long)).toHaveLength(8)
  })
})

describe('an embedder on Workers AI', () => {
  it('asks as documented', async () => {
    const server = await embeddingsServer()
    const model = '@cf/baai/bge-m3'
    const embedder = createWorkersAiEmbedder({ url: server.url, account: 'a1b2', key: 'token', model, ...settings })
    const [vector] = await embedder.embedThings([{ title: '가방', content: '가죽' }])
    expect(dot(vector!, vector!)).toBeCloseTo(1, 5)
    expect(server.asked).toEqual([
      { path: '/accounts/a1b2/ai/run/@cf/baai/bge-m3', authorization: 'Bearer token', body: { text: ['가방\n가죽'] } },
    ])
    expect(embedder.id).toBe('workers-ai/@cf/baai/bge-m3/8')
  })

  it('sees through an answer that is a failure', async () => {
    const server = await embeddingsServer()
    server.instead.push((response) => void response.end('{"success":false,"errors":[{"code":3030}],"result":null}'))
    const embedder = createWorkersAiEmbedder({
      url: server.url,
      account: 'a1b2',
      key: 'token',
      model: 'm',
      ...settings,
    })
    await expect(embedder.embedThings(things(1))).rejects.toThrow(EmbedderWrong)
  })
})
