import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Door } from './frames.ts'

const room = fileURLToPath(new URL('plain-server.ts', import.meta.url))

export interface PlainServer {
  door: Door
  pid: number
  close(): void
}

/** A room as one would write it in an afternoon, in a process of its own. */
export function openPlainRoom({ gatherMs = 0 }: { gatherMs?: number } = {}): Promise<PlainServer> {
  return openPlain(room, String(gatherMs))
}

/** A script that is given a file for its SQLite and tells the port on which it listens. */
export async function openPlain(script: string, ...args: string[]): Promise<PlainServer> {
  const path = mkdtempSync(join(tmpdir(), 'hallabong-plain-'))
  const child = fork(script, [join(path, 'plain.sqlite'), ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('the plain server did not open')))
  })
  return {
    door: { url: `ws://127.0.0.1:${port}`, headers: {} },
    pid: child.pid ?? 0,
    close() {
      child.disconnect()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
