import { readEvent } from '../../worker/contract/events.ts'
import type { Envelope, KnownEvent, PayloadOf } from '../../worker/contract/events.ts'
import type { Category } from '../../worker/contract/auctions.ts'
import type { IndexState } from '../../worker/contract/relay.ts'
import type { Thing } from '../embedder/embedder.ts'
import { tokensOf } from './tokenize.ts'
import type { Item } from './vectors.ts'

/** What the facts say that the index has to know, without a word of how it is kept. */

export type Described = PayloadOf<'auction-described'>
export type Profile = PayloadOf<'profile-changed'>

const heard = new Set([
  'auction-described',
  'auction-started',
  'auction-ended',
  'auction-cancelled',
  'auction-voided',
  'profile-changed',
  'account-suspended',
  'suspension-lifted',
])

/** The event, if the index has anything to do with it: bids and chat are most of what comes, and none of its business. */
export function heardIn(envelope: Envelope): KnownEvent[] {
  if (!heard.has(envelope.type)) return []
  const known = readEvent(envelope)
  // Set aside already where it was published, for a person to look at.
  return known.ok ? [known.event] : []
}

/** What a run of an auction's stream leaves: null for what it does not tell. */
export interface AuctionNews {
  described: Described | null
  state: IndexState | null
  isGone: boolean
}

export function newsOfAuction(events: readonly KnownEvent[]): AuctionNews {
  const news: AuctionNews = { described: null, state: null, isGone: false }
  for (const event of events)
    if (event.type === 'auction-described') news.described = event.payload
    else if (event.type === 'auction-started') news.state = 'running'
    else if (event.type === 'auction-ended') news.state = 'ended'
    else if (event.type === 'auction-cancelled' || event.type === 'auction-voided') news.isGone = true
  return news
}

/** The last profile of each account. */
export function newsOfProfiles(events: readonly KnownEvent[]): Map<string, Profile> {
  return new Map(
    events.flatMap((event): [string, Profile][] =>
      event.type === 'profile-changed' ? [[event.payload.account, event.payload]] : [],
    ),
  )
}

/** Until when each account and its things are hidden, epoch ms; 0 for not any more. */
export function newsOfStanding(events: readonly KnownEvent[]): Map<string, number> {
  return new Map(
    events.flatMap((event): [string, number][] => {
      if (event.type === 'account-suspended')
        return [[event.payload.account, event.payload.until === null ? forever : Date.parse(event.payload.until)]]
      return event.type === 'suspension-lifted' ? [[event.payload.account, 0]] : []
    }),
  )
}

const forever = Number.MAX_SAFE_INTEGER

/** A thing on its way into the index: all but the vector that is made of its text. */
export type Prepared = Omit<Item, 'vector'> & { thing: Thing | null }

export function preparedAuction(
  { described, state }: AuctionNews & { described: Described },
  hiddenUntil: number,
): Prepared {
  const { auction, seller, title, content, category, region } = described
  const said = [content, aisles[category as Category], region].filter((text) => text).join('\n')
  const thing = { title, content: said }
  return {
    kind: 'auction',
    id: auction,
    seller,
    category,
    state: state ?? 'scheduled',
    hiddenUntil,
    tokens: tokensOf(thing),
    thing,
  }
}

/** Of a private person only the names can be found, and nothing is near to them. */
export function preparedPerson({ account, handle, name, bio, isPublic }: Profile, hiddenUntil: number): Prepared {
  const thing = { title: `${name} ${handle}`, content: isPublic ? bio : '' }
  return { ...person(account, hiddenUntil), tokens: tokensOf(thing), thing: isPublic ? thing : null }
}

/** Somebody whose profile has not come yet, but whose suspension has. */
export function unknownPerson(account: string, hiddenUntil: number): Prepared {
  return { ...person(account, hiddenUntil), tokens: [], thing: null }
}

function person(account: string, hiddenUntil: number) {
  return { kind: 'person', id: account, seller: account, category: '', state: null, hiddenUntil } as const
}

/** By what a thing is found beside its own words: where it would stand in a shop. */
const aisles: Record<Category, string> = {
  digital: '디지털 전자기기 digital electronics',
  appliance: '가전 가전제품 appliance',
  furniture: '가구 인테리어 furniture interior',
  kitchen: '주방 주방용품 kitchen',
  baby: '유아 아동 육아 baby kids',
  women: '여성 의류 women clothing',
  men: '남성 의류 men clothing',
  sport: '스포츠 레저 운동 sport leisure',
  pet: '반려동물 pet',
  other: '',
}
