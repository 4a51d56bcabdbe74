import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../worker/kernel/ids.ts'
import { actor, staff, suspend, type Actor } from '../../support/worker/actors.ts'
import { keyed, must, newKey } from '../../support/worker/auctions.ts'
import { DAY, HOUR } from '../../support/worker/clock.ts'
import { caseOf, crashDeal, dealBetween, see, setDealClock, step, tryStep } from '../../support/worker/deals.ts'
import { readyPicture } from '../../support/worker/media.ts'
import { withRelay } from '../../support/worker/relay.ts'
import { eventually } from '../../support/worker/rooms.ts'

let seller: Actor
let buyer: Actor
let moderator: Actor

beforeAll(async () => {
  ;[seller, buyer, moderator] = await Promise.all([actor('seller'), actor('buyer'), staff('moderator')])
})

const broken = { type: 'damaged', text: '렌즈가 깨졌어요' }

async function disputed(who: Actor = buyer) {
  const deal = await dealBetween(seller, buyer)
  await step(seller, deal, 'hand-over', { carrier: 'CJ' })
  await step(who, deal, 'disputes', broken)
  return deal
}

async function add(who: Actor, deal: string, entry: object) {
  return must(await tryStep(who, deal, 'disputes/entries', entry), 201).items
}

describe('a dispute', () => {
  test('stops completion by itself', async () => {
    const deal = await disputed()
    await setDealClock(deal, 6 * DAY + 23 * HOUR)
    expect(await see(buyer, deal)).toMatchObject({ state: 'disputed', stage: 'handed-over' })
  })

  test('is settled by what one proposes and the other agrees to', async () => {
    const deal = await disputed()
    const [proposal] = await add(seller, deal, { kind: 'proposal', remedy: 'part', amount: 20_000 })
    expect(proposal).toMatchObject({ number: 1, by: 'seller', remedy: 'part', amount: 20_000 })
    const own = await tryStep(seller, deal, 'disputes/entries', { kind: 'agreement', proposal: 1 })
    expect(own.body.code).toBe('deal-step-not-now')
    await add(buyer, deal, { kind: 'proposal', remedy: 'return' })
    const beaten = await tryStep(buyer, deal, 'disputes/entries', { kind: 'agreement', proposal: 1 })
    expect(beaten.body.code).toBe('deal-step-not-now')
    const all = await add(seller, deal, { kind: 'agreement', proposal: 2 })
    expect(all.map(({ kind }: { kind: string }) => kind)).toEqual(['proposal', 'proposal', 'agreement'])
    expect(await see(buyer, deal)).toMatchObject({ state: 'cancelled', fault: null, dispute: { outcome: 'return' } })
  })

  test('makes a deal of what the buyer keeps', async () => {
    const deal = await disputed()
    await add(buyer, deal, { kind: 'proposal', remedy: 'keep' })
    await add(seller, deal, { kind: 'agreement', proposal: 1 })
    expect(await see(buyer, deal)).toMatchObject({ state: 'completed', dispute: { outcome: 'keep' } })
  })

  test('asks for part of the price and no more', async () => {
    const deal = await disputed()
    const propose = async (entry: object) =>
      (await tryStep(buyer, deal, 'disputes/entries', { kind: 'proposal', ...entry })).body
    expect(await propose({ remedy: 'part' })).toMatchObject({ errors: [{ pointer: '/amount', code: 'required' }] })
    expect(await propose({ remedy: 'part', amount: 90_100 })).toMatchObject({
      errors: [{ pointer: '/amount', code: 'too-big' }],
    })
    expect(await propose({ remedy: 'keep', amount: 100 })).toMatchObject({ errors: [{ pointer: '/amount' }] })
  })

  test('can be opened until 7 days after completion, once by each, and leaves the end as it was', async () => {
    const deal = await dealBetween(seller, buyer)
    await step(buyer, deal, 'confirm')
    await setDealClock(deal, 6 * DAY)
    expect(await step(buyer, deal, 'disputes', broken)).toMatchObject({ state: 'disputed', stage: 'completed' })
    await add(seller, deal, { kind: 'proposal', remedy: 'refund' })
    await add(buyer, deal, { kind: 'agreement', proposal: 1 })
    expect(await see(buyer, deal)).toMatchObject({ state: 'completed', dispute: { outcome: 'refund' } })
    expect((await tryStep(buyer, deal, 'disputes', broken)).body.code).toBe('deal-step-not-now')

    const late = await dealBetween(seller, buyer)
    await step(buyer, late, 'confirm')
    await setDealClock(late, 7 * DAY + HOUR)
    expect((await tryStep(buyer, late, 'disputes', broken)).body.code).toBe('too-late')
  })

  test('goes to a moderator after 7 days, who adds words and a view', async () => {
    const deal = await disputed()
    await setDealClock(deal, 7 * DAY + HOUR)
    expect(await see(buyer, deal)).toMatchObject({ dispute: { withModerator: true }, next: { step: 'moderator' } })
    const id = await caseOf(moderator, deal)
    const asked = must(
      await moderator.post(
        `/api/deals/${deal}/disputes/entries`,
        { kind: 'evidence', text: '사진이 있나요?' },
        keyed(),
      ),
      201,
    )
    expect(asked.items[0]).toMatchObject({ by: 'moderator', text: '사진이 있나요?' })
    const ruling = { fault: 'none', reason: '누구의 말이 맞는지 알 수 없어요.' }
    const ruled = must(await moderator.post(`/api/moderation/cases/${id}/ruling`, ruling, keyed()), 200)
    expect(ruled).toMatchObject({ state: 'ruled', ruling: { ...ruling, overturnedAt: null } })
    // Nobody's fault: it goes on from where it stood, and both have time again.
    expect(await see(buyer, deal)).toMatchObject({ state: 'handed-over', fault: null, ruling: { fault: 'none' } })
    await eventually(async () => {
      const { items } = must(await moderator.get('/api/moderation/cases?state=closed&limit=50'), 200)
      // What was answered at once is what stands there from then on.
      expect(items.find((one: { id: string }) => one.id === id)).toEqual(ruled)
    })
  })

  test('of the buyer’s own is over when they confirm after all, for a moderator, too', async () => {
    const deal = await disputed()
    await setDealClock(deal, 7 * DAY + HOUR)
    const id = await caseOf(moderator, deal)
    expect((await see(buyer, deal)).may).toContainEqual({ step: 'confirm', from: null, until: null })
    expect(await step(buyer, deal, 'confirm')).toMatchObject({
      state: 'completed',
      fault: null,
      dispute: { outcome: 'keep' },
    })
    await eventually(async () => {
      const { items } = must(await moderator.get('/api/moderation/cases?state=closed&limit=50'), 200)
      expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({ state: 'settled', ruling: null })
    })
  })

  test('of the seller’s is not ended by the buyer alone', async () => {
    const deal = await disputed(seller)
    expect((await tryStep(buyer, deal, 'confirm')).body.code).toBe('deal-step-not-now')
    expect(await see(buyer, deal)).toMatchObject({ state: 'disputed', dispute: { by: 'seller', outcome: null } })
  })

  test('waits for no moderator any more once the two call it off', async () => {
    const deal = await disputed()
    await setDealClock(deal, 7 * DAY + HOUR)
    const id = await caseOf(moderator, deal)
    await step(buyer, deal, 'cancel', { reason: '없던 일로 해요' })
    expect(await step(seller, deal, 'cancel', {})).toMatchObject({ state: 'cancelled' })
    await eventually(async () => {
      const { items } = must(await moderator.get('/api/moderation/cases?state=closed&limit=50'), 200)
      expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({ state: 'settled', ruling: null })
    })
    const late = await moderator.post(
      `/api/moderation/cases/${id}/ruling`,
      { fault: 'seller', reason: '그래도 판매자의 잘못이에요.' },
      keyed(),
    )
    expect(late.body.code).toBe('case-ruled')
  })
})

