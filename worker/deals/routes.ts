import { Hono } from 'hono'
import type { AppEnv } from '../kernel/context.ts'
import { caseRoutes } from './routes/cases.ts'
import { disputeRoutes } from './routes/disputes.ts'
import { projectionRoutes } from './routes/projections.ts'
import { readingRoutes } from './routes/reading.ts'
import { stepRoutes } from './routes/steps.ts'

export const dealRoutes = new Hono<AppEnv>()
  .route('/', projectionRoutes)
  .route('/', readingRoutes)
  .route('/', stepRoutes)
  .route('/', disputeRoutes)
  .route('/', caseRoutes)
