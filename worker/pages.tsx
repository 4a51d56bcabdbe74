import { Hono } from 'hono'
import { renderPage, type RenderedPage } from '../web/entry-server.tsx'
import type { Ask, Pages } from './app.ts'
import type { AppContext, AppEnv } from './kernel/context.ts'
import { sha256 } from './kernel/ids.ts'
import type { Problem } from './kernel/problem.ts'
import { sourceHash } from './kernel/security.ts'

type ShownProblem = NonNullable<RenderedPage['problem']>

/**
 * The website. A page is rendered for nobody in particular from what the API says to a visitor, so one copy serves everyone;
 * how long, and under which tags, follows from the API's own answers.
 */
export function createPages(ask: Ask): Pages {
  async function render(c: AppContext, problem?: ShownProblem) {
    const kept = new Keeping()
    const { pathname, search } = new URL(c.req.url)
    const isEnglish = /^\/en(\/|$)/.test(pathname)
    const page = await renderPage({
      path: (isEnglish ? pathname.slice('/en'.length) || '/' : pathname) + search,
      language: isEnglish ? 'en' : 'ko',
      origin: c.var.config.origin,
      operator: c.var.config.operator,
      fetch: async (input, init) => kept.note(await ask(c, new Request(input, init))),
      ...(problem ? { problem } : {}),
    })
    return { page, kept }
  }

  return {
    routes: new Hono<AppEnv>().get('*', async (c) => {
      const { page, kept } = await render(c)
      if (page.problem) return html(c, page, { 'cache-control': 'no-store' })
      const etag = `"${sha256(page.html).slice(0, 22)}"`
      const headers = { ...kept.headers(), etag, 'content-security-policy': await policyOf(c, page.scripts) }
      // A browser takes over the headers of a 304 too: without the page's own policy it would get that of what is no page.
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers)
      return html(c, page, headers)
    }),

    async problem(c, { code, status, extra }: Problem) {
      const { retryAfterMs } = extra
      const { page } = await render(c, { code, status, request: c.var.requestId, retryAfterMs })
      return html(c, page, { 'cache-control': 'no-store' })
    },
  }
}

/** Gathers what the API's answers say about keeping: the shortest life and every tag count for the page made of them. */
class Keeping {
  private seconds = 60
  private readonly tags = new Set<string>()

  note(answer: Response): Response {
    const control = answer.headers.get('cache-control')
    if (control !== null) this.seconds = Math.min(this.seconds, lifeOf(control))
    for (const tag of answer.headers.get('cache-tag')?.split(',') ?? []) this.tags.add(tag.trim())
    return answer
  }

  /** The edge keeps it; browsers ask each time and mostly learn that nothing changed. */
  headers(): Record<string, string> {
    if (this.seconds === 0) return { 'cache-control': 'no-store' }
    return {
      'cache-control': `public, max-age=0, s-maxage=${this.seconds}, must-revalidate`,
      'cache-tag': ['pages', ...this.tags].join(','),
    }
  }
}

function lifeOf(control: string): number {
  if (/no-store|private/.test(control)) return 0
  const seconds = /s-maxage=(\d+)/.exec(control)?.[1] ?? /max-age=(\d+)/.exec(control)?.[1]
  return seconds === undefined ? Infinity : Number(seconds)
}

async function html(c: AppContext, page: RenderedPage, headers: Record<string, string>): Promise<Response> {
  return new Response(page.html, {
    status: page.status,
    headers: {
      'content-type': 'text/html; charset=UTF-8',
      'content-security-policy': await policyOf(c, page.scripts),
      ...headers,
    },
  })
}

let hashes: string[] | undefined

/**
 * Scripts of ours by hash, never by nonce: a cached nonce is a constant. The inline scripts are constants of the build and come
 * from the renderer's own list, not from the finished page, so a script that slipped into a page is not among them.
 * Components set `style` attributes while rendering; style sheets and elements stay ours alone.
 */
async function policyOf(c: AppContext, scripts: readonly string[]): Promise<string> {
  hashes ??= await Promise.all(scripts.map(sourceHash))
  const { isSecure, storage } = c.var.config
  const bucket = storage.kind === 's3' ? ` ${new URL(storage.endpoint).origin}` : ''
  // Vite's dev server puts styles into elements and talks to the browser by a socket of its own.
  const isDev = import.meta.env.DEV
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.map((hash) => `'${hash}'`).join(' ')}`,
    `style-src 'self'${isDev ? " 'unsafe-inline'" : ''}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${bucket}`,
    `connect-src 'self'${bucket}${isDev ? ' ws:' : ''}`,
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