describe('what a moderator says in a dispute', () => {
  const auditOf = async (deal: string) => {
    const rows = env.DB.prepare('select staff, action, reason from audit where target = ? order by id')
    return (await rows.bind(deal).all()).results
  }
  const say = (deal: string, text: string, key?: string) =>
    tryStep(moderator, deal, 'disputes/entries', { kind: 'evidence', text }, key)

  test('stands in the audit, each word once, whatever comes after it', async () => {
    const deal = await disputed()
    const key = newKey()
    must(await say(deal, '사진이 있나요?', key), 201)
    must(await say(deal, '사진이 있나요?', key), 201)
    const said = (reason: string) => ({ staff: moderator.account, action: 'note-on-deal', reason })
    await eventually(async () => expect(await auditOf(deal)).toEqual([said('사진이 있나요?')]))
    await crashDeal(deal)
    await add(buyer, deal, { kind: 'evidence', text: '여기 있어요' })
    must(await say(deal, '고맙습니다.'), 201)
    await eventually(async () => expect(await auditOf(deal)).toEqual([said('사진이 있나요?'), said('고맙습니다.')]))
    await step(buyer, deal, 'confirm')
    await eventually(async () => {
      const { items } = must(await buyer.get('/api/deals?state=completed'), 200)
      expect(items.map(({ id }: { id: string }) => id)).toContain(deal)
    })
    expect(await auditOf(deal)).toHaveLength(2)
  })

  test('leaves nothing there where it is refused', async () => {
    const deal = await dealBetween(seller, buyer)
    expect((await say(deal, '무슨 일인가요?')).body.code).toBe('deal-step-not-now')
    await step(buyer, deal, 'confirm')
    await eventually(async () => {
      const { items } = must(await buyer.get('/api/deals?state=completed'), 200)
      expect(items.map(({ id }: { id: string }) => id)).toContain(deal)
    })
    expect(await auditOf(deal)).toEqual([])
  })
})

