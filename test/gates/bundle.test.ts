import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { collect } from '../../vite.config.ts'
import { everywhere, textFiles } from '../../web/i18n/dictionaries.ts'
import type { PageRoute } from '../../web/page.ts'
import { publicPages } from '../../web/routes.ts'

const root = new URL('../..', import.meta.url).pathname
const kilobyte = 1024
const languages = ['ko', 'en'] as const

/** Every public page is light; the live room alone may weigh more. */
function limitOf({ path }: PageRoute): number {
  return (path === '/auctions/:id' ? 55 : 40) * kilobyte
}

beforeAll(() => {
  execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'pipe',
    // Vitest's own would choose the development builds of libraries.
    env: { ...process.env, NODE_ENV: 'production' },
  })
}, 180_000)

describe('first load', () => {
  const sizes = new Map<string, number>()

  function sizeOf(file: string): number {
    const known = sizes.get(file)
    if (known !== undefined) return known
    const size = brotliCompressSync(readFileSync(join(root, 'dist/client', file))).length
    sizes.set(file, size)
    return size
  }

  test('sees pages', () => {
    expect(publicPages.length).toBeGreaterThan(2)
  })

  test.each(publicPages.map((page) => [page.path, page] as const))('of %s stays small', (path, page) => {
    const { modules } = collect(
      JSON.parse(readFileSync(join(root, 'dist/client/.vite/manifest.json'), 'utf8')) as Manifest,
    )
    for (const language of languages) {
      const sources = ['web/entry-client.tsx', page.source, ...textFiles(language, [...everywhere, ...page.texts])]
      for (const source of sources) expect(modules[source], `${source} is not in the build`).toBeDefined()
      const scripts = new Set(sources.flatMap((source) => modules[source]?.scripts ?? []))
      const bytes = [...scripts].reduce((sum, file) => sum + sizeOf(file), 0)
      console.log(`${path} (${language}): ${(bytes / kilobyte).toFixed(1)} kB of JavaScript, brotli`)
      expect(bytes).toBeLessThanOrEqual(limitOf(page))
    }
  })
})

describe('what is deployed', () => {
  const folder = join(root, 'dist/worker')
  const scripts = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))

  test('has no local door', () => {
    expect(scripts().length).toBeGreaterThan(0)
    for (const script of scripts())
      for (const word of ['/dev/', 'LOCAL_KEY', 'x-local-']) expect(script.includes(word), word).toBe(false)
  })

  test('is far from the limits of the platform', () => {
    const bytes = scripts().reduce((sum, script) => sum + gzipSync(script).length, 0)
    console.log(`Worker: ${(bytes / kilobyte).toFixed(0)} kB, gzip`)
    // 10 MB on the paid plan, 3 MB on the free one.
    expect(bytes).toBeLessThan(1.5 * 1024 * kilobyte)
  })

  test('is accepted by the tool that deploys it', () => {
    const out = mkdtempSync(join(tmpdir(), 'deploy-'))
    try {
      const words = execFileSync(
        join(root, 'node_modules/.bin/wrangler'),
        ['deploy', '--dry-run', '--config', 'dist/worker/wrangler.json', '--outdir', out],
        { cwd: root, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
      )
      expect(words).toContain('env.AUCTION_ROOM')
    } finally {
      rmSync(out, { recursive: true })
    }
  }, 60_000)
})
