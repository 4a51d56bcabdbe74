import type { AccountId } from '../contract/ids.ts'
import type { Category } from '../contract/auctions.ts'
import type { AppContext } from '../kernel/context.ts'
import { Problem } from '../kernel/problem.ts'
import { outlinesOf } from '../auctions/api.ts'
import type { TargetKind } from './rules.ts'

/** What deciding about a target needs to know of it. */
export interface Target {
  id: string
  kind: TargetKind
  /** Never their own things. */
  author: AccountId
  category: Category | null
}

/** A kind of thing that is looked at and recommended: how its ids look, and what is there of it for everyone to see. */
interface KindOfTarget {
  isGenuine(c: AppContext, id: string): boolean
  outlines(c: AppContext, ids: readonly string[]): Promise<Target[]>
}

const kinds: Record<TargetKind, KindOfTarget> = {
  auction: {
    isGenuine: (c, id) => c.var.ids.isGenuine('auction', id),
    async outlines(c, ids) {
      const rows = await outlinesOf(c.var.db, ids)
      return rows.map(({ id, seller, category }) => ({ id, kind: 'auction', author: seller, category }))
    },
  },
}

const names = Object.keys(kinds) as TargetKind[]

/** Those of these ids that are of things which everyone may see: made-up ids cost nothing, the rest one query a kind. */
export async function targetsOf(c: AppContext, ids: readonly string[]): Promise<Map<string, Target>> {
  const found = await Promise.all(
    names.map(async (kind) => {
      const genuine = ids.filter((id) => kinds[kind].isGenuine(c, id))
      return genuine.length > 0 ? kinds[kind].outlines(c, genuine) : []
    }),
  )
  return new Map(found.flat().map((target) => [target.id, target]))
}

/** The one target of a request; Problem `not-found` for what is not there or not public. */
export async function requireTarget(c: AppContext, id: string): Promise<Target> {
  const target = (await targetsOf(c, [id])).get(id)
  if (!target) throw new Problem('not-found')
  return target
}