describe('evidence', () => {
  test('is seen by the two of the deal and by staff, and by nobody else', async () => {
    withRelay()
    const media = await readyPicture(buyer, { purpose: 'evidence' })
    const deal = await dealBetween(seller, buyer)
    const foreign = await readyPicture(seller, { purpose: 'evidence' })
    const refused = await tryStep(buyer, deal, 'disputes', { ...broken, media: [foreign] })
    expect(refused.body.code).toBe('media-not-ready')
    const view = await step(buyer, deal, 'disputes', { ...broken, media: [media] })
    expect(view.dispute?.media.map((one) => one.media)).toEqual([media])

    const file = (who: Actor) => who.get(`/api/media/${media}/file?name=160.avif`)
    const stranger = await actor('curious')
    expect((await file(seller)).status).toBe(302)
    expect((await file(moderator)).status).toBe(302)
    expect((await file(stranger)).status).toBe(404)
  })

  test('stays when another step comes with its key', async () => {
    withRelay()
    const [first, second] = [
      await readyPicture(buyer, { purpose: 'evidence' }),
      await readyPicture(buyer, { purpose: 'evidence' }),
    ]
    const deal = await dealBetween(seller, buyer)
    const key = newKey()
    must(await tryStep(buyer, deal, 'disputes', { ...broken, media: [first] }, key), 200)
    const other = { kind: 'evidence', text: '다른 사진이에요', media: [second] }
    expect((await tryStep(buyer, deal, 'disputes/entries', other, key)).body.code).toBe('key-reused')

    const file = (media: string) => seller.get(`/api/media/${media}/file?name=160.avif`)
    expect((await file(first)).status).toBe(302)
    expect((await buyer.delete(`/api/media/${first}`)).body.code).toBe('media-attached')
    // What came with the refused step was let go again.
    expect((await file(second)).status).toBe(404)
    expect((await buyer.delete(`/api/media/${second}`)).status).toBe(204)
  })

  test('keeps the description it was filed with', async () => {
    withRelay()
    const media = await readyPicture(buyer, { purpose: 'evidence', alt: '깨진 렌즈' })
    const deal = await dealBetween(seller, buyer)
    const describeIt = (alt: string) => buyer.patch(`/api/media/${media}`, { alt })
    // Refused, it is promised to nobody.
    const early = { kind: 'evidence', text: '보세요', media: [media] }
    expect((await tryStep(buyer, deal, 'disputes/entries', early)).body.code).toBe('deal-step-not-now')
    must(await describeIt('금이 간 렌즈'), 200)
    await step(buyer, deal, 'disputes', { ...broken, media: [media] })
    expect((await describeIt('멀쩡한 렌즈')).body.code).toBe('media-attached')
    expect((await see(seller, deal)).dispute?.media).toMatchObject([{ media, alt: '금이 간 렌즈' }])
  })

  test('attached under the key alone, as until 2026-11, is still seen', async () => {
    withRelay()
    const media = await readyPicture(buyer, { purpose: 'evidence' })
    const deal = await dealBetween(seller, buyer)
    await step(buyer, deal, 'disputes', { ...broken, media: [media] })
    const target = `${deal}/${sha256(`${buyer.account} ${newKey()}`)}`
    await env.DB.prepare('update media_attachment set target = ? where media = ?').bind(target, media).run()
    expect((await seller.get(`/api/media/${media}/file?name=160.avif`)).status).toBe(302)
    expect((await buyer.delete(`/api/media/${media}`)).body.code).toBe('media-attached')
  })
})

