import { mkdir, appendFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { offlineEmbedder } from '../../../relay/embedder/offline.ts'
import type { Embedder } from '../../../relay/embedder/embedder.ts'
import { archiveIn } from '../../../relay/handlers/archive.ts'
import { indexInto } from '../../../relay/handlers/index.ts'
import { createSearch } from '../../../relay/search.ts'
import { openEmbeddedIndex } from '../../../relay/vectors/embedded.ts'
import { madeWith } from '../../../relay/vectors/open.ts'
import { rebuildIndex } from '../../../relay/vectors/rebuild.ts'
import type { VectorIndex } from '../../../relay/vectors/vectors.ts'
import type { Envelope } from '../../../worker/contract/events.ts'
import type { IndexKind } from '../../../worker/contract/relay.ts'
import { course, described, lifted, profile, streamOf, suspended } from '../../support/facts.ts'
import { newFolder } from '../../support/relay.ts'
import { idsOf } from '../../support/vectors.ts'

type Run = readonly [Envelope, ...Envelope[]]
const now = Date.parse('2026-11-26T03:00:00.000Z')

describe('facts in the index', () => {
  let folder: string
  let index: VectorIndex
  let embedded: number
  const embedder: Embedder = {
    ...offlineEmbedder,
    embedThings(things) {
      embedded += things.length
      return offlineEmbedder.embedThings(things)
    },
  }

  beforeEach(async () => {
    folder = await newFolder()
    embedded = 0
    index = await open()
    await index.rebuild(async () => {})
  })
  afterEach(() => index.close())

  const open = async () => openEmbeddedIndex(join(folder, 'index.sqlite'), madeWith(offlineEmbedder))
  const take = (run: Run) => indexInto({ index, embedder })(run)
  async function find(text: string, { kinds = ['auction'] as IndexKind[], states = null as 'running'[] | null } = {}) {
    const search = createSearch({ index, embedder, now: () => now })
    const found = await search.search({ text, kinds, limit: 10, ...(states ? { where: { states } } : {}) })
    return idsOf(found.items)
  }

  it('find an auction from its description to its cancellation', async () => {
    await take(streamOf('auction:auc_1', [course('auc_1', 'auction-published'), described('auc_1')]))
    expect(await find('카메라')).toEqual(['auc_1'])
    expect(await find('제주')).toEqual(['auc_1'])
    expect(await find('카메라', { states: ['running'] })).toEqual([])
    await take(streamOf('auction:auc_1', [course('auc_1', 'auction-started')], 3))
    expect(await find('카메라', { states: ['running'] })).toEqual(['auc_1'])
    await take(streamOf('auction:auc_1', [course('auc_1', 'auction-ended')], 4))
    expect(await find('카메라', { states: ['running'] })).toEqual([])
    expect((await index.get(['auc_1']))[0]?.state).toBe('ended')
    await take(streamOf('auction:auc_1', [course('auc_1', 'auction-voided')], 5))
    expect(await find('카메라')).toEqual([])
    expect(await index.count()).toBe(0)
  })

  it('take a whole course in one run', async () => {
    const types = ['auction-started', 'bid-placed', 'auction-ended'] as const
    await take(streamOf('auction:auc_1', [described('auc_1'), ...types.map((type) => course('auc_1', type))]))
    expect((await index.get(['auc_1']))[0]?.state).toBe('ended')
    expect(await index.place('auction:auc_1')).toBe(4)
    await take(streamOf('auction:auc_2', [described('auc_2'), course('auc_2', 'auction-cancelled')]))
    expect(await index.get(['auc_2'])).toEqual([])
  })

  it('have each effect once, whatever is delivered again', async () => {
    const all = streamOf('auction:auc_1', [
      described('auc_1'),
      course('auc_1', 'auction-started'),
      course('auc_1', 'auction-cancelled'),
    ])
    await take(all)
    await take([all[0]])
    await take(all)
    expect(await find('카메라')).toEqual([])
    await take(streamOf('auction:auc_2', [described('auc_2'), course('auc_2', 'auction-ended')]))
    const before = embedded
    await take(streamOf('auction:auc_2', [described('auc_2'), course('auc_2', 'auction-started')]))
    expect((await index.get(['auc_2']))[0]?.state).toBe('ended')
    expect(embedded).toBe(before)
  })

  it('say nothing of an auction that was never described', async () => {
    await take(streamOf('auction:auc_old', [course('auc_old', 'auction-started')], 7))
    expect(await index.count()).toBe(0)
    expect(await index.place('auction:auc_old')).toBe(7)
  })

  it('pass by bids and chat without a write', async () => {
    await take(streamOf('auction:auc_1', [course('auc_1', 'bid-placed')]))
    expect(await index.place('auction:auc_1')).toBe(0)
  })

  it('find people by name, handle and what they say, and follow their changes', async () => {
    await take(streamOf('profiles', [profile('acc_minji'), profile('acc_haru', { name: '하루', bio: '' })]))
    for (const text of ['민지', '김민지', 'minji', '필름', 'ㄱㅁㅈ'])
      expect(await find(text, { kinds: ['person'] })).toEqual(['acc_minji'])
    await take(streamOf('profiles', [profile('acc_minji', { name: '박서연', bio: '' })], 3))
    expect(await find('김민지', { kinds: ['person'] })).not.toContain('acc_minji')
    expect(await find('서연', { kinds: ['person'] })).toEqual(['acc_minji'])
  })

  it('tell of a private person no more than the names', async () => {
    await take(streamOf('profiles', [profile('acc_minji', { isPublic: false })]))
    expect(await find('민지', { kinds: ['person'] })).toEqual(['acc_minji'])
    expect(await find('필름 사진', { kinds: ['person'] })).toEqual([])
    expect((await index.get(['acc_minji']))[0]?.vector.every((value) => value === 0)).toBe(true)
  })

  it('hide somebody who is suspended with all their things, until the time or the lifting', async () => {
    await take(streamOf('profiles', [profile('acc_seller')]))
    await take(streamOf('auction:auc_1', [described('auc_1')]))
    await take(streamOf('accounts', [suspended('acc_seller', '2026-11-27T00:00:00.000Z')]))
    await take(streamOf('auction:auc_2', [described('auc_2')]))
    await take(streamOf('profiles', [profile('acc_seller', { name: '김민지' })], 2))
    expect(await find('카메라')).toEqual([])
    expect(await find('민지', { kinds: ['person'] })).toEqual([])
    const [later] = [createSearch({ index, embedder, now: () => Date.parse('2026-11-27T00:00:00.000Z') })]
    expect((await later.search({ text: '카메라', kinds: ['auction'], limit: 10 })).items).toHaveLength(2)
    await take(streamOf('accounts', [lifted('acc_seller')], 2))
    expect((await find('카메라')).sort()).toEqual(['auc_1', 'auc_2'])
    expect(await find('민지', { kinds: ['person'] })).toEqual(['acc_seller'])
  })

  it('know of a suspension that came before anything of that person', async () => {
    await take(streamOf('accounts', [suspended('acc_seller', null)]))
    await take(streamOf('auction:auc_1', [described('auc_1')]))
    await take(streamOf('profiles', [profile('acc_seller')]))
    expect(await find('카메라')).toEqual([])
    expect(await find('민지', { kinds: ['person'] })).toEqual([])
  })

  it('let no auction slip by a suspension that comes at the same time', async () => {
    const handler = indexInto({ index, embedder })
    await Promise.all([
      handler(streamOf('auction:auc_1', [described('auc_1')])),
      handler(streamOf('accounts', [suspended('acc_seller', null)])),
      handler(streamOf('auction:auc_2', [described('auc_2')])),
    ])
    expect(await find('카메라')).toEqual([])
  })

  it('wait for an embedder that is away, and lose nothing', async () => {
    let isAway = true
    const away: Embedder = {
      ...embedder,
      embedThings: (things) => (isAway ? Promise.reject(new Error('no answer')) : offlineEmbedder.embedThings(things)),
    }
    const handler = indexInto({ index, embedder: away })
    const run = streamOf('auction:auc_1', [described('auc_1')])
    await expect(handler(run)).rejects.toThrow('no answer')
    expect(await index.place('auction:auc_1')).toBe(0)
    isAway = false
    await handler(run)
    expect(await find('카메라')).toEqual(['auc_1'])
  })

  describe('built from the archive', () => {
    const runs = [
      streamOf('profiles', [profile('acc_seller'), profile('acc_haru', { name: '하루' }), profile('acc_haru')]),
      streamOf('accounts', [suspended('acc_haru', null), suspended('acc_owl', null), lifted('acc_owl')]),
      streamOf('auction:auc_1', [described('auc_1'), course('auc_1', 'auction-started')]),
      streamOf('auction:auc_2', [described('auc_2', { seller: 'acc_haru' })]),
      streamOf('auction:auc_3', [described('auc_3'), course('auc_3', 'auction-cancelled')]),
      streamOf('auction:auc_4', [course('auc_4', 'auction-started'), course('auc_4', 'bid-placed')]),
    ]
    const ids = ['acc_seller', 'acc_haru', 'acc_owl', 'auc_1', 'auc_2', 'auc_3', 'auc_4']

    async function archived(): Promise<string> {
      const archive = join(folder, 'archive')
      const keep = archiveIn(archive)
      for (const run of runs) await keep(run)
      return archive
    }

    it('are the same as taken one by one', async () => {
      for (const run of runs) await take(run)
      const taken = await index.get(ids)
      const rebuilt = await rebuildIndex(await archived(), index, embedder)
      expect(await index.get(ids)).toEqual(taken)
      expect(rebuilt).toEqual({ streams: 6, of: 6, items: 5 })
      for (const run of runs) expect(await index.place(run[0].stream)).toBe(run.at(-1)!.seq)
    })

    it('go on from where the archive ends, and drop what is delivered again', async () => {
      await rebuildIndex(await archived(), index, embedder)
      const before = embedded
      for (const run of runs) await take(run)
      expect(embedded).toBe(before)
      await take(streamOf('auction:auc_1', [course('auc_1', 'auction-ended')], 3))
      expect((await index.get(['auc_1']))[0]?.state).toBe('ended')
    })

    it('are read up to a line that a crash cut off', async () => {
      const archive = await archived()
      await appendFile(join(archive, 'auction', 'auc_1.jsonl'), '{"stream":"auction:auc_1","seq":3,')
      await rebuildIndex(archive, index, embedder)
      expect(await index.place('auction:auc_1')).toBe(2)
    })

    it('are none where nothing was archived yet', async () => {
      expect(await rebuildIndex(join(folder, 'nowhere'), index, embedder)).toEqual({ streams: 2, of: 2, items: 0 })
      expect(await index.count()).toBe(0)
    })

    it('tell how far it is, in the end all', async () => {
      const archive = join(folder, 'archive')
      const many = Array.from({ length: 300 }, (_, at) => `auc_${String(at).padStart(4, '0')}`)
      for (const auction of many) {
        const path = join(archive, 'auction', `${auction}.jsonl`)
        await mkdir(dirname(path), { recursive: true })
        await appendFile(path, `${JSON.stringify(streamOf(`auction:${auction}`, [described(auction)])[0])}\n`)
      }
      const told: number[] = []
      await rebuildIndex(archive, index, embedder, ({ items }) => told.push(items))
      expect(told.length).toBeGreaterThan(2)
      expect(told).toEqual(told.toSorted((one, other) => one - other))
      expect(told.at(-1)).toBe(300)
    })
  })
})
