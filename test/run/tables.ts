import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { hashOf, run } from './build.ts'
import type { DataFolder } from './folder.ts'
import { root } from './root.ts'

/** Tables without rows, by what they were made from: making them takes ten seconds, and each house of a test begins with them. */
const kept = join(root, 'dist/tables')
const sources = ['migrations', 'wrangler.toml', 'node_modules/wrangler/package.json']

/** Applies what is new, by the same tool as in deployment. Asking it takes seconds, so the folder remembers what it has. */
export async function migrate(folder: DataFolder): Promise<void> {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  const mark = join(folder.path, 'migrated.json')
  const wanted = JSON.stringify(files.toSorted())
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  const data = join(folder.path, 'v3')
  if (existsSync(data)) await applyTo(folder.path)
  else await beginWith(data)
  writeFileSync(mark, wanted)
}

/** Wholly or not at all: a start may be ended in the middle of it. */
async function beginWith(data: string): Promise<void> {
  const coming = `${data}.coming`
  cpSync(await (making ??= makeTables()), coming, { recursive: true, force: true })
  renameSync(coming, data)
}

let making: Promise<string> | null = null

async function makeTables(): Promise<string> {
  const place = join(kept, hashOf(sources))
  if (existsSync(place)) return place
  mkdirSync(kept, { recursive: true })
  const made = mkdtempSync(join(kept, 'making-'))
  try {
    await applyTo(made)
    renameSync(join(made, 'v3'), place)
  } catch (error) {
    // Somebody else has made the same meanwhile.
    if (!existsSync(place)) throw error
  } finally {
    rmSync(made, { recursive: true })
  }
  return place
}

function applyTo(path: string): Promise<void> {
  return run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', path])
}
