import { describe, expect, it } from 'vitest'
import { actor } from '../../support/worker/actors.ts'
import { ask } from '../../support/worker/app.ts'
import { draft, must, publish } from '../../support/worker/auctions.ts'
import { withRelay, type TestRelay } from '../../support/worker/relay.ts'
import {
  found,
  idsOf,
  manyAuctions,
  near,
  opened,
  ownMinute,
  tell,
  walk,
  walkedIds,
} from '../../support/worker/search.ts'

/** What can be wrong with an index, as far as its asker can tell. */
const faults: [string, (relay: TestRelay) => void][] = [
  ['is down', (relay) => (relay.act = 'is-away')],
  ['is late', (relay) => (relay.act = 'is-late')],
  ['refuses', (relay) => (relay.act = 'refuses')],
]

let words = 0
const newWord = () => `찾말${'가나다라마바사'[words++ % 7]}${words}`

describe.each(faults)('with an index that %s', (_, spoil) => {
  it('auctions are found by keywords, best match first, over pages in one order, and it says so', async () => {
    const word = newWord()
    const made = await manyAuctions(4, (place) =>
      place === 2
        ? { title: `빈티지 ${word}` }
        : { content: `조금 다른 물건이에요. ${word}를 닮았어요. `.repeat(place + 1) },
    )
    const late = await actor('late')
    const more = await draft(late, { title: `늦게 온 ${word}` })
    spoil(withRelay())
    const pages = await walk(`/api/search?q=${word}&limit=2`, {
      between: () => publish(late, more),
    })
    expect(pages.map(({ degraded }) => degraded)).toEqual([true, true])
    const ids = walkedIds(pages)
    expect(ids[0]).toBe(made[2]?.id)
    expect(ids.toSorted()).toEqual(made.map(({ id }) => id).toSorted())
  })

  it('people are found by handle, then by name', async () => {
    const word = `tree${words++}`
    const named = await actor(`${word} of plums`)
    const handled = await actor('someone', { handle: `${word}.plum` })
    const reader = await actor(`${word} myself`)
    spoil(withRelay())
    const { body } = await reader.get(`/api/search?q=${word}&type=people`)
    expect(body).toMatchObject({ type: 'people', degraded: true })
    expect(body.items.map(({ handle }: { handle: string }) => handle)).toEqual([handled.handle, named.handle])
  })

  it('recommendations are the common order, and say so on each page', async () => {
    const [first] = await manyAuctions(4)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(first?.id ?? '')])
    spoil(relay)
    const pages = await walk('/api/auctions/recommend?limit=3', { as: reader, at: ownMinute() })
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.every(({ degraded }) => degraded)).toBe(true)
    expect(pages.flatMap(({ items }) => items).every(({ why }) => why.code !== 'similar-to')).toBe(true)
  })

  it('related things are the newest of the same category', async () => {
    const made = await manyAuctions(3, () => ({ category: 'pet' }))
    await manyAuctions(1, () => ({ category: 'baby' }))
    spoil(withRelay())
    const { body } = await ask('GET', `/api/recommendations/related?target=${made[1]?.id}`)
    expect(body.degraded).toBe(true)
    const ids = body.items.map(({ auction }: { auction: { id: string } }) => auction.id)
    expect(ids).not.toContain(made[1]?.id)
    expect(ids.slice(0, 2)).toEqual([made[2]?.id, made[0]?.id])
  })

  it('signals are taken all the same', async () => {
    const [one] = await manyAuctions(1)
    const reader = await actor('reader')
    spoil(withRelay())
    expect((await tell(reader, [opened(one?.id ?? '')])).status).toBe(204)
  })
})

describe('with an index that makes no sense', () => {
  it('nothing made up comes through, and pages still go to the very end', async () => {
    const made = await manyAuctions(4)
    const [liked, good] = made.map(({ id }) => id)
    const reader = await actor('reader')
    const relay = withRelay()
    await tell(reader, [opened(liked ?? '')])
    relay.resemble = () => [
      ...near(['auc_nonsense', reader.account, '', liked ?? ''], liked ?? ''),
      ...near([made[2]?.id ?? ''], 'never asked about'),
      ...near([good ?? '', good ?? ''], liked ?? ''),
    ]
    const ids = walkedIds(await walk('/api/auctions/recommend?limit=2', { as: reader, at: ownMinute() }))
    expect(ids[0]).toBe(good)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id } of made) expect(ids).toContain(id)
  })

  it('an index that knows that meaning did not count is believed', async () => {
    const [one] = await manyAuctions(1)
    withRelay().find = () => ({ ...found([one?.id ?? '']), degraded: true })
    const answer = await ask('GET', '/api/search?q=x')
    expect(must(answer, 200).degraded).toBe(true)
    expect(idsOf(answer)).toEqual([one?.id])
  })
})
