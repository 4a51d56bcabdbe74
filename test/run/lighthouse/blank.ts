import { createServer } from 'node:http'
import { freePort } from '../../support/free-port.ts'

export interface BlankPage {
  url: string
  close(): void
}

/**
 * An empty page of the same host. From `about:blank` the browser goes on in a new process, which may be slower to hear that it is traced
 * than to begin with the page: Lighthouse then finds no beginning (NO_NAVSTART). Within a host the process stays.
 */
export async function openBlankPage(): Promise<BlankPage> {
  const port = await freePort()
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end())
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
