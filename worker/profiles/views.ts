import type { MediaView } from '../contract/media.ts'
import { mannerOf, type PersonCard, type Profile } from '../contract/profiles.ts'
import { iso } from '../contract/time.ts'
import { now } from '../kernel/clock.ts'
import type { ProfileRow } from './queries.ts'

export function cardOf(row: ProfileRow, picture: MediaView | null): PersonCard {
  return {
    handle: row.handle,
    name: row.name,
    picture,
    manner: mannerOf(row.manner / 10),
    phoneVerified: row.phoneVerified,
    suspended: row.suspendedUntil !== null && row.suspendedUntil > now(),
  }
}

/** How a viewer stands to the person. */
type Standing = Pick<Profile, 'isFollowing' | 'isFollower' | 'requested' | 'isMuted'>

const asStranger: Standing = { isFollowing: false, isFollower: false, requested: false, isMuted: false }

/** As the owner sees it, or somebody who stands like that to them. */
export function profileOf(row: ProfileRow, picture: MediaView | null, to: Standing | 'owner' | 'visitor'): Profile {
  const { isFollowing, isFollower, requested, isMuted } = typeof to === 'string' ? asStranger : to
  const isOpen = row.isPublic || to === 'owner' || isFollowing
  return {
    ...cardOf(row, picture),
    isPublic: row.isPublic,
    followsCount: row.followsCount,
    followersCount: row.followersCount,
    isFollowing,
    isFollower,
    requested,
    isMuted,
    bio: isOpen ? row.bio : null,
    links: isOpen ? row.links : null,
    grades: row.grades,
    deals: row.deals,
    noShows: row.noShows,
    joinedAt: isOpen ? iso(row.joinedAt) : null,
    version: row.version,
  }
}
