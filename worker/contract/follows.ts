import { z } from 'zod'
import { Page, PageQuery } from './page.ts'
import { Handle, PersonCard, PersonRow } from './profiles.ts'

export const FollowPerson = z.strictObject({ handle: Handle })

/** `requested`: the account is private and has to accept first. */
export const Followed = z.object({ state: z.enum(['following', 'requested']) })
export type Followed = z.infer<typeof Followed>

/** People who follow, are followed, or ask to. */
export const FollowPage = Page(PersonRow)
export type FollowPage = z.infer<typeof FollowPage>

/** People I blocked or muted. */
export const ShutOutPage = Page(PersonCard)

export const FollowsQuery = PageQuery()
