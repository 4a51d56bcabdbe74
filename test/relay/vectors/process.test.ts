import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { querying, relayPaths, SearchResponse } from '../../../worker/contract/relay.ts'
import type { SearchRequest, SimilarRequest } from '../../../worker/contract/relay.ts'
import { createRelay, signRequest } from '../../../worker/kernel/relay.ts'
import type { Envelope } from '../../../worker/contract/events.ts'
import { embeddingsServer } from '../../support/embeddings.ts'
import { course, described, profile, streamOf } from '../../support/facts.ts'
import { startRelay } from '../../support/relay.ts'
import type { RelaySettings, RunningRelay } from '../../support/relay.ts'

const auctions = (text: string): SearchRequest => ({ text, kinds: ['auction'], limit: 300 })
const interests = (...ids: string[]): SimilarRequest => ({
  interests: ids.map((id) => ({ kind: 'auction', id, weight: 1 })),
  kinds: ['auction'],
  limit: 10,
  without: [],
  spread: true,
})

describe('the index of a running relay', { timeout: 120_000 }, () => {
  const running: RunningRelay[] = []
  async function start(settings: RelaySettings = {}) {
    const relay = await startRelay(settings)
    running.push(relay)
    return relay
  }
  afterEach(async () => {
    for (const relay of running.splice(0)) await relay.kill()
  })

  const client = ({ url, secret }: RunningRelay) => createRelay({ url, secret: new Uint8Array(secret) })
  const publish = async (relay: RunningRelay, events: readonly Envelope[]) =>
    expect(await client(relay).publish(events)).toMatchObject({ ok: true })

  /** Asks as the Worker does, but for as long as it takes. */
  async function ask({ url, secret }: RunningRelay, path: string, question?: unknown): Promise<unknown> {
    const body = new TextEncoder().encode(question === undefined ? '' : JSON.stringify(question))
    const token = await signRequest(new Uint8Array(secret), { method: 'POST', path, body })
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return (await fetch(url + path, { method: 'POST', headers, body })).json()
  }
  const search = (relay: RunningRelay, question: unknown) => ask(relay, relayPaths.search, question)
  const similar = (relay: RunningRelay, question: unknown) => ask(relay, relayPaths.similar, question)
  const rebuild = (relay: RunningRelay) => ask(relay, relayPaths.rebuild)

  async function found(relay: RunningRelay, question = auctions('카메라')): Promise<string[]> {
    const { items } = SearchResponse.parse(await search(relay, question))
    return items.map(({ id }) => id)
  }
  /** Waits until the index has what was published; the way there is not timed here. */
  const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 60_000, interval: 20 })

  it('answers the Worker by word and by nearness, as facts come in', async () => {
    const relay = await start()
    await publish(relay, streamOf('auction:auc_1', [described('auc_1'), course('auc_1', 'auction-started')]))
    await publish(relay, streamOf('auction:auc_2', [described('auc_2', { title: '미러리스 카메라', seller: 'acc_2' })]))
    await publish(relay, streamOf('profiles', [profile('acc_minji')]))
    await until(async () => expect((await found(relay)).sort()).toEqual(['auc_1', 'auc_2']))
    await until(async () =>
      expect(await found(relay, { text: '민지', kinds: ['person'], limit: 5 })).toEqual(['acc_minji']),
    )
    expect(await found(relay, { ...auctions('카메라'), where: { states: ['running'] } })).toEqual(['auc_1'])
    const near = await similar(relay, interests('auc_1'))
    expect(near).toMatchObject({ items: [{ kind: 'auction', id: 'auc_2', because: 'auc_1' }] })

    await publish(relay, streamOf('auction:auc_2', [course('auc_2', 'auction-cancelled')], 2))
    await until(async () => expect(await found(relay)).toEqual(['auc_1']))
    expect(await relay.stop()).toBe(0)
  })

  it('refuses questions beyond the limits', async () => {
    const relay = await start()
    const wrong: unknown[] = [
      { ...auctions('카메라'), limit: 301 },
      { ...auctions(''), limit: 1 },
      auctions('가'.repeat(querying.text + 1)),
      { ...auctions('카메라'), kinds: ['post'] },
      { ...auctions('카메라'), account: 'acc_1' },
      { ...auctions('카메라'), where: { category: 'pet"] or id != "' } },
    ]
    for (const question of wrong) expect(await search(relay, question)).toMatchObject({ code: 'malformed' })
    const many = Array.from({ length: 1_001 }, (_, at) => `auc_${at}`)
    for (const question of [
      { ...interests(), interests: [] },
      { ...interests('auc_1'), without: many },
    ])
      expect(await similar(relay, question)).toMatchObject({ code: 'malformed' })
    await until(async () =>
      expect(await client(relay).similar({ ...interests('auc_1'), without: many.slice(1) })).toMatchObject({
        ok: true,
      }),
    )
  })

  it('loses and doubles nothing when it is killed in the middle', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => `auc_${at}`)
    const events = ids.flatMap((id, at) =>
      streamOf(`auction:${id}`, [
        described(id, { title: `카메라 ${at}` }),
        course(id, 'auction-started'),
        course(id, at % 4 === 0 ? 'auction-cancelled' : 'auction-ended'),
      ]),
    )
    let relay = await start()
    const { dataDir, secret } = relay
    for (let from = 0; from < events.length; from += 300) {
      await publish(relay, events.slice(from, from + 300))
      await relay.kill()
      relay = await start({ dataDir, secret })
      // Sent again, as an asker does that got no answer.
      await publish(relay, events.slice(from, from + 300))
    }
    const ended: SearchRequest = { ...auctions('카메라'), where: { states: ['ended'] } }
    await until(async () => expect(await found(relay, ended)).toHaveLength(300))
    const left = await found(relay, ended)
    expect(left.toSorted()).toEqual(ids.filter((_, at) => at % 4 !== 0).toSorted())
    expect(await found(relay)).toHaveLength(300)
  })

  it('is built anew from the archive when another embedder is set, and back again', async () => {
    const server = await embeddingsServer()
    const other = {
      EMBEDDER: 'openai',
      EMBEDDER_URL: `${server.url}/v1`,
      EMBEDDER_MODEL: 'test',
      EMBEDDER_DIMENSION: '8',
    }
    let relay = await start()
    const { dataDir, secret } = relay
    await publish(relay, streamOf('auction:auc_1', [described('auc_1')]))
    await until(async () => expect(await found(relay)).toEqual(['auc_1']))
    await relay.stop()

    relay = await start({ dataDir, secret, env: other })
    expect(await relay.line('index-rebuilt')).toMatchObject({ embedder: 'openai/test/8', items: 1 })
    await until(async () => expect(await found(relay)).toEqual(['auc_1']))
    expect(server.asked.map(({ body }) => body['input'])).toContainEqual([expect.stringMatching(/^필름 카메라\n/)])
    await publish(relay, streamOf('auction:auc_2', [described('auc_2', { title: '의자' })]))
    await until(async () => expect(await found(relay, auctions('의자'))).toContain('auc_2'))
    await relay.stop()

    relay = await start({ dataDir, secret })
    expect(await relay.line('index-rebuilt')).toMatchObject({ embedder: 'offline/1/256', items: 2 })
    await until(async () => expect(await found(relay, auctions('의자'))).toEqual(['auc_2']))
    expect(relay.lines.filter(({ event }) => event === 'index-rebuilt')).toHaveLength(1)
  })

  it('is built anew when it is asked to be, and takes what came meanwhile', async () => {
    const relay = await start()
    await relay.line('index-rebuilt')
    await publish(relay, streamOf('auction:auc_1', [described('auc_1')]))
    const rebuilding = rebuild(relay)
    await publish(relay, streamOf('auction:auc_2', [described('auc_2')]))
    expect(await rebuilding).toMatchObject({ streams: expect.any(Number), items: expect.any(Number) })
    await until(async () => expect((await found(relay)).toSorted()).toEqual(['auc_1', 'auc_2']))
    expect(await rebuild(relay)).toEqual({ streams: 4, items: 2 })
    expect((await found(relay)).toSorted()).toEqual(['auc_1', 'auc_2'])
    expect(await relay.stop()).toBe(0)
  })

  it('goes by keyword alone while the model cannot be asked, and says so at the start', async () => {
    const model = { EMBEDDER_URL: 'http://127.0.0.1:9/v1', EMBEDDER_MODEL: 'test', EMBEDDER_DIMENSION: '8' }
    const relay = await start({ env: { EMBEDDER: 'openai', ...model } })
    expect(await relay.line('embedder-away')).toMatchObject({ embedder: 'openai/test/8', level: 'error' })
    await relay.line('index-rebuilt')
    await until(async () =>
      expect(await client(relay).search(auctions('카메라'))).toEqual({
        ok: true,
        value: { items: [], degraded: true },
      }),
    )
  })

  it('ends the start with one line when its server cannot be reached', async () => {
    const starting = start({ env: { VECTORS: 'milvus', MILVUS_ADDRESS: '127.0.0.1:9' } })
    await expect(starting).rejects.toThrow('ended with 1')
  })
})

describe('a relay that is late', () => {
  it('is unreachable after 300 ms to who asks', async () => {
    const server = createServer(() => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const relay = createRelay({ url, secret: new Uint8Array(32) })
    const away = { ok: false, retry: true, code: 'unreachable' }
    expect(querying.withinMs).toBe(300)
    expect(await Promise.all([relay.search(auctions('카메라')), relay.similar(interests('auc_1'))])).toEqual([
      away,
      away,
    ])
  })
})