describe.each(['moderator', 'admin'] as const)('a suspended %s', (role) => {
  test('is no staff: deal, entries and evidence are not there', async () => {
    withRelay()
    const media = await readyPicture(buyer, { purpose: 'evidence' })
    const deal = await dealBetween(seller, buyer)
    await step(buyer, deal, 'disputes', { ...broken, media: [media] })
    const colleague = await staff(role)
    const reads = async () => {
      const paths = [`deals/${deal}`, `deals/${deal}/disputes/entries`, `media/${media}/file?name=160.avif`]
      return Promise.all(paths.map(async (path) => (await colleague.get(`/api/${path}`)).status))
    }
    const say = () => tryStep(colleague, deal, 'disputes/entries', { kind: 'evidence', text: '사진이 더 있나요?' })
    expect(await reads()).toEqual([200, 200, 302])
    must(await say(), 201)
    await suspend(colleague, Date.now() + DAY)
    expect(await reads()).toEqual([404, 404, 404])
    expect((await say()).body.code).toBe('not-found')
    await suspend(colleague, null)
    expect(await reads()).toEqual([200, 200, 302])
  })

  test('still sees the own deal, as a party', async () => {
    withRelay()
    const media = await readyPicture(buyer, { purpose: 'evidence' })
    const colleague = await staff(role)
    const deal = await dealBetween(colleague, buyer)
    await step(buyer, deal, 'disputes', { ...broken, media: [media] })
    await suspend(colleague, Date.now() + DAY)
    expect(await see(colleague, deal)).toMatchObject({ role: 'seller', state: 'disputed' })
    expect(await add(colleague, deal, { kind: 'evidence', text: '보낼 때는 멀쩡했어요' })).toMatchObject([
      { by: 'seller' },
    ])
    expect((await colleague.get(`/api/media/${media}/file?name=160.avif`)).status).toBe(302)
  })
})

describe('the case file', () => {
  test('holds terms, ledger, what was said, steps and evidence, for the two alone', async () => {
    const deal = await disputed()
    const { room, auction } = await see(buyer, deal)
    await eventually(async () => {
      must(await seller.post(`/api/chats/rooms/${room}/messages`, { text: '잘 포장했는데요' }, keyed()), 201)
    })
    await add(buyer, deal, { kind: 'evidence', text: '상자가 젖어 있었어요' })
    const answer = await buyer.get(`/api/deals/${deal}/case`)
    const file = must(answer, 200)
    expect(answer.headers.get('content-disposition')).toContain(`${deal}.json`)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(file.deal).toMatchObject({ id: deal, auction, state: 'disputed' })
    expect(file.ledger.entries.at(-1).entry).toMatchObject({ type: 'ended' })
    expect(file.entries).toMatchObject([{ text: '상자가 젖어 있었어요' }])
    expect(file.messages.map(({ text }: { text: string | null }) => text)).toContain('잘 포장했는데요')
    expect((await moderator.get(`/api/deals/${deal}/case`)).status).toBe(404)
  })
})
