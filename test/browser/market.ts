import { randomUUID } from 'node:crypto'
import { buyers, password, sellers } from '../run/demo/cast.ts'
import type { Person, Site } from '../run/demo/client.ts'
import { dealStories, tellDeals } from '../run/demo/deals.ts'
import { join, portray } from '../run/demo/joining.ts'
import { lots } from '../run/demo/lots.ts'
import type { Memory } from '../run/demo/memory.ts'
import { rooms, tellRoom } from '../run/demo/rooms.ts'
import { tellLot } from '../run/demo/telling.ts'

/** Whose eyes a page is seen with. */
export const eyes = ['visitor', 'buyer', 'seller', 'newcomer', 'suspended', 'staff'] as const
export type Eyes = (typeof eyes)[number]

/** One auction of the demo for each state, and a few more so that lists are lists. */
const told = {
  running: 'film-camera',
  quiet: 'keyboard-cream',
  reserved: 'watch-navy',
  leading: 'lamp-tangerine',
  scheduled: 'armchair-pine',
  cancelled: 'cancelled-headphones',
  sold: 'bowls-sea',
  finished: 'books-five',
  unsold: 'unsold-bookshelf',
  void: 'terrarium-jar',
  draft: 'draft-hat',
} as const

export type Told = keyof typeof told

export interface Market {
  auctions: Record<Told, string>
  /** What came of the sold auction: an appointment waits for the buyer's answer. */
  deal: string
  /** One of theirs that is over and waits for their review. */
  finished: string
  /** The account id of the suspended, as staff knows it. */
  account: string
  /** The handle of a private account. */
  recluse: string
  /** Of the buyer: of two, of a group, and one that waits for an answer. */
  rooms: { direct: string; group: string; asked: string }
  /** What each of them signs in with; a visitor does not. */
  logins: Record<Exclude<Eyes, 'visitor'>, string>
}

/** A small market, told through the API: people with portraits, auctions in every state. */
export async function openMarket(site: Site, memory: Memory): Promise<Market> {
  const chosen = Object.values(told).map((key) => lots.find((lot) => lot.key === key)!)
  const talking = rooms.flatMap(({ opener, others }) => [opener, ...others])
  const wanted = new Set([...chosen.map(({ seller }) => seller), ...talking])
  const members = [...sellers.filter(({ handle }) => wanted.has(handle)), ...buyers]
  const people = new Map<string, Person>()
  for (const member of members) people.set(member.handle, await join(site, memory, member))
  await Promise.all(chosen.map((lot) => tellLot({ site, memory, people }, lot)))
  for (const room of rooms) await tellRoom(memory, people, room)
  await site.ask('POST', `/dev/auctions/${memory.lots[told.void]!}/void`, {
    body: { reason: '파는 사람이 가짜 사진을 올렸어요.' },
  })
  const buyer = people.get('gyul_minji')!
  const seller = people.get('jeju.attic')!
  await Promise.all([portray(buyer), portray(seller)])
  const suspended = people.get('owl.at.night')!
  const staff = people.get('haru_haru')!
  await site.ask('POST', `/dev/accounts/${staff.member.handle}`, { body: { role: 'admin' } })
  const suspendedAccount = await decideAbout(staff, suspended.member.handle)
  const newcomer = await arrive(site)
  await mingle(site, people, newcomer)
  const deals = await tellDeals({ memory, people }, dealStories)
  return {
    recluse: newcomer.handle,
    deal: deals['bowls-sea']!,
    finished: deals['books-five']!,
    account: suspendedAccount,
    auctions: Object.fromEntries(
      Object.entries(told).map(([name, key]) => [name, memory.lots[key]!]),
    ) as Market['auctions'],
    rooms: { direct: memory.rooms['camera']!, group: memory.rooms['flea-market']!, asked: memory.rooms['chair']! },
    logins: {
      buyer: buyer.login,
      seller: seller.login,
      suspended: suspended.login,
      newcomer: newcomer.login,
      staff: staff.login,
    },
  }
}

/** A suspension with its reasons, as staff decides it. */
async function decideAbout(staff: Person, handle: string): Promise<string> {
  const found = await staff.ask<{ items: { id: string }[] }>('GET', `/api/admin/accounts?search=${handle}`)
  const { id } = found.items[0]!
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString()
  const facts = '같은 홍보 글을 여러 경매의 채팅에 스무 번 올렸어요.'
  await staff.ask('POST', `/api/admin/accounts/${id}/suspension`, { body: { until, reason: 'spam', facts } })
  return id
}

interface Newcomer {
  login: string
  token: string
  handle: string
  version: number
}

/** Who follows whom, asks, blocks and mutes: the buyer a little of everything, the newcomer in private. */
async function mingle(site: Site, people: Map<string, Person>, newcomer: Newcomer): Promise<void> {
  const buyer = people.get('gyul_minji')!
  // Those who sell nothing here, so that nobody's auction is shut to the buyer.
  const others = buyers.filter(({ handle }) => handle !== 'gyul_minji' && handle !== 'owl.at.night')
  const [blocked, muted, ...fans] = others.map(({ handle }) => people.get(handle)!)
  const follow = (who: Person, handle: string) => who.ask('POST', '/api/follows', { body: { handle } })
  await site.ask('PATCH', `/api/accounts/users/${newcomer.handle}`, {
    token: newcomer.token,
    headers: { 'if-match': `"${newcomer.version}"` },
    body: { isPublic: false },
  })
  for (const person of fans.slice(0, 4)) {
    await follow(person, buyer.member.handle)
    await follow(person, newcomer.handle)
    await follow(buyer, person.member.handle)
  }
  await follow(buyer, 'jeju.attic')
  await buyer.ask('PUT', `/api/blocks/${blocked!.member.handle}`)
  await buyer.ask('PUT', `/api/mutes/${muted!.member.handle}`)
}

/** Somebody by e-mail alone, whose phone is not verified. */
async function arrive(site: Site): Promise<Newcomer> {
  const email = `arrived-${randomUUID().slice(0, 8)}@example.com`
  const { registration } = await site.ask<{ registration: string }>('POST', '/api/accounts/registration', {
    body: { email, password, name: '막 온 사람', acceptTerms: true, over14: true },
  })
  const code = await site.code(email, 0)
  const joined = await site.ask<{ access: string; account: { handle: string; version: number } }>(
    'POST',
    '/api/accounts/registration/verify-email',
    { body: { registration, code } },
  )
  return { login: email, token: joined.access, ...joined.account }
}
