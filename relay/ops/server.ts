import { createServer, type Server } from 'node:http'
import type { Metrics } from './metrics.ts'
import { checkParts, type Part } from './parts.ts'

/** For whoever runs this computer: alive, ready, measured. */
export interface Ops {
  port: number
  /** From now on it is alive and not ready, so that nobody sends it anything new. */
  stopping(): void
  close(): Promise<void>
}

/**
 * Three addresses on a port of their own that only this computer reaches, for they are answered unsigned: what asks them
 * (a probe, a scraper) cannot sign. The signed API stays silent to everybody else.
 */
export function openOps(parts: readonly Part[], metrics: Metrics, port: number): Promise<Ops> {
  let isStopping = false

  const answers: Record<string, () => Promise<Answer>> = {
    '/healthz': async () => ({ status: 200, type: 'text/plain; charset=utf-8', body: 'alive\n' }),
    async '/readyz'() {
      const { ok, parts: states } = await checkParts(parts)
      const isReady = ok && !isStopping
      const body = JSON.stringify({ ok: isReady, ...(isStopping ? { reason: 'stopping' } : {}), parts: states })
      return { status: isReady ? 200 : 503, type: 'application/json', body: `${body}\n` }
    },
    '/metrics': async () => ({
      status: 200,
      type: metrics.contentType,
      body: await metrics.text(await checkParts(parts)),
    }),
  }

  const server = createServer(async (request, response) => {
    const { status, type, body } = await answerTo(request.method, request.url, request.headers.host)
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : body)
  })

  async function answerTo(method = '', url = '', host = ''): Promise<Answer> {
    // A page in a browser on this computer may have had its name pointed here.
    if (!isThisComputer(host)) return plain(403)
    if (method !== 'GET' && method !== 'HEAD') return plain(405)
    const answer = answers[url.split('?')[0] ?? '']
    return answer ? answer() : plain(404)
  }

  return listen(server, port).then((taken) => ({
    port: taken,
    stopping: () => (isStopping = true),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }))
}

interface Answer {
  status: number
  type: string
  body: string
}

function plain(status: number): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${status}\n` }
}

function isThisComputer(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
