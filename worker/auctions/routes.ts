import { Hono } from 'hono'
import type { AppEnv } from '../kernel/context.ts'
import { liveRoutes } from './live-route.ts'
import { bidRoutes } from './routes/bids.ts'
import { likeRoutes } from './routes/likes.ts'
import { listRoutes } from './routes/lists.ts'
import { lotRoutes } from './routes/lots.ts'
import { offerRoutes } from './routes/offers.ts'
import { projectionRoutes } from './routes/projections.ts'
import { roomRoutes } from './routes/room.ts'

/** Paths of fixed words come first: `/auctions/mine` is a list, not an auction. */
export const auctionRoutes = new Hono<AppEnv>()
  .route('/', listRoutes)
  .route('/', offerRoutes)
  .route('/', bidRoutes)
  .route('/', lotRoutes)
  .route('/', roomRoutes)
  .route('/', liveRoutes)
  .route('/', likeRoutes)
  .route('/', projectionRoutes)
