import { DatabaseSync } from 'node:sqlite'
import { mintAccess, type SignIn } from '../../../../worker/kernel/sessions.ts'
import type { AppContext } from '../../../../worker/kernel/context.ts'
import type { RoomView } from '../../../../worker/contract/chat.ts'
import { databaseIn } from '../../../support/house-database.ts'
import type { Peopled } from '../people.ts'
import { inParallel } from '../pace.ts'

/** One room of all these people, who know each other. The first owns it. */
export async function openGroup(house: Peopled, places: number[]): Promise<string> {
  const [owner = 0, ...others] = places
  befriend(
    house,
    others.map((other) => [other, owner]),
  )
  return open(house, owner, others)
}

/** A direct room for each pair, in which both may write. */
export async function openPairs(house: Peopled, pairs: [number, number][]): Promise<string[]> {
  const rooms: string[] = []
  await inParallel(8, pairs.length, async (place) => {
    const [one, other] = pairs[place] as [number, number]
    rooms[place] = await open(house, one, [other])
    await open(house, other, [one])
  })
  return rooms
}

async function open({ site, config, people }: Peopled, opener: number, others: number[]): Promise<string> {
  const { access } = await mintAccess({ var: { config } } as AppContext, people[opener] as SignIn)
  const handles = others.map((place) => `bench.${place}`)
  const { id } = await site.ask<RoomView>('POST', '/api/chats/rooms', { body: { handles }, token: access })
  return id
}

/** As rows: following somebody is not what is measured. */
function befriend({ path, people }: Peopled, edges: [follower: number, followee: number][]): void {
  const db = new DatabaseSync(databaseIn(path))
  const add = db.prepare('insert or ignore into follow (follower, followee, at) values (?, ?, ?)')
  db.exec('begin')
  for (const [follower, followee] of edges)
    add.run((people[follower] as SignIn).account, (people[followee] as SignIn).account, Date.now())
  db.exec('commit')
  db.close()
}
