import type { z } from 'zod'
import type { AccountId } from '../contract/ids.ts'
import type { FindPeople } from '../contract/profiles.ts'
import { blockedEitherWay, personRows } from '../follows/api.ts'
import type { AppContext } from '../kernel/context.ts'
import { cursorOf, pageOf, type Position } from '../kernel/cursor.ts'
import { Problem } from '../kernel/problem.ts'
import { peopleLike, type PlaceAmongNames } from './queries.ts'

/** One page of the people whose handle or name begins like this. */
export async function findPeople(c: AppContext, viewer: AccountId, query: z.output<typeof FindPeople>) {
  const { db } = c.var
  const cursor = cursorOf(c, 'people', query)
  const found = await peopleLike(db, query.search, {
    limit: query.limit + 1,
    without: viewer,
    hidden: blockedEitherWay(viewer),
    after: placeOf(cursor.read(query.cursor)),
  })
  const { rows, nextCursor } = pageOf(found, query.limit, cursor, ({ place }) => place)
  const accounts = rows.map(({ account }) => account)
  return { items: await personRows(db, viewer, accounts), nextCursor }
}

function placeOf(position: Position | null): PlaceAmongNames | null {
  if (!position) return null
  const [rank, handle] = position
  if (typeof rank !== 'number' || typeof handle !== 'string') throw new Problem('bad-cursor')
  return [rank, handle]
}
