import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evidence } from '../../web/features/auctions/verifier/evidence.ts'
import { Scenes, tell } from '../model/histories.ts'
import { play } from '../web/auctions/played.ts'

const root = new URL('../..', import.meta.url).pathname
const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hallabong-verify-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The evidence of a sale with several bids. */
function aSale(): Evidence {
  const stories = fc.sample(
    Scenes.map((scene) => play(tell(scene))),
    { numRuns: 200, seed: 7 },
  )
  return stories.find(({ lot }) => lot.state === 'sold' && lot.bidCount >= 3)!.evidence
}

async function verify(evidence: unknown): Promise<{ code: number; words: string }> {
  const file = join(folder, 'evidence.json')
  await writeFile(file, typeof evidence === 'string' ? evidence : JSON.stringify(evidence))
  try {
    const { stdout } = await run(process.execPath, ['test/run/verify.ts', file], { cwd: root })
    return { code: 0, words: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, words: stdout + stderr }
  }
}

test('the verifier of the terminal passes a sound ledger and tells its steps', async () => {
  const { code, words } = await verify(aSale())
  expect(words).toContain('ok    Chain')
  expect(words).toMatch(/sold to bidder \d+ for \d+ KRW\nsound/)
  expect(code).toBe(0)
})

test('it fails on a ledger that was tampered with, and names the entry', async () => {
  const evidence = aSale()
  const bid = evidence.lines.find(({ entry }) => entry.type === 'bid')!.entry as { price: number; seq: number }
  bid.price += 100
  const { code, words } = await verify(evidence)
  expect(words).toContain(`Entry ${bid.seq}`)
  expect(words).toContain('NOT SOUND')
  expect(code).toBe(1)
})

test('it says so when there is nothing to check', async () => {
  const { code, words } = await verify('no ledger at all')
  expect(words).toContain('could not be read')
  expect(code).toBe(2)
})
