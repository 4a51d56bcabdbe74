import { Hono } from 'hono'
import type { AppEnv } from '../kernel/context.ts'
import { membershipRoutes } from './routes/membership.ts'
import { messagesRoutes } from './routes/messages.ts'
import { roomsRoutes } from './routes/rooms.ts'

export const chatRoutes = new Hono<AppEnv>()
  .route('/', roomsRoutes)
  .route('/', membershipRoutes)
  .route('/', messagesRoutes)
