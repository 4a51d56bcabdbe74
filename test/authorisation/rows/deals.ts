import { people } from '../cast.ts'
import { nobody, signedIn, type Row } from '../table.ts'

/** Deals are the seller's and the bidder's. To everybody else they are not there, staff's eyes excepted; the suspended see theirs through. */
const party = { ...nobody, others: 'not-found' } as const
const seen = { ...party, seller: 200, bidder: 200, moderator: 200, admin: 200 } as const
const staffOnly = { ...signedIn, others: 'forbidden' } as const

/** Where one of the two ends what the other would, each is asked about one of their own. */
const butSeller = people.filter((person) => person !== 'seller')
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()
const broken = () => ({ type: 'damaged', text: '렌즈가 깨졌어요.' })

export const dealRows: Row[] = [
  { ask: 'GET /api/deals', answers: { ...nobody, others: 200 } },
  { ask: 'GET /api/deals/{deal}', of: 'deal', answers: seen },
  { ask: 'GET /api/deals/{deal}/case', of: 'deal', answers: { ...party, seller: 200, bidder: 200 } },

  {
    ask: 'PUT /api/deals/{deal}/appointment',
    of: 'deal',
    spends: true,
    isKeyed: true,
    body: () => ({ at: tomorrow(), place: '제주시청 앞', method: 'meet' }),
    answers: { ...party, seller: 200, bidder: 200 },
  },
  {
    ask: 'POST /api/deals/{deal}/appointment/accept',
    of: 'proposedDeal',
    spends: true,
    isKeyed: true,
    answers: { ...party, seller: 'deal-step-not-now', bidder: 200 },
  },
  {
    ask: 'POST /api/deals/{deal}/hand-over',
    of: 'deal',
    spends: true,
    isKeyed: true,
    body: () => ({ carrier: 'CJ' }),
    answers: { ...party, seller: 200, bidder: 'not-that-party' },
  },
  {
    ask: 'POST /api/deals/{deal}/confirm',
    of: 'deal',
    spends: true,
    isKeyed: true,
    answers: { ...party, seller: 'not-that-party', bidder: 200 },
  },
  {
    ask: 'POST /api/deals/{deal}/cancel',
    of: 'deal',
    spends: true,
    isKeyed: true,
    body: () => ({ reason: '이사를 가요.' }),
    answers: { ...party, seller: 200, bidder: 200 },
  },
  {
    ask: 'DELETE /api/deals/{deal}/cancel',
    of: 'unwantedDeal',
    spends: true,
    isKeyed: true,
    answers: { ...party, seller: 200, bidder: 'deal-step-not-now' },
  },
  {
    ask: 'POST /api/deals/{deal}/refuse',
    of: 'deal',
    when: 'the buyer',
    spends: true,
    isKeyed: true,
    body: () => ({ reason: '마음이 바뀌었어요.' }),
    asked: butSeller,
    answers: { ...party, bidder: 200 },
  },
  {
    ask: 'POST /api/deals/{deal}/refuse',
    of: 'deal',
    when: 'the seller',
    spends: true,
    isKeyed: true,
    body: () => ({ reason: '안 팔래요.' }),
    asked: ['anonymous', 'seller'],
    answers: { ...nobody, seller: 200 },
  },

  {
    ask: 'POST /api/deals/{deal}/no-shows',
    of: 'missedDeal',
    spends: true,
    isKeyed: true,
    body: () => ({ note: '안 오셨어요.' }),
    asked: butSeller,
    answers: { ...party, bidder: 200 },
  },
  {
    ask: 'POST /api/deals/{deal}/no-shows/answer',
    of: 'reportedDeal',
    spends: true,
    isKeyed: true,
    body: () => ({ answer: 'contest', note: '기다렸어요.' }),
    answers: { ...party, seller: 200, bidder: 'deal-step-not-now' },
  },

  {
    ask: 'POST /api/deals/{deal}/disputes',
    of: 'deal',
    spends: true,
    isKeyed: true,
    body: broken,
    asked: butSeller,
    answers: { ...party, bidder: 200 },
  },
  { ask: 'GET /api/deals/{deal}/disputes/entries', of: 'disputedDeal', answers: seen },
  {
    ask: 'POST /api/deals/{deal}/disputes/entries',
    of: 'disputedDeal',
    spends: true,
    isKeyed: true,
    body: () => ({ kind: 'evidence', text: '상자가 젖어 있었어요.' }),
    answers: { ...party, seller: 201, bidder: 201, moderator: 201, admin: 201 },
  },
  {
    ask: 'POST /api/deals/{deal}/disputes/entries',
    of: 'disputedDeal',
    when: 'a proposal',
    spends: true,
    isKeyed: true,
    body: () => ({ kind: 'proposal', remedy: 'return' }),
    answers: { ...party, seller: 201, bidder: 201, moderator: 'forbidden', admin: 'forbidden' },
  },

  { ask: 'GET /api/moderation/cases', answers: { ...staffOnly, moderator: 200, admin: 200 } },
  {
    ask: 'POST /api/moderation/cases/{case}/ruling',
    of: 'contestedDeal',
    spends: true,
    isKeyed: true,
    body: () => ({ fault: 'none', reason: '누구 말이 맞는지 알 수 없어요.' }),
    asked: people.filter((person) => person !== 'admin'),
    answers: { ...staffOnly, moderator: 200 },
  },

  // Offers to the next bidder: somebody won and let the deal fail, the bidder comes next.
  { ask: 'GET /api/auctions/offers', answers: { ...signedIn, others: 200 } },
  {
    ask: 'POST /api/auctions/{auction}/offers',
    of: 'failedSale',
    spends: true,
    isKeyed: true,
    answers: { ...signedIn, unverified: 'not-a-trader', seller: 201, others: 'forbidden' },
  },
  {
    ask: 'POST /api/auctions/{auction}/offers',
    of: 'draft',
    isKeyed: true,
    answers: { ...signedIn, unverified: 'not-a-trader', others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/offers/{offer}/accept',
    of: 'offer',
    spends: true,
    isKeyed: true,
    answers: { ...signedIn, unverified: 'not-a-trader', bidder: 201, others: 'not-found' },
  },
  {
    ask: 'POST /api/auctions/offers/{offer}/decline',
    of: 'offer',
    spends: true,
    isKeyed: true,
    answers: { ...signedIn, bidder: 204, others: 'not-found' },
  },

  // For our own relay alone.
  { ask: 'PUT /api/deals/projections', answers: { others: 'not-found' } },
]
