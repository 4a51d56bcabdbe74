import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Asked {
  path: string
  authorization: string | undefined
  body: Record<string, unknown>
}

export interface EmbeddingsServer {
  url: string
  asked: Asked[]
  /** What it does with the next requests instead of answering; empty again afterwards. */
  instead: ((response: ServerResponse) => void)[]
}

/** A server that speaks both of our protocols and knows what an embedding of `n` dimensions looks like. */
export async function embeddingsServer(dimension = 8): Promise<EmbeddingsServer> {
  const asked: Asked[] = []
  const instead: EmbeddingsServer['instead'] = []
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
    const other = instead.shift()
    if (other) return other(response)
    response.setHeader('content-type', 'application/json')
    const texts = (body['input'] ?? body['text']) as string[]
    const vectors = texts.map((text) => vectorOf(text, dimension))
    if (request.url?.endsWith('/embeddings')) {
      // In any order: `index` says whose each is.
      const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse()
      return void response.end(JSON.stringify({ object: 'list', data, model: body['model'], usage: {} }))
    }
    const result = { shape: [vectors.length, dimension], data: vectors, pooling: 'cls' }
    response.end(JSON.stringify({ result, success: true, errors: [], messages: [] }))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, instead }
}

export function refusing(status: number, headers: Record<string, string> = {}): (response: ServerResponse) => void {
  return (response) => response.writeHead(status, headers).end('{"error":{"message":"no"}}')
}

/** Longer than 1, as models' are before they are made unit. */
function vectorOf(text: string, dimension: number): number[] {
  return Array.from({ length: dimension }, (_, at) => ((text.charCodeAt(at % text.length) || 1) % 17) + at)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
