import { createServer } from 'node:net'

/** Below 32,768, where systems begin to give ports to outgoing connections: one of those may be gone before it is listened on. */
const [lowest, highest] = [20_000, 32_767]

/** A port of this computer that nobody listens on at the moment: the first of so many in a row. */
export async function freePort(inRow = 1): Promise<number> {
  for (;;) {
    const first = lowest + Math.floor(Math.random() * (highest - lowest - inRow))
    const free = await Promise.all(Array.from({ length: inRow }, (_, place) => isFree(first + place)))
    if (free.every(Boolean)) return first
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
