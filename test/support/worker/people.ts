import { env } from 'cloudflare:workers'
import { followsDrain } from '../../../worker/follows/api.ts'
import type { Actor } from './actors.ts'
import type { Answer } from './app.ts'
import { must } from './auctions.ts'

type Named = Pick<Actor, 'handle'>

export const follow = (who: Actor, whom: Named) => who.post('/api/follows', { handle: whom.handle })
export const unfollow = (who: Actor, whom: Named) => who.delete(`/api/follows/${whom.handle}/unfollow`)
export const removeFollower = (who: Actor, whom: Named) => who.delete(`/api/follows/${whom.handle}/unfollower`)
export const acceptFollower = (who: Actor, whom: Named) => who.post(`/api/follows/requests/${whom.handle}`)
export const declineFollower = (who: Actor, whom: Named) => who.delete(`/api/follows/requests/${whom.handle}`)
export const block = (who: Actor, whom: Named) => who.put(`/api/blocks/${whom.handle}`)
export const unblock = (who: Actor, whom: Named) => who.delete(`/api/blocks/${whom.handle}`)
export const mute = (who: Actor, whom: Named) => who.put(`/api/mutes/${whom.handle}`)
export const unmute = (who: Actor, whom: Named) => who.delete(`/api/mutes/${whom.handle}`)

/** Waits until open rooms know how people stand to each other by now. */
export const relationsTold = () => env.DRAIN.get(env.DRAIN.idFromName(followsDrain)).nudge(followsDrain)

export const profileOf = (viewer: Actor, whom: Named): Promise<Answer> =>
  viewer.get(`/api/accounts/users/${whom.handle}`)

/** Opens or closes the account to those who do not follow it. */
export async function setPublic(who: Actor, isPublic: boolean): Promise<void> {
  const path = `/api/accounts/users/${who.handle}`
  const { version } = must(await who.get(path), 200)
  must(await who.patch(path, { isPublic }, { headers: { 'if-match': `"${version}"` } }), 200)
}

/** Handles on a list, in order, over all its pages. */
export async function handlesOn(viewer: Actor, path: string, limit = 50): Promise<string[]> {
  const handles: string[] = []
  const mark = path.includes('?') ? '&' : '?'
  let cursor: string | null = null
  do {
    const page = `${path}${mark}limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const { items, nextCursor } = must(await viewer.get(page), 200)
    handles.push(...items.map(({ handle }: Named) => handle))
    cursor = nextCursor
  } while (cursor !== null)
  return handles
}

export const followsOf = (viewer: Actor, whom: Named) => handlesOn(viewer, `/api/follows/${whom.handle}/follows`)
export const followersOf = (viewer: Actor, whom: Named) => handlesOn(viewer, `/api/follows/${whom.handle}/followers`)
export const requestsTo = (who: Actor) => handlesOn(who, '/api/follows/requests')
