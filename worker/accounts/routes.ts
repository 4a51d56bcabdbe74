import { Hono } from 'hono'
import type { AppEnv } from '../kernel/context.ts'
import { ownRoutes } from './routes/own.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { phoneRoutes } from './routes/phone.ts'
import { registrationRoutes } from './routes/registration.ts'
import { sessionRoutes } from './routes/sessions.ts'

export const accountRoutes = new Hono<AppEnv>()
  .route('/', registrationRoutes)
  .route('/', phoneRoutes)
  .route('/', sessionRoutes)
  .route('/', passwordRoutes)
  .route('/', ownRoutes)
