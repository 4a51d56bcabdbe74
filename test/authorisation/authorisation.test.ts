import { listDurableObjectIds } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findActor } from '../../worker/accounts/api.ts'
import { createApp } from '../../worker/app.ts'
import { problems } from '../../worker/contract/problem.ts'
import { createPages } from '../../worker/pages.tsx'
import { ask } from '../support/worker/app.ts'
import { smallAudience, usualAudience } from '../support/worker/audience.ts'
import { newKey } from '../support/worker/auctions.ts'
import { inboxSocket } from '../support/worker/inbox.ts'

import { attend } from '../support/worker/live.ts'
import { askAs, isShared, leaks, pathOf, queriesOf, toldBy } from './asking.ts'
import { makeCast, people, type Cast, type Person } from './cast.ts'
import { enter, enterInbox, frameShapes, hearAs, hearInInbox, inboxFrameShapes } from './hearing.ts'
import { idsIn, madeUpFrom } from './made-up-ids.ts'
import { accountRows } from './rows/accounts.ts'
import { auctionRows } from './rows/auctions.ts'
import { chatRows } from './rows/chat.ts'
import { deviceRows } from './rows/devices.ts'
import { inboxFrameRows } from './rows/inbox-frames.ts'
import { notificationRows } from './rows/notifications.ts'
import { followRows } from './rows/follows.ts'
import { dealRows } from './rows/deals.ts'
import { frameRows } from './rows/frames.ts'
import { mediaRows } from './rows/media.ts'
import { adminRows } from './rows/admin.ts'
import { moderationRows } from './rows/moderation.ts'
import { reviewRows } from './rows/reviews.ts'
import { roomRows } from './rows/rooms.ts'
import { searchRows } from './rows/search.ts'
import { serviceRows } from './rows/service.ts'
import {
  cellsOf,
  nameOf,
  refusedAndServed,
  type Answers,
  type FrameRow,
  type Heard,
  type Row,
  type Told,
} from './table.ts'
import { createThings, sightOf, type Thing } from './things.ts'

const rows = [
  ...accountRows,
  ...mediaRows,
  ...auctionRows,
  ...dealRows,
  ...roomRows,
  ...searchRows,
  ...serviceRows,
  ...deviceRows,
  ...notificationRows,
  ...chatRows,
  ...followRows,
  ...reviewRows,
  ...moderationRows,
  ...adminRows,
]

/** The first row of each route that somebody is served by, else its first. */
const routes = Object.values(Object.groupBy(rows, ({ ask }) => ask)).map(
  (all = []) => all.find(serves) ?? all[0],
) as Row[]

let cast: Cast
let things: ReturnType<typeof createThings>

beforeAll(async () => {
  cast = await makeCast()
  things = createThings(cast)
}, 60_000)

describe('the table', () => {
  test('has every route of the application, and no other', () => {
    const app = createApp({ findActor, createPages })
    // What is for every method and everything below a path is middleware.
    const found = app.routes.filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*'))
    const known = new Set(found.map(({ method, path }) => shapeOf(`${method} ${path}`)))
    expect(routes.map(({ ask }) => shapeOf(ask)).toSorted()).toEqual([...known].toSorted())
  })

  test('has every frame of both protocols, and no other', () => {
    const framesOf = (all: { frame: string }[]) => [...new Set(all.map(({ frame }) => frame))].toSorted()
    expect(framesOf(frameRows)).toEqual(Object.keys(frameShapes).toSorted())
    expect(framesOf(inboxFrameRows)).toEqual(Object.keys(inboxFrameShapes).toSorted())
  })

  test('has an answer for everyone', () => {
    expect(rows.flatMap((row) => Object.keys(cellsOf(row))).length).toBeGreaterThan(1_000)
    expect(frameRows.flatMap((row) => Object.keys(cellsOf(row))).length).toBeGreaterThan(150)
  })

  test('needs a token where the API description says so', async () => {
    const { paths } = (await ask('GET', '/api/openapi.json')).body as {
      paths: Record<string, Record<string, Security>>
    }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => [shapeOf(`${method.toUpperCase()} ${path}`), security]),
    )
    const needing = described.filter(([, security]) => JSON.stringify(security) === '[{"access":[]}]')
    // Where a part of a route is for anyone, it is the caller's wish that needs a token.
    const refusing = Object.entries(Object.groupBy(rows, ({ ask }) => shapeOf(ask))).filter(([, all = []]) =>
      all.every(({ answers, byCookie }) => answers.anonymous === 'not-signed-in' && !byCookie),
    )
    const without = refusing.map(([route]) => route).filter((route) => !route.endsWith('/token/verify'))
    expect(without.toSorted()).toEqual(needing.map(([route]) => route).toSorted())
  })
})

