import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const root = new URL('../..', import.meta.url).pathname

interface Report {
  diagnostics: { filename: string; code?: string; labels: { span: { line: number } }[] }[]
  number_of_files: number
}

function lint(cwd: string, paths: string[]): Report {
  const args = ['--format', 'json', ...paths]
  try {
    return JSON.parse(
      execFileSync(join(root, 'node_modules/.bin/oxlint'), args, { cwd, encoding: 'utf8', stdio: 'pipe' }),
    ) as Report
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout) as Report
  }
}

test.each(['worker', 'web', 'relay', 'test'])('the check sees the files of %s', (folder) => {
  expect(lint(root, [folder]).number_of_files).toBeGreaterThan(10)
})

/** One import each that the table in `.oxlintrc.json` forbids. */
const forbidden = [
  ['worker/contract/x.ts', 'hono'],
  ['worker/contract/x.ts', '../kernel/db.ts'],
  ['worker/contract/limits.ts', 'zod'],
  ['worker/contract/limits.ts', './money.ts'],
  ['worker/contract/ledger.ts', 'zod'],
  ['worker/contract/wire.ts', './auctions.ts'],
  ['worker/kernel/x.ts', '../auctions/api.ts'],
  ['worker/kernel/x.ts', 'node:fs'],
  ['worker/auctions/x.ts', '../accounts/queries.ts'],
  ['worker/auctions/x.ts', '../../web/app.tsx'],
  ['worker/auctions/x.ts', '../../relay/log.ts'],
  ['worker/auctions/x.ts', '../app.ts'],
  ['worker/auctions/x.ts', 'node:crypto'],
  ['worker/auctions/queries/x.ts', '../../accounts/queries.ts'],
  ['worker/auctions/queries/x.ts', '../../app.ts'],
  ['worker/auctions/rules.ts', '../kernel/clock.ts'],
  ['worker/auctions/rules.ts', '../contract/auctions.ts'],
  ['worker/auctions/rules.ts', './queries.ts'],
  ['worker/auctions/rules/x.ts', '../queries.ts'],
  ['worker/app.ts', './auctions/queries.ts'],
  ['worker/app.ts', '../web/app.tsx'],
  ['worker/pages.tsx', './auctions/queries.ts'],
  ['worker/pages.tsx', '../web/app.tsx'],
  ['web/ui/button/x.tsx', '../../features/auctions/page.tsx'],
  ['web/ui/button/x.tsx', '../../i18n/i18n.ts'],
  ['web/ui/button/x.tsx', '../../../worker/contract/limits.ts'],
  ['web/api/x.ts', '../features/auctions/page.tsx'],
  ['web/api/x.ts', '../../worker/contract/auctions.ts'],
  ['web/features/auctions/x.tsx', '../../../worker/contract/auctions.ts'],
  ['web/features/auctions/x.tsx', '../../../worker/auctions/routes.ts'],
  ['web/features/auctions/x.tsx', '../../../relay/log.ts'],
  ['web/features/auctions/x.tsx', 'zod'],
  ['web/features/auctions/x.tsx', 'lucide-solid'],
  ['relay/x.ts', '../worker/kernel/db.ts'],
  ['relay/x.ts', '../web/app.tsx'],
  ['test/browser/x.ts', '../../worker/contract/limits.ts'],
] as const

/** And some that it allows, lest the table forbid everything. */
const allowed = [
  ['worker/contract/x.ts', 'zod'],
  ['worker/contract/x.ts', './limits.ts'],
  ['worker/kernel/x.ts', '../contract/limits.ts'],
  ['worker/kernel/x.ts', 'node:crypto'],
  ['worker/auctions/x.ts', '../accounts/api.ts'],
  ['worker/auctions/x.ts', '../kernel/db.ts'],
  ['worker/auctions/x.ts', '../env.ts'],
  ['worker/auctions/queries/x.ts', '../schema.ts'],
  ['worker/auctions/queries/x.ts', '../rules/lot.ts'],
  ['worker/auctions/queries/x.ts', '../../accounts/api.ts'],
  ['worker/auctions/queries/x.ts', '../../kernel/db.ts'],
  ['worker/auctions/rules.ts', '../contract/limits.ts'],
  ['worker/auctions/rules.ts', './rules/x.ts'],
  ['worker/app.ts', './auctions/routes.ts'],
  ['worker/pages.tsx', '../web/entry-server.tsx'],
  ['web/ui/button/x.tsx', '../link/link.tsx'],
  ['web/features/auctions/x.tsx', '../../../worker/contract/limits.ts'],
  ['web/features/auctions/x.tsx', '../../api/call.ts'],
  ['web/features/auctions/x-form.tsx', '../../../worker/contract/auctions.ts'],
  ['relay/x.ts', '../worker/contract/events.ts'],
] as const

describe('of planted imports', () => {
  const refused = new Set<string>()
  const name = (path: string, source: string) => `${path} ${source}`

  beforeAll(() => {
    const house = mkdtempSync(join(tmpdir(), 'boundaries-'))
    try {
      cpSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
      symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
      const files = Map.groupBy([...forbidden, ...allowed], ([path]) => path)
      for (const [path, cases] of files) {
        mkdirSync(join(house, dirname(path)), { recursive: true })
        // One import a line: the line of a report tells which it is about.
        writeFileSync(
          join(house, path),
          cases.map(([, source], at) => `export { a as a${at} } from '${source}'\n`).join(''),
        )
      }
      const { diagnostics, number_of_files } = lint(house, [...files.keys()])
      expect(number_of_files).toBe(files.size)
      for (const { code, filename, labels } of diagnostics) {
        if (!code?.includes('no-restricted-imports')) continue
        const source = files.get(filename as (typeof forbidden)[number][0])?.[(labels[0]?.span.line ?? 0) - 1]?.[1]
        refused.add(name(filename, source ?? ''))
      }
    } finally {
      rmSync(house, { recursive: true })
    }
  })

  test.each(forbidden)('%s may not take %s', (path, source) => {
    expect(refused).toContain(name(path, source))
  })

  test.each(allowed)('%s may take %s', (path, source) => {
    expect(refused).not.toContain(name(path, source))
  })
})
