import { WorkerEntrypoint } from 'cloudflare:workers'
import { findActor, sweepAccounts } from './accounts/api.ts'
import { createApp } from './app.ts'
import { tellRoomsOfPair } from './auctions/api.ts'
import { maySeeAttached, tellDirectRoom } from './chat/api.ts'
import { maySeeEvidence } from './deals/api.ts'
import { followsDrain, workOnFollows } from './follows/api.ts'
import { readConfig } from './env.ts'
import { createDb } from './kernel/db.ts'
import { addDrain } from './kernel/drain.ts'
import { sweepStoredAnswers } from './kernel/idempotency.ts'
import { createIds } from './kernel/ids.ts'
import { describeError, log } from './kernel/log.ts'
import { nudgeDrain } from './kernel/outbox.ts'
import { gatherPurge } from './kernel/purge.ts'
import { addFileOwner, clearUpMedia, mediaDrain, retryMedia, sweepMedia, workOnMedia } from './media/api.ts'
import { createPages } from './pages.tsx'
import { addRemedy, staffSees, workOnDecisions } from './moderation/api.ts'
import { noticesDrain, tellInboxesOfPair } from './notifications/api.ts'
import { workOnNotices } from './notifications/fan-out.ts'
import { faultRemedy, undoFault, workOnReviews } from './reviews/api.ts'
import { sweepSearch } from './search/api.ts'

export { AuctionAudience } from './auctions/audience.ts'
export { AuctionRoom } from './auctions/room.ts'
export { ChatRoom } from './chat/room.ts'
export { Deal } from './deals/deal.ts'
export { Drain } from './kernel/drain.ts'
export { Limiter } from './kernel/rate-limit.ts'
export { Inbox } from './notifications/inbox.ts'

addDrain(mediaDrain, workOnMedia)
addFileOwner('room_', maySeeAttached)
addFileOwner('deal_', maySeeEvidence)
addFileOwner('dec_', staffSees)
addRemedy(faultRemedy, undoFault)
addDrain(followsDrain, workOnFollows({ follows: [tellRoomsOfPair], shutOuts: [tellDirectRoom, tellInboxesOfPair] }))
addDrain(noticesDrain, workOnNotices)

const app = createApp({ findActor, createPages })

export default class Hallabong extends WorkerEntrypoint<Env> {
  override fetch(request: Request): Response | Promise<Response> {
    return app.fetch(request, this.env, this.ctx)
  }

  override async scheduled(): Promise<void> {
    nudgeDrain(this.env, this.ctx)
    nudgeDrain(this.env, this.ctx, followsDrain)
    nudgeDrain(this.env, this.ctx, noticesDrain)
    const db = createDb(this.env.DB)
    const where = { env: this.env, db, ids: createIds(readConfig(this.env).idSecret), ctx: this.ctx }
    await eachByItself({
      answers: () => sweepStoredAnswers(db),
      accounts: () => sweepAccounts(db),
      search: () => sweepSearch(db),
      reviews: () => workOnReviews(where),
      decisions: () => workOnDecisions(where),
      // Last, for a store that is away may take its time to say so.
      uploads: () => retryMedia(this.env, this.ctx),
      unattached: () => sweepMedia(this.env, this.ctx),
      leftovers: () => clearUpMedia(this.env, this.ctx),
    })
  }

  /** For the objects: a purge reaches only the cache of the entrypoint that asks for it. */
  async purge(tags: string[]): Promise<void> {
    await gatherPurge(this.ctx, tags)
  }
}

/** One after the other, so that one that fails takes no other with it. Fails after all had their turn: the visit did not go well. */
async function eachByItself(steps: Record<string, () => Promise<void>>): Promise<void> {
  const failed: string[] = []
  for (const [job, step] of Object.entries(steps))
    try {
      await step()
    } catch (error) {
      log('error', 'cron-step-failed', { job, ...describeError(error) })
      failed.push(job)
    }
  if (failed.length > 0) throw new Error(`cron failed at ${failed.join(', ')}`)
}
