import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the push service of this run. */
    pushService: string
  }
}

/** What a push service was brought: all it can know, since the body is sealed. */
export interface Brought {
  headers: Record<string, string>
  /** Base64. */
  body: string
}

/**
 * A push service on this computer, over real HTTP. What is posted to `/push/{box}` waits at `/box/{box}`; `PUT /box/{box}` with a
 * status has the box answer with that from then on.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const boxes = new Map<string, Brought[]>()
  const statuses = new Map<string, number>()

  const server = createServer((request, response) => void serve(request, response))

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request)
    const [, road = '', box = ''] = (request.url ?? '').split('/')
    const brought = boxes.get(box) ?? []
    if (road === 'push' && request.method === 'POST') {
      boxes.set(box, [
        ...brought,
        { headers: request.headers as Record<string, string>, body: body.toString('base64') },
      ])
      const status = statuses.get(box) ?? 201
      response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end()
    } else if (road === 'box' && request.method === 'PUT') {
      statuses.set(box, Number(body.toString()))
      response.writeHead(204).end()
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(brought))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('pushService', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
