import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const folder = join(root, 'migrations')
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))

/** Rebuilds of a table that were written by hand and tested with child rows. */
const reviewed: string[] = []

test('sees migrations', () => {
  expect(files.length).toBeGreaterThan(0)
})

test.each(files)('%s drops and rebuilds no table, and cascades nothing', (name) => {
  const sql = readFileSync(join(folder, name), 'utf8')
  if (reviewed.includes(name)) return
  expect(sql).not.toMatch(/drop\s+table/i)
  expect(sql).not.toMatch(/__new_/)
  expect(sql).not.toMatch(/on\s+(delete|update)\s+cascade/i)
})

test('the tables in the code are those of the migrations', () => {
  const copy = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    cpSync(folder, copy, { recursive: true })
    // A wrong folder or schema is told in words alone: the tool ends with 0 all the same. It takes relative paths only.
    const words = execFileSync(
      join(root, 'node_modules/.bin/drizzle-kit'),
      [
        'generate',
        '--dialect=sqlite',
        '--casing=snake_case',
        '--schema=./worker/*/schema.ts',
        `--out=${relative(root, copy)}`,
      ],
      { cwd: root, encoding: 'utf8', stdio: 'pipe' },
    )
    expect(words).toContain('No schema changes')
    expect(readdirSync(copy).filter((name) => name.endsWith('.sql'))).toEqual(files)
  } finally {
    rmSync(copy, { recursive: true })
  }
})
