import { Hono } from 'hono'
import type { AppEnv } from '../kernel/context.ts'
import { blockRoutes } from './routes/blocks.ts'
import { edgeRoutes } from './routes/edges.ts'
import { requestRoutes } from './routes/requests.ts'

/** Requests first: `requests` is nobody's handle. */
export const followRoutes = new Hono<AppEnv>().route('/', requestRoutes).route('/', edgeRoutes).route('/', blockRoutes)
