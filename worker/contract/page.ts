import { z } from 'zod'
import { api } from './limits.ts'

/** One page of a list. `nextCursor` is opaque, signed, bound to query and viewer, and null at the end. */
export function Page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** `?cursor=&limit=`; `usual` is the size when none is asked for. A limit above the most is refused, not cut. */
export function PageQuery(usual: number = api.page.default) {
  return z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(api.page.most).default(usual),
  })
}
