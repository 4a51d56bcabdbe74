import { accounts } from '../contract/limits.ts'
import type { HandleFault } from '../contract/profiles.ts'

/** Words of paths and of the house: nobody's name. */
const reserved = new Set(
  `about account accounts admin administrator anonymous auction auctions bidder board boards card cards categories chat
   chats comment comments deal deals developer docs event events everyone explore export feed feedback followers follows former-member
   guest hallabong handle health help home host increments inbox index info keys latest legal live login logout mail
   master mine moderator null official offers operator post posts popular press privacy problems product products
   profile profiles recommend register requests review reviews robots root rooms rules search security sell seller service
   settings signup staff state status support system tags team terms test time undefined unknown user users visitor
   webmaster welcome`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** What is wrong with the shape of a handle; whether it is free the table knows. */
export function handleFault(handle: string): HandleFault | null {
  const { min, max } = accounts.handle
  if (handle.length < min) return 'too-short'
  if (handle.length > max) return 'too-long'
  if (!/^[a-z0-9_.]+$/.test(handle)) return 'characters'
  if (/^\.|\.$|\.\./.test(handle)) return 'dots'
  if (isReserved(handle)) return 'reserved'
  return null
}

/** Also with signs added: `admin_` and `hallabong.official` would be taken for the house. */
function isReserved(handle: string): boolean {
  const plain = handle.replaceAll(/[._]/g, '')
  return reserved.has(handle) || reserved.has(plain) || plain.startsWith('hallabong')
}

const qualities =
  'sunny calm brave quick merry warm clear lucky gentle bright happy breezy mellow cosy fresh golden'.split(' ')
const things =
  'tangerine citrus orchard basket lantern pebble meadow harbour teapot kettle maple willow magpie otter fox deer'.split(
    ' ',
  )

/** A handle for someone who chose none; `pick(n)` gives a number below `n`. */
export function inventHandle(pick: (below: number) => number): string {
  const digits = String(pick(10_000)).padStart(4, '0')
  return `${qualities[pick(qualities.length)]}.${things[pick(things.length)]}.${digits}`
}

/** When the handle may be changed next; null for at once. The first change is always free. */
export function handleChangeFrom(changedAt: number | null, at: number): number | null {
  if (changedAt === null) return null
  const from = changedAt + accounts.handle.changeEveryMs
  return from > at ? from : null
}
