import { z } from 'zod'
import { accounts, profiles as limits } from './limits.ts'
import { MediaView } from './media.ts'
import { hasUnseen, isLikeStaff } from './names.ts'
import { Page, PageQuery } from './page.ts'
import { Text } from './text.ts'

/** Manner in words: below 25, below 50, below 75, above. */
export const mannerBands = ['cold', 'warm', 'hot', 'glowing'] as const
export const MannerBand = z.enum(mannerBands)
export type MannerBand = z.infer<typeof MannerBand>

export const Manner = z.object({ score: z.number(), band: MannerBand })
export type Manner = z.infer<typeof Manner>

export function mannerOf(score: number): Manner {
  return { score, band: score < 25 ? 'cold' : score < 50 ? 'warm' : score < 75 ? 'hot' : 'glowing' }
}

/** A person on a list, beside a bid, above a message. */
export const PersonCard = z.object({
  handle: z.string(),
  name: z.string(),
  picture: MediaView.nullable(),
  manner: Manner,
  phoneVerified: z.boolean(),
  suspended: z.boolean(),
})
export type PersonCard = z.infer<typeof PersonCard>

/** Where the viewer stands to somebody; all false for visitors and for oneself. */
const standing = { isFollowing: z.boolean(), isFollower: z.boolean(), requested: z.boolean() }

/** A person on a list of people. */
export const PersonRow = PersonCard.extend(standing)
export type PersonRow = z.infer<typeof PersonRow>

/** `search`: how a handle or a name begins. */
export const FindPeople = PageQuery().extend({ search: Text({ max: accounts.handle.max + 1 }) })
export const PeoplePage = Page(PersonRow)

/** How many deals were rated with each grade. */
export const Grades = z.object({ best: z.int(), good: z.int(), poor: z.int(), bad: z.int() })
export type Grades = z.infer<typeof Grades>

/**
 * Of a private account those who do not follow it see card, counters and manner: bio, links and the day of joining are then null.
 */
export const Profile = PersonRow.extend({
  isPublic: z.boolean(),
  followsCount: z.int(),
  followersCount: z.int(),
  /** By the viewer. */
  isMuted: z.boolean(),
  bio: z.string().nullable(),
  links: z.array(z.string()).nullable(),
  grades: Grades,
  deals: z.int(),
  noShows: z.int(),
  joinedAt: z.iso.datetime({ precision: 3 }).nullable(),
  version: z.int(),
})
export type Profile = z.infer<typeof Profile>

/** Why a handle cannot be had. `held`: given up by someone else within 90 days. */
export const handleFaults = ['too-short', 'too-long', 'characters', 'dots', 'reserved', 'taken', 'held'] as const
export type HandleFault = (typeof handleFaults)[number]

export const HandleState = z.object({ available: z.boolean(), reason: z.enum(handleFaults).nullable() })
export type HandleState = z.infer<typeof HandleState>

/** 4-25 of `a-z 0-9 _ .`, no dot first, last or doubled; upper case is taken as lower. */
export const Handle = z
  .string()
  .max(100)
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(accounts.handle.min)
      .max(accounts.handle.max)
      .regex(/^[a-z0-9_.]+$/, 'characters')
      .regex(/^(?!\.)(?!.*\.\.)(?!.*\.$)/, 'dots'),
  )

/** What others read first of somebody: nothing in it that they cannot see, and nobody who would be taken for the house. */
export const Name = Text({ min: accounts.name.min, max: accounts.name.max }).pipe(
  z
    .string()
    .refine((name) => !hasUnseen(name), 'forbidden-characters')
    .refine((name) => !isLikeStaff(name), 'like-staff'),
)

/** An https address; a missing scheme becomes https. */
const Link = z
  .string()
  .trim()
  .max(limits.linkLength)
  .transform((text) => (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d/.test(text) ? text : `https://${text}`))
  .pipe(
    z
      .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'not-a-link' })
      .max(limits.linkLength)
      .refine((url) => !/^https:\/\/[^/?#]*@/i.test(url), 'not-a-link'),
  )

const fields = {
  handle: Handle,
  name: Name,
  bio: Text({ min: 0, max: limits.bio, lines: true }),
  links: z.array(Link).max(limits.links),
  /** Id of an own ready picture. */
  picture: z.string().max(64).nullable(),
  isPublic: z.boolean(),
}

/** PUT: all of it. */
export const WholeProfile = z.strictObject(fields)
export type WholeProfile = z.infer<typeof WholeProfile>

/** PATCH: what changes. */
export const ProfileChange = WholeProfile.partial()
export type ProfileChange = z.infer<typeof ProfileChange>