describe('who may', () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const isRefusal = (cell: Told) => typeof cell === 'string'
    const { told, faults } = await letAllTry(row, { thing, isRefusal }, async (person) => {
      const answer = await askAs({ person, cast }, row, thing)
      const isKept = row.answers.invented === 'not-signed-in' && person !== 'anonymous' && isShared(answer)
      const seesAccounts = row.forStaff && (person === 'moderator' || person === 'admin')
      const secrets = leaks(JSON.stringify(answer.body), cast, person).filter(
        (what) => !seesAccounts || !what.startsWith('account of '),
      )
      return { told: toldBy(answer), faults: isKept ? [...secrets, 'is kept for others'] : secrets }
    })
    expect(told).toEqual(cellsOf(row))
    expect(faults).toEqual({})
  })
})

/** Beside the room's own sockets: every one of a shard. */
const seats = [
  ['a room', usualAudience],
  ['a shard of its audience', () => smallAudience({ room: 0, shard: 1_000, most: 10_000 })],
] as const

describe.each(seats)('in %s, who may send', (_, seat) => {
  beforeAll(seat)
  afterAll(usualAudience)

  const toAll = new Set(['welcome', 'snapshot', 'batch', 'presence', 'clock'])
  test.each(frameRows.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const onlooker = row.of === 'draft' ? null : await attend(String(thing.auction))
    const isRefusal = (cell: Heard) => typeof cell === 'number' || cell in problems
    const { told, faults } = await letAllTry(row, { thing, isRefusal }, async (person) => {
      const { heard, client } = await hearAs({ person, cast }, row, thing)
      // Not even one's own maximum is in a frame.
      return { told: heard, faults: leaks(JSON.stringify(client.frames), cast, 'anonymous') }
    })
    await onlooker?.ask({ type: 'clock', sentAt: 0 })

    expect(told).toEqual(cellsOf(row))
    expect(faults).toEqual({})
    expect(onlooker?.frames.map(({ type }) => type).filter((type) => !toAll.has(type)) ?? []).toEqual([])
  })

  test('not from another site, whoever comes', async () => {
    const { auction = '' } = await things.shared('running')
    for (const person of people) {
      const { closed } = await enter({ person, cast }, auction, { origin: 'https://evil.example' })
      expect([person, closed]).toEqual([person, 4403])
    }
  })

  test('not with a ticket that was used', async () => {
    const { auction = '' } = await things.shared('running')
    const ticket = await cast.stranger.ticket()
    const again = { ...cast, ticket: async () => ticket }
    expect((await enter({ person: 'stranger', cast: again }, auction)).closed).toBeUndefined()
    expect((await enter({ person: 'stranger', cast: again }, auction)).closed).toBe(4401)
  })

  test('not by an id that we did not make, and no object comes of it', async () => {
    const { auction = '' } = await things.shared('running')
    const objects = await countRooms()
    for (const [how, id] of madeUpFrom(auction, cast.seller.account))
      for (const person of ['anonymous', 'seller'] as const) {
        const { closed } = await enter({ person, cast }, id)
        expect([how, person, closed]).toEqual([how, person, 4404])
      }
    expect(await countRooms()).toBe(objects)
  })
})

describe('in one’s own socket, who may send', () => {
  const toOneself = new Set(['welcome', 'snapshot', 'batch', 'clock', 'typing'])
  test.each(inboxFrameRows.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const onlooker = await inboxSocket(cast.unverified)
    const isRefusal = (cell: Heard) => typeof cell === 'number' || cell in problems
    const { told, faults } = await letAllTry(row, { thing, isRefusal }, async (person) => {
      const { heard, client } = await hearInInbox({ person, cast }, row, thing)
      return { told: heard, faults: leaks(JSON.stringify(client.frames), cast, person) }
    })
    await onlooker.ask({ type: 'clock', sentAt: 0 })
    expect(told).toEqual(cellsOf(row))
    expect(faults).toEqual({})
    expect(onlooker.frames.map(({ type }) => type).filter((type) => !toOneself.has(type))).toEqual([])
    expect(onlooker.facts).toEqual([])
  })

  test('not from another site, whoever comes', async () => {
    for (const person of people) {
      const { closed } = await enterInbox({ person, cast }, { origin: 'https://evil.example' })
      expect([person, closed]).toEqual([person, 4403])
    }
  })

  test('not with a ticket that was used', async () => {
    const ticket = await cast.stranger.ticket()
    const again = { ...cast, ticket: async () => ticket }
    expect((await enterInbox({ person: 'stranger', cast: again })).closed).toBeUndefined()
    expect((await enterInbox({ person: 'stranger', cast: again })).closed).toBe(4401)
  })

  test('to no room by an id that we did not make, and no object comes of it', async () => {
    const { room = '', message } = await things.shared('directRoom')
    const objects = await countRooms()
    const client = await inboxSocket(cast.seller)
    // What is longer than any id is no frame at all.
    const short = madeUpFrom(room, cast.seller.account).filter(([, id]) => id.length <= 64)
    for (const [how, id] of short) {
      const frames = [
        { type: 'send-message', key: newKey(), room: id, text: 'hello' },
        { type: 'edit-message', room: id, message: String(message), text: 'hello' },
        { type: 'delete-message', room: id, message: String(message) },
        { type: 'mark-read', room: id, roomSeq: 1 },
      ] as const
      for (const frame of frames)
        expect([how, frame.type, await client.ask(frame)]).toMatchObject([how, frame.type, { code: 'not-found' }])
      client.send({ type: 'typing', room: id })
    }
    await client.ask({ type: 'clock', sentAt: 0 })
    expect(await countRooms()).toBe(objects)
  })
})

