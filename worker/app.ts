import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { generateSpecs } from 'hono-openapi'
import { accountRoutes } from './accounts/routes.ts'
import { adminRoutes } from './admin/routes.ts'
import { auctionRoutes } from './auctions/routes.ts'
import { chatRoutes } from './chat/routes.ts'
import { api as apiLimits } from './contract/limits.ts'
import { rebuilding } from './contract/rebuilding.ts'
import { dealRoutes } from './deals/routes.ts'
import { readConfig } from './env.ts'
import { followRoutes } from './follows/routes.ts'
import type { AppContext, AppEnv } from './kernel/context.ts'
import { createDb } from './kernel/db.ts'
import { createIds } from './kernel/ids.ts'
import { describeError, log } from './kernel/log.ts'
import { asProblem, Problem, problemResponse } from './kernel/problem.ts'
import { countCalls } from './kernel/rate-limit.ts'
import { traceRequests } from './kernel/requests.ts'
import { sameOriginWrites, secureHeaders } from './kernel/security.ts'
import type { FindActor } from './kernel/sessions.ts'
import { mediaFileRoutes, mediaRoutes, uploadRoutes } from './media/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { moderationRoutes } from './moderation/routes.ts'
import { profileRoutes } from './profiles/routes.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { descriptionRoutes, serviceRoutes, type ApiDescription } from './service/routes.ts'

export interface AppDeps {
  /** Accounts are a feature, so the kernel learns from here who a sign-in belongs to. */
  findActor: FindActor
  /** The website. Handed in, because `web` and `worker` are two projects and may not refer to each other in a circle. */
  createPages: (ask: Ask) => Pages
}

/** Asks the API as nobody, in this isolate: what a public page shows is what the API says. */
export type Ask = (c: AppContext, request: Request) => Promise<Response>

export interface Pages {
  routes: Hono<AppEnv>
  /** The page that tells a person about a problem, with its status. */
  problem(c: AppContext, problem: Problem): Promise<Response>
}

export function createApp({ findActor, createPages }: AppDeps) {
  const app = new Hono<AppEnv>({ strict: false })
  // A dot in a path makes it a static file for the generator, and `/api/openapi.json` is none. Its own answer to what is not
  // valid is none of ours.
  const describeApi = async () =>
    (await generateSpecs(app, {
      documentation,
      excludeStaticFile: false,
      defaultValidationErrorResponse: false,
    })) as unknown as ApiDescription

  app.use(async (c, next) => {
    const config = readConfig(c.env)
    c.set('config', config)
    c.set('ids', createIds(config.idSecret))
    c.set('db', createDb(c.env.DB))
    c.set('findActor', findActor)
    c.set('actor', null)
    await next()
  })
  app.use(traceRequests)
  app.use(secureHeaders)

  const api = new Hono<AppEnv>()
  api.use(methodNotAllowed({ app: api, onMethodNotAllowed: refuseMethod }))
  api.use(sameOriginWrites, limitBody, limitCalls)
  for (const routes of [
    accountRoutes,
    profileRoutes,
    followRoutes,
    searchRoutes,
    auctionRoutes,
    dealRoutes,
    chatRoutes,
    mediaRoutes,
    uploadRoutes,
    reviewRoutes,
    moderationRoutes,
    adminRoutes,
    notificationRoutes,
    serviceRoutes,
  ])
    api.route('/', routes)
  api.route('/', descriptionRoutes(describeApi))

  app.route('/api', api)
  app.all('/api/*', (c) => problemResponse(new Problem('not-found'), c.var.requestId))

  app.route('/', mediaFileRoutes)
  // The address goes along, so that what a page asks counts as the calls of whoever opens it.
  const pages = createPages(async (c, request) => {
    const address = c.req.header('cf-connecting-ip')
    if (address !== undefined) request.headers.set('cf-connecting-ip', address)
    return app.fetch(request, c.env, c.executionCtx)
  })
  app.route('/', pages.routes)
  app.notFound((c) => {
    // A form that was sent before its page had woken up: the page is shown again, for it to be sent by the page.
    // Two slashes at its beginning would make another site of it.
    if (c.req.method === 'POST') return c.redirect(new URL(c.req.url).pathname.replace(/^[/\\]+/, '/'), 303)
    return pages.problem(c, new Problem('not-found'))
  })
  app.onError((thrown, c) => {
    const problem = asProblem(thrown)
    if (problem.code === 'internal') log('error', 'failed', { request: c.var.requestId, ...describeError(thrown) })
    return /^\/(api|media)(\/|$)/.test(c.req.path)
      ? problemResponse(problem, c.var.requestId)
      : pages.problem(c, problem)
  })
  return app
}

function refuseMethod(c: AppContext, methods: string[]): Response {
  const refusal = problemResponse(new Problem('method-not-allowed'), c.var.requestId)
  refusal.headers.set('allow', methods.join(', '))
  return refusal
}

const uploads = /^\/api\/media\/uploads\//

const limit64k = bodyLimit({
  maxSize: apiLimits.bodyBytes,
  onError: () => {
    throw new Problem('body-too-large')
  },
})

const limitRebuilding = bodyLimit({
  maxSize: rebuilding.bytes,
  onError: () => {
    throw new Problem('body-too-large')
  },
})

/** Pictures go to their own route, which knows the size from the ticket and streams. */
function limitBody(c: AppContext, next: () => Promise<void>) {
  if (uploads.test(c.req.path)) return next()
  return c.req.path === rebuilding.path ? limitRebuilding(c, next) : limit64k(c, next)
}

/** The relay fetches and brings everything from one address; these roads are opened by a seal or its signature. */
function limitCalls(c: Context<AppEnv>, next: () => Promise<void>) {
  return uploads.test(c.req.path) || c.req.path === rebuilding.path ? next() : countCalls(c, next)
}

const documentation = {
  openapi: '3.1.0',
  info: {
    title: 'Hallabong',
    version: '1',
    description:
      'Problems are RFC 9457. Money is whole KRW; times are ISO 8601 in UTC. Bodies take no field beyond those listed.',
  },
  components: {
    securitySchemes: {
      access: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      refresh: { type: 'apiKey', in: 'cookie', name: 'refresh' },
    },
  },
} as const
