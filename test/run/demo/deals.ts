import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DealRow, DealView } from '../../../worker/contract/deals.ts'
import { Refused, type Person } from './client.ts'
import type { Memory } from './memory.ts'

/** What follows the hammer in the demo: each deal is left where its buyer has something to do. */
interface DealStory {
  /** The lot that was won. */
  lot: string
  seller: string
  buyer: string
  steps: Step[]
}

type Step =
  | { who: 'seller' | 'buyer'; says: string }
  | { who: 'seller' | 'buyer'; does: string; method?: 'PUT' | 'POST'; body?: () => object }

const hour = 3_600_000

/** Seven in the evening of the day after tomorrow, in Seoul. */
function anEvening(): string {
  const day = new Date(Date.now() + 9 * hour + 48 * hour).toISOString().slice(0, 10)
  return new Date(`${day}T19:00:00+09:00`).toISOString()
}

export const dealStories: DealStory[] = [
  {
    lot: 'bowls-sea',
    seller: 'tea.after.four',
    buyer: 'gyul_minji',
    steps: [
      { who: 'buyer', says: '안녕하세요! 그릇이 깨질까 봐서요, 혹시 만나서 받을 수 있을까요?' },
      { who: 'seller', says: '그럼요. 가게가 합정역 바로 앞이에요. 모레 저녁 일곱 시 어떠세요?' },
      {
        who: 'seller',
        does: 'appointment',
        method: 'PUT',
        body: () => ({ at: anEvening(), place: '합정역 7번 출구 앞', method: 'meet' }),
      },
    ],
  },
  {
    lot: 'teddy-oak',
    seller: 'dodam_mom',
    buyer: 'gyul_minji',
    steps: [
      { who: 'seller', says: '오늘 아침에 부쳤어요. 아이가 쓰던 담요로 한 번 더 감쌌어요.' },
      { who: 'seller', does: 'hand-over', body: () => ({ carrier: '우체국택배', tracking: '6892 0417 3321 7' }) },
    ],
  },
  {
    lot: 'books-five',
    seller: 'paper.pencil',
    buyer: 'gyul_minji',
    steps: [
      { who: 'seller', does: 'hand-over', body: () => ({}) },
      { who: 'buyer', says: '잘 받았어요. 책갈피까지 넣어 주셔서 고마워요.' },
      { who: 'buyer', does: 'confirm' },
    ],
  },
]

/** Lets the deals of these lots go as far as their stories say; returns each by its lot. A deal that has gone on already is left alone. */
export async function tellDeals(
  { memory, people }: { memory: Memory; people: Map<string, Person> },
  stories: readonly DealStory[],
): Promise<Record<string, string>> {
  const deals: Record<string, string> = {}
  for (const story of stories) {
    const auction = memory.lots[story.lot]
    if (auction === undefined) continue
    const parties = { seller: people.get(story.seller)!, buyer: people.get(story.buyer)! }
    const { id, room } = await dealOf(parties.buyer, auction)
    deals[story.lot] = id
    const { steps } = await parties.buyer.ask<DealView>('GET', `/api/deals/${id}`)
    if (steps.length > 1) continue
    for (const step of story.steps) await tell(parties[step.who], step, { deal: id, room })
  }
  return deals
}

async function tell(person: Person, step: Step, { deal, room }: { deal: string; room: string }): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() }
  if ('says' in step)
    return person.ask('POST', `/api/chats/rooms/${room}/messages`, { body: { text: step.says }, headers })
  const { method = 'POST', does, body } = step
  await person.ask(method, `/api/deals/${deal}/${does}`, { headers, ...(body ? { body: body() } : {}) })
}

/** It comes a moment after the hammer. */
async function dealOf(buyer: Person, auction: string): Promise<DealRow> {
  for (let tries = 0; tries < 150; tries++) {
    const { items } = await buyer.ask<{ items: DealRow[] }>('GET', '/api/deals?role=buyer&limit=50')
    const found = items.find((row) => row.auction === auction)
    if (found && (await isOpen(buyer, found))) return found
    await pause(200)
  }
  throw new Error(`no deal came of ${auction}`)
}

/** The room comes a moment after the deal. */
async function isOpen(party: Person, { room }: DealRow): Promise<boolean> {
  try {
    await party.ask('GET', `/api/chats/rooms/${room}`)
    return true
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false
    throw error
  }
}
