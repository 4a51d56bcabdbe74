import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './folder.ts'
import { root } from './root.ts'

const sources = ['worker', 'web', 'vite.config.ts', 'wrangler.toml', 'package-lock.json']

/**
 * Builds the site and the local Worker into `folder`, unless that was done from these very sources. A house builds into its own
 * data folder: a later build elsewhere does not pull its floor away.
 */
export async function buildIfChanged(folder: string): Promise<void> {
  const hash = hashOf(sources)
  const mark = join(folder, 'sources.sha256')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  rmSync(mark, { force: true })
  await run('vite', ['build', '--mode', 'own', '--logLevel', 'warn'], { BUILD_DIR: folder })
  writeFileSync(mark, hash)
}

/** Of these files and folders of the repository, by name and content. */
export function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesIn(join(root, source)))
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update('\0')
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  const entries = readdirSafely(path)
  if (!entries) return [path]
  return entries.toSorted().flatMap((entry) => filesIn(join(path, entry)))
}

function readdirSafely(path: string): string[] | null {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

/** Runs a tool of `node_modules`; its words are shown only when it fails. */
export function run(tool: string, args: string[], settings: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, {
      cwd: root,
      env: {
        ...process.env,
        CI: 'true',
        NO_COLOR: '1',
        NODE_ENV: 'production',
        WRANGLER_SEND_METRICS: 'false',
        ...settings,
      },
    })
    let words = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`${tool} ${args[0]} failed:\n${words.trim()}`))
    })
  })
}
