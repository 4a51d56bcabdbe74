import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { DealView } from '../../../worker/contract/deals.ts'
import { Afterwards } from '../../../web/features/deals/afterwards.tsx'
import { createDeal, DealProvider } from '../../../web/features/deals/deal.ts'
import { Troubles } from '../../../web/features/deals/troubles.tsx'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { deals as t } from '../../../web/i18n/ko/deals.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider, type KitWords } from '../../../web/ui/words/words.tsx'

const at = '2026-11-26T09:00:00.000Z'

/** What was asked of the API: method, path and body. */
let asked: [string, string, unknown][]
/** What it answers a question that begins so. */
let answers: Record<string, unknown>
let wentTo: string[]

beforeAll(() => loadTexts('ko', ['common', 'problems', 'deals']))
beforeEach(() => {
  asked = []
  wentTo = []
  answers = {}
  vi.stubGlobal('fetch', (input: string, { method = 'GET', body }: { method?: string; body?: string } = {}) => {
    const path = new URL(input, location.origin).pathname
    asked.push([method, path, body === undefined ? null : JSON.parse(body)])
    return Promise.resolve(Response.json(answers[`${method} ${path}`] ?? { items: [] }))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function viewOf(change: Partial<DealView>): DealView {
  const person = { handle: '', name: '', picture: null, suspended: false }
  return {
    id: 'deal_1',
    auction: 'auc_1',
    version: 1,
    serverAt: at,
    endedAt: at,
    deadlines: [],
    may: [],
    next: { step: 'nothing', whose: 'nobody' },
    steps: [],
    role: 'seller',
    state: 'failed',
    stage: 'failed',
    fault: 'buyer',
    report: null,
    dispute: null,
    cancel: null,
    ruling: null,
    seller: person,
    buyer: person,
    ...change,
  } as unknown as DealView
}

function show(view: DealView, part: () => JSX.Element): void {
  const navigation = createNavigation({
    url: `${location.origin}/deals/deal_1`,
    base: '',
    isPage: () => true,
    prepare: (to) => {
      wentTo.push(to.pathname)
      return Promise.resolve(() => {})
    },
  })
  const Part = () => <DealProvider value={createDeal(() => view)}>{part()}</DealProvider>
  render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={{} as KitWords}>
        <NavigationProvider value={navigation}>
          <Part />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
}

const offered = (state: string, deal: string | null = null) => ({
  id: `offer_${state}`,
  auction: 'auc_1',
  state,
  deal,
  amount: 10_000,
  expiresAt: at,
})
const madeOffers = (...items: object[]) => {
  answers['GET /api/auctions/offers'] = { items }
}
const isThere = (name: string) => screen.queryByText(name) !== null

test('a seller whose deal came to nothing lists the thing again from there', async () => {
  answers['POST /api/auctions/auc_1/relist'] = { id: 'auc_2' }
  show(viewOf({ state: 'lapsed', stage: 'lapsed', fault: null }), () => <Afterwards />)
  expect(isThere(t.offers.make)).toBe(false)
  fireEvent.click(await screen.findByText(t.relist))
  await expect.poll(() => wentTo).toEqual(['/sell/auc_2'])
})

test('whom the buyer let down has the choice of the next bidder and of a new auction', async () => {
  madeOffers(offered('declined'))
  show(viewOf({}), () => <Afterwards />)
  await expect.poll(() => [isThere(t.offers.make), isThere(t.relist)]).toEqual([true, true])
})

test('what somebody is asked for, or has bought since, is not listed again', async () => {
  madeOffers(offered('open'))
  show(viewOf({}), () => <Afterwards />)
  await expect.poll(() => isThere(t.offers.seeMade)).toBe(true)
  expect([isThere(t.offers.make), isThere(t.relist)]).toEqual([false, false])
  cleanup()

  madeOffers(offered('declined'), offered('accepted', 'deal_2'))
  show(viewOf({}), () => <Afterwards />)
  await expect.poll(() => isThere(t.offers.toDeal)).toBe(true)
  expect([isThere(t.offers.make), isThere(t.relist)]).toEqual([false, false])
})

test('after three offers only a new auction is left', async () => {
  madeOffers(offered('declined'), offered('lapsed'), offered('declined'))
  show(viewOf({}), () => <Afterwards />)
  await expect.poll(() => [isThere(t.offers.make), isThere(t.relist)]).toEqual([false, true])
})

test('with a suspended buyer the seller goes on from an open deal, and reads that this ends it', async () => {
  const open = viewOf({ state: 'arranged', stage: 'arranged', fault: null, endedAt: null })
  show({ ...open, buyer: { ...open.buyer, suspended: true } }, () => <Afterwards />)
  fireEvent.click(await screen.findByText(t.offers.make))
  await expect.poll(() => isThere(t.offers.makeEnds)).toBe(true)
  expect(isThere(t.relist)).toBe(false)
})

test('a report that was settled otherwise threatens nobody any more', async () => {
  const report = { by: 'seller', note: '안 오셨어요', media: [], at, answerBy: at, answer: null }
  const answerable = { state: 'arranged', stage: 'arranged', fault: null, endedAt: null, report } as object
  const threat = () => screen.queryByText(/답하지 않으면/)
  show(viewOf({ ...answerable, deadlines: [{ kind: 'answer', at }] }), () => <Troubles />)
  await screen.findByText(report.note)
  expect(threat()).not.toBeNull()
  cleanup()
  show(viewOf({ ...answerable, state: 'handed-over', deadlines: [{ kind: 'complete', at }] }), () => <Troubles />)
  await screen.findByText(report.note)
  expect(threat()).toBeNull()
})

const dispute = { by: 'buyer', type: 'damaged', text: '깨졌어요', media: [], viewFrom: at, outcome: null }
const disputed = { state: 'disputed', stage: 'handed-over', fault: null, endedAt: null, dispute } as never

test('a moderator adds words to a dispute', async () => {
  const view = viewOf({ ...(disputed as object), role: null })
  answers['GET /api/deals/deal_1'] = { ...view, version: 2 }
  show(view, () => <Troubles />)
  const send = (await screen.findByText(t.dispute.words.send)).closest('button')
  expect(send?.disabled).toBe(true)
  fireEvent.input(screen.getByLabelText(t.dispute.words.label), { target: { value: ' 사진이 있나요? ' } })
  expect(send?.disabled).toBe(false)
  fireEvent.submit(send?.form as HTMLFormElement)
  const said = ['POST', '/api/deals/deal_1/disputes/entries', { kind: 'evidence', text: '사진이 있나요?' }]
  await expect.poll(() => asked).toContainEqual(said)
  // What was said is asked for again, and the field is free for more.
  await expect.poll(() => asked.filter(([, path]) => path.endsWith('/entries'))).toHaveLength(3)
  expect((screen.getByLabelText(t.dispute.words.label) as HTMLTextAreaElement).value).toBe('')
})

test('neither a party nor a dispute that is over has the moderator’s field', async () => {
  show(viewOf(disputed), () => <Troubles />)
  await screen.findByText(dispute.text)
  expect(isThere(t.dispute.words.label)).toBe(false)
  cleanup()
  const over = { state: 'completed', stage: 'completed', dispute: { ...dispute, outcome: 'keep' } }
  show(viewOf({ ...(over as object), role: null }), () => <Troubles />)
  await screen.findByText(dispute.text)
  expect(isThere(t.dispute.words.label)).toBe(false)
})

test('what was said in a dispute and could not be loaded is asked for again', async () => {
  const [words, retry] = ['it came broken', '다시 시도']
  const isDown = () => Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
  const entry = { number: 1, kind: 'statement', by: 'buyer', at, text: words, media: [] }
  const answered = [isDown, () => Response.json({ items: [entry] })]
  vi.stubGlobal('fetch', async () => (answered.shift() ?? isDown)())
  show(viewOf(disputed), () => <Troubles />)
  fireEvent.click(await screen.findByText(retry))
  await expect.poll(() => isThere(words)).toBe(true)
  expect(isThere(retry)).toBe(false)
})