describe('an id that we did not make is 404, without a query and without an object', () => {
  const withIds = routes.filter(({ ask }) => idsIn(ask).length > 0)
  test.each(withIds.map((row) => [row.ask, row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const person = askerOf(row)
    const [toKnow, objects] = [await queriesToKnow(person, row), await countRooms()]
    const wrong: Record<string, unknown> = {}
    for (const kind of idsIn(row.ask)) {
      const another = kind === 'account' ? cast.seller.login : cast.seller.account
      for (const [how, id] of madeUpFrom(String(thing[kind]), another)) {
        const answer = await askAs({ person, cast }, row, thing, { path: pathOf(row, { ...thing, [kind]: id }) })
        const [told, queries] = [toldBy(answer), queriesOf(answer)]
        if (told !== 'not-found' || !(queries <= toKnow)) wrong[`${kind} ${how}`] = { told, queries }
      }
    }
    expect(wrong).toEqual({})
    expect(await countRooms()).toBe(objects)
  })
})

describe('another site cannot', () => {
  const writes = routes.filter(({ ask }) => !ask.startsWith('GET '))
  test.each(writes.map((row) => [row.ask, row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const asker = { person: askerOf(row), cast }
    const from = async (headers: Record<string, string>) => toldBy(await askAs(asker, row, thing, { headers }))
    expect(await from({ origin: 'https://evil.example' })).toBe('foreign-origin')
    expect(await from({ origin: 'null' })).toBe('foreign-origin')
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe('foreign-origin')
  })
})

describe('no body names who acts, or sets what is not its own', () => {
  const withBodies = routes.filter(({ body }) => body !== undefined)
  test.each(withBodies.map((row) => [row.ask, row] as const))('%s', async (_, row) => {
    const thing = await thingOf(row)
    const asker = { person: askerOf(row), cast }
    for (const field of ['account', 'seller', 'role', 'state', 'score'].filter((one) => !row.takes?.includes(one))) {
      const body = { ...(await row.body?.(thing, asker)), [field]: cast.seller.account }
      expect([field, toldBy(await askAs(asker, row, thing, { body }))]).toEqual([field, 'unknown-field'])
    }
  })
})

interface Security {
  security?: Record<string, string[]>[]
}

async function thingOf({ of, spends }: Pick<Row, 'of' | 'spends'>): Promise<Thing> {
  if (of === undefined) return {}
  if (!spends) return things.shared(of)
  const thing = await things.own(of)
  onTestFinished(() => things.close(thing))
  return thing
}

/** Everyone's try. Who is refused goes first: by then nothing may have changed. */
async function letAllTry<T>(
  row: Pick<Row | FrameRow, 'asked'> & { answers: Answers<T> },
  { thing, isRefusal }: { thing: Thing; isRefusal: (cell: T) => boolean },
  tryAs: (person: Person) => Promise<{ told: T; faults: string[] }>,
) {
  const told: Partial<Record<Person, T>> = {}
  const faults: Partial<Record<Person, string[]>> = {}
  const letTry = async (these: Person[]) => {
    for (const person of these) {
      const tried = await tryAs(person)
      told[person] = tried.told
      if (tried.faults.length > 0) faults[person] = tried.faults
    }
  }
  const { refused, served } = refusedAndServed(row, isRefusal)
  const before = await sightOf(cast, thing)
  await letTry(refused)
  expect(await sightOf(cast, thing)).toEqual(before)
  await letTry(served)
  return { told, faults }
}

/** How many queries it takes to know who asks: reads remember it from the call before. */
async function queriesToKnow(person: Person, { ask }: Row): Promise<number> {
  if (person === 'anonymous' || person === 'invented') return 0
  const known = await cast[person].post('/api/accounts/tickets')
  return ask.startsWith('GET ') ? 0 : queriesOf(known)
}

async function countRooms(): Promise<number> {
  const rooms = await Promise.all([listDurableObjectIds(env.AUCTION_ROOM), listDurableObjectIds(env.CHAT_ROOM)])
  return rooms.flat().length
}

function serves(row: Row): boolean {
  return Object.values(cellsOf(row)).some((cell) => typeof cell === 'number')
}

/** Whoever is served: a visitor where that is enough, else the seller, else another. */
function askerOf(row: Row): Person {
  const cells = Object.entries(cellsOf(row)) as [Person, Told][]
  const served = cells.filter(([, cell]) => typeof cell === 'number').map(([person]) => person)
  if (served.includes('anonymous')) return 'anonymous'
  const [some = row.answers.anonymous ? 'seller' : 'anonymous'] = served
  return served.includes('seller') ? 'seller' : some
}

/** What a parameter is called is no matter here, its place is. */
function shapeOf(route: string): string {
  return route.replace(/\{[^}]+\}|:[^/]+/g, '{}')
}
