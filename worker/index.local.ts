import Hallabong from './index.ts'
import { withoutLimits } from './kernel/rate-limit.ts'
import { standInForRelay } from './kernel/relay.ts'
import { beStrict } from './kernel/reply.ts'
import { localBindings } from './local/bindings.ts'
import { atLocalTime } from './local/clock.ts'
import { counting } from './local/d1-counter.ts'
import { createDoors, hasKey, isLoopback, type LocalEnv } from './local/doors.ts'
import { memoryRelay } from './local/mailbox.ts'
import { PageCache } from './local/page-cache.ts'
import { noteVisit } from './local/visits.ts'
import { openLoopbackPush } from './notifications/push/endpoint.ts'

/**
 * The entry of start, dev, tests and bench: the Worker as it is deployed, with doors that exist only here. `wrangler.toml` names
 * `index.ts` alone, and a gate looks for these doors in what is deployed.
 */
export { LocalAuctionAudience as AuctionAudience } from './local/auction-audience.ts'
export { LocalAuctionRoom as AuctionRoom } from './local/auction-room.ts'
export { LocalChatRoom as ChatRoom } from './local/chat-room.ts'
export { LocalDeal as Deal } from './local/deal.ts'
export { LocalInbox as Inbox } from './local/inbox.ts'
export { Drain, Limiter } from './index.ts'

beStrict()
openLoopbackPush()
standInForRelay(memoryRelay)

const cache = new PageCache()

export default class LocalHallabong extends Hallabong {
  constructor(ctx: ExecutionContext, env: Env) {
    Object.defineProperty(ctx, 'cache', { value: cache })
    super(ctx, localBindings(env))
  }

  override async fetch(request: Request): Promise<Response> {
    const env: LocalEnv = this.env
    const { pathname, hostname } = new URL(request.url)
    // A foreign name that was made to lead here (DNS rebinding) must not reach the doors, nor what this computer's browser may read.
    if (env.LOCAL_KEY !== undefined && !isLoopback(hostname))
      return new Response(`Open this site as ${env.ORIGIN}\n`, { status: 421 })
    const ownTime = hasKey(env, request) ? request.headers.get('x-local-clock') : null
    if (pathname.startsWith('/dev/'))
      return atLocalTime(ownTime, async () => this.openDoors().fetch(request, env, this.ctx))
    if (hasKey(env, request)) return withoutLimits(() => atLocalTime(ownTime, () => this.run(request)))
    if (!pathname.startsWith('/api/media/uploads/')) noteVisit()
    return atLocalTime(null, () => cache.serve(request, (asked) => this.run(asked)))
  }

  /** For requests that come to them alone: the platform makes an entrypoint for each request, and with it would make all their routes. */
  private openDoors() {
    return createDoors({ tick: () => this.scheduled() })
  }

  private run(request: Request): Promise<Response> {
    return counting(async () => super.fetch(request))
  }
}
