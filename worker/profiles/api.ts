import type { AccountId } from '../contract/ids.ts'
import type { MediaView } from '../contract/media.ts'
import type { HandleState, PersonCard, Profile } from '../contract/profiles.ts'
import { now } from '../kernel/clock.ts'
import type { Db } from '../kernel/db.ts'
import { randomBelow } from '../kernel/ids.ts'
import { mediaViews } from '../media/api.ts'
import { holderOf, profileByHandle, profilesOf, type ProfileRow } from './queries.ts'
import { handleFault, inventHandle } from './rules.ts'
import { cardOf, profileOf } from './views.ts'

export {
  accountsByHandle,
  accountsLike,
  isPublicAccount,
  moveCount,
  openProfile,
  peopleLike,
  profileByHandle,
  profilesOf,
  selectProfile,
  setManner,
  setPhoneVerified,
  setSuspended,
} from './queries.ts'
export { sweepFormerHandles, type PlaceAmongNames } from './queries.ts'
export { handleChangeFrom } from './rules.ts'
export type { ProfileRow } from './queries.ts'

/** A card with what those who trade look at besides. */
export interface TraderCard extends PersonCard {
  deals: number
  noShows: number
}

/** Cards of these people, in one query for them and one for their pictures. Unknown ids are missing from the map. */
export async function personCards(db: Db, ids: readonly AccountId[]): Promise<Map<AccountId, PersonCard>> {
  const traders = await traderCards(db, ids)
  return new Map([...traders].map(([account, { deals: _deals, noShows: _noShows, ...card }]) => [account, card]))
}

/** The same, with counts that stand on the same row. */
export async function traderCards(db: Db, ids: readonly AccountId[]): Promise<Map<AccountId, TraderCard>> {
  return (await tradersBeside(db, ids, [])).traders
}

/** The same beside pictures of something else: all pictures come in one query. */
export async function tradersBeside(
  db: Db,
  ids: readonly AccountId[],
  pictures: readonly string[],
): Promise<{ traders: Map<AccountId, TraderCard>; views: Map<string, MediaView> }> {
  const rows = await profilesOf(db, ids)
  const views = await mediaViews(db, [...pictures, ...rows.flatMap((row) => row.picture ?? [])])
  const traders = rows.map((row) => {
    const { account, picture, deals, noShows } = row
    return [account, { ...cardOf(row, (picture && views.get(picture)) ?? null), deals, noShows }] as const
  })
  return { traders: new Map(traders), views }
}

export interface PersonName {
  handle: string
  name: string
  /** Not to be shown, but a reason not to show somebody where things are put forward. */
  isSuspended: boolean
}

/** Handle and name of these people, where no more is shown. */
export async function personNames(db: Db, ids: readonly AccountId[]): Promise<Map<AccountId, PersonName>> {
  const rows = await profilesOf(db, ids)
  return new Map(rows.map((row) => [row.account, nameOf(row)]))
}

/** Who has this handle, with what `personNames` would say of them. */
export async function namedBy(db: Db, handle: string): Promise<{ account: AccountId; name: PersonName } | null> {
  const row = await profileByHandle(db, handle)
  return row && { account: row.account, name: nameOf(row) }
}

function nameOf({ handle, name, suspendedUntil }: ProfileRow): PersonName {
  return { handle, name, isSuspended: suspendedUntil !== null && suspendedUntil > now() }
}

/** On every cached page that shows this person; forgotten when they change how they look. */
export function personTag(account: AccountId): string {
  return `person-${account}`
}

/** A profile as its owner sees it. */
export async function ownProfile(db: Db, row: ProfileRow): Promise<Profile> {
  return profileOf(row, await pictureOf(db, row), 'owner')
}

export async function pictureOf(db: Db, { picture }: ProfileRow) {
  if (picture === null) return null
  const views = await mediaViews(db, [picture])
  return views.get(picture) ?? null
}

/** Whether the handle can be had by `asker`, who may take back an own former one. */
export async function handleState(db: Db, handle: string, asker: AccountId | null): Promise<HandleState> {
  const fault = handleFault(handle)
  if (fault) return { available: false, reason: fault }
  const holder = await holderOf(db, handle, now())
  if (!holder || (holder.isFormer && holder.account === asker)) return { available: true, reason: null }
  return { available: false, reason: holder.isFormer ? 'held' : 'taken' }
}

/** A handle nobody has. Two callers may get the same one; the table lets only one of them keep it. */
export async function freeHandle(db: Db): Promise<string> {
  for (;;) {
    const handle = inventHandle(randomBelow)
    const { available } = await handleState(db, handle, null)
    if (available) return handle
  }
}
