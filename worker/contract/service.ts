import { z } from 'zod'

export const TimeView = z.object({ now: z.iso.datetime({ precision: 3 }) })
export type TimeView = z.infer<typeof TimeView>

const PartState = z.enum(['ok', 'down'])

/** State per part, without inner details. */
export const HealthView = z.object({
  status: z.enum(['ok', 'degraded']),
  /** Without a relay the house judges, shows and sells on; pictures, letters and facts wait. */
  parts: z.object({ database: PartState, relay: PartState }),
})
export type HealthView = z.infer<typeof HealthView>

const Rate = z.object({ most: z.int(), windowMs: z.int() })

const areas = [
  'api',
  'accounts',
  'profiles',
  'media',
  'auctions',
  'roomChat',
  'audience',
  'offers',
  'deals',
  'reviews',
  'chat',
  'notifications',
  'search',
  'signals',
  'recommendations',
  'moderation',
  'sockets',
] as const

/** Everything that is counted, measured or stepped, as data, so that a client need not copy it. */
export const RulesView = z.object({
  /** Counted windows by name; `calls…` are approximate, the rest exact. */
  rates: z.record(z.string(), Rate),
  /** Bid steps: below this price (null: without end) a bid rises by this much. */
  ladder: z.array(z.object({ below: z.int().nullable(), step: z.int() })),
  /** Lengths, counts and times by area, as the screens quote them. */
  limits: z.record(z.enum(areas), z.unknown()),
  /** Legal notice. */
  operator: z.object({
    name: z.string(),
    representative: z.string().nullable(),
    address: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    businessNumber: z.string().nullable(),
    mailOrderNumber: z.string().nullable(),
  }),
})
export type RulesView = z.infer<typeof RulesView>
