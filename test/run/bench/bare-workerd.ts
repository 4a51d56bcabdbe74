import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Log, LogLevel, Miniflare, type MiniflareOptions } from 'miniflare'

export interface BareWorkerd {
  origin: string
  close(): Promise<void>
}

/** A workerd of its own with one Worker and one class of objects, `Bare`, bound as `BARE`: what the platform takes without us. */
export async function openBare(script: string): Promise<BareWorkerd> {
  const path = mkdtempSync(join(tmpdir(), 'hallabong-bare-'))
  const miniflare = new Miniflare({
    workers: [
      {
        config: {
          name: 'bare',
          compatibilityDate: '2026-10-01',
          compatibilityFlags: [],
          manifest: {
            mainModule: 'index.js',
            modulesRoot: path,
            modules: { 'index.js': { type: 'esm', contents: script } },
          },
          env: { BARE: { type: 'durable-object', worker: 'bare', exportName: 'Bare' } },
          exports: { Bare: { type: 'durable-object', storage: 'sqlite' } },
        },
        dev: { rootPath: path },
      },
    ],
    host: '127.0.0.1',
    log: new Log(LogLevel.NONE),
    resourcePersistencePath: path,
  } as unknown as MiniflareOptions)
  const { origin } = await miniflare.ready
  return {
    origin,
    async close() {
      await miniflare.dispose()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
