import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasServers, onRealServers, withoutNativeBinary, withoutNativeClient } from './lanes.ts'
import { root } from './root.ts'

/** Everything that proves the house, one after the other: two cores are shared with what the tests start. */
interface Step {
  name: string
  command: [tool: string, ...args: string[]]
  /** Counts its own tests; any other step counts as one. */
  counts?: true
}

type Env = Record<string, string>

interface Count {
  passed: number
  failed: number
  skipped: number
  /** What failed, for the end, where it is looked for. */
  failures: string[]
}

const suite = (name: string, ...files: string[]): Step => ({
  name: [name, ...files].join(' '),
  command: ['vitest', 'run', '--config', 'test/vitest.config.ts', '--project', name, ...files],
  counts: true,
})

const quick: Step[] = [
  { name: 'types of the code', command: ['tsc', '-b'] },
  { name: 'types of the tests', command: ['tsc', '-p', 'test'] },
  { name: 'types of the tests in workerd', command: ['tsc', '-p', 'test/worker'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  suite('unit'),
]

const thorough: Step[] = [
  { name: 'unused code', command: ['knip'] },
  ...['gates', 'model', 'simulation', 'relay', 'web', 'worker', 'process', 'browser'].map((name) => suite(name)),
]

/**
 * On real servers: the relay's suites, the storage of pictures, deaths along the whole chain, making anew what follows from the
 * archive, and one journey in a browser.
 */
const onServers: Step[] = [
  suite('relay'),
  suite('worker-s3'),
  suite('process', 'test/process/campaign.test.ts', 'test/process/rebuild.test.ts'),
  suite('browser', 'test/browser/join-and-sell.test.ts'),
]
const nativeClient = suite('relay', 'test/relay/native-client.test.ts')

const isQuick = process.argv.includes('--quick')
const folder = mkdtempSync(join(tmpdir(), 'hallabong-check-'))
const total: Count = { passed: 0, failed: 0, skipped: 0, failures: [] }
try {
  for (const step of isQuick ? quick : [...quick, ...thorough]) add(await runStep(step))
  if (!isQuick) await runLanes()
} finally {
  rmSync(folder, { recursive: true })
}
if (total.failures.length > 0) console.log(`\nFailed:\n${total.failures.join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed === 0 ? 0 : 1)

/** CI may not leave them out; elsewhere they run where the servers are installed. */
async function runLanes(): Promise<void> {
  const isCi = process.env.CI === 'true'
  if (!isCi && !hasServers()) {
    console.log('\n— real servers: skipped, for they are not installed here (npm run servers)')
    return add({ passed: 0, failed: 0, skipped: 1, failures: [] })
  }
  console.log('\n— real servers')
  try {
    await onRealServers(async (env) => {
      for (const step of onServers) add(await runStep(step, { name: `${step.name} on real servers`, env }))
      if (!isCi) return
      const lane = (name: string) => async (own: Env) =>
        add(await runStep(nativeClient, { name, env: { ...env, ...own } }))
      await withoutNativeClient(lane('relay without the native client of Pulsar'))
      await withoutNativeBinary(lane('relay with the native client, but without its binary'))
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.error(reason)
    add(failed(`real servers\n  ${reason}`))
  }
}

async function runStep(step: Step, { name = step.name, env = {} }: { name?: string; env?: Env } = {}): Promise<Count> {
  const {
    command: [tool, ...args],
    counts,
  } = step
  console.log(`\n— ${name}`)
  const countFile = join(folder, 'count')
  rmSync(countFile, { force: true })
  const isWell = await succeeds(tool, args, { ...env, COUNT_FILE: countFile })
  const count = counts && existsSync(countFile) ? (JSON.parse(readFileSync(countFile, 'utf8')) as Count) : null
  const inside = (list: string[]) => list.map((failure) => `${name}: ${failure}`)
  if (!count) return isWell ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failed(name)
  // A run that fails without a failed test (an unhandled error, a crash at the end) is a failure, too.
  if (!isWell && count.failed === 0)
    return { ...count, ...failed(`${name}, outside of its tests`), passed: count.passed }
  return { ...count, failures: inside(count.failures) }
}

function failed(what: string): Count {
  return { passed: 0, failed: 1, skipped: 0, failures: [what] }
}

function succeeds(tool: string, args: string[], own: Env): Promise<boolean> {
  return new Promise((resolve) => {
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', ...own }
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: 'inherit', env })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}

function add(count: Count): void {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  total.failures.push(...count.failures)
}
