import { fork } from 'node:child_process'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { substituteFor } from '../simulation/substitutes.ts'

/**
 * Lives lots of the simulated room and judges each: `npm run simulate -- --seeds 1000`. `--from` is the first seed, `--jobs` how many
 * processes share the work. A failure is shrunk and printed; `--from SEED --seeds 1 --story` tells that one again.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    story: { type: 'boolean', default: false },
  },
})
const [seeds, from, jobs] = [values.seeds, values.from, values.jobs].map(Number) as [number, number, number]
if (![seeds, from, jobs].every((number) => Number.isSafeInteger(number) && number >= 0) || jobs < 1)
  throw new Error('--seeds, --from and --jobs are whole numbers')

/** Every so manieth lot has real signatures, and every so manieth is lived twice, with other secrets. */
const signEvery = 50
const secretsEvery = 10
const tellEveryMs = 10_000
/** More failures of one run say nothing new. */
const failuresMost = 5

interface Progress {
  lots: number
  failures: number
}

if (jobs === 1) process.exitCode = (await work()) > 0 ? 1 : 0
else await share()

async function work(): Promise<number> {
  useSubstitutes()
  const { liveLot, liveWithOtherSecrets } = await import('../simulation/campaign.ts')
  const { shrink } = await import('../simulation/shrink.ts')
  const { storyOf } = await import('../simulation/story.ts')
  let failures = 0
  let toldAt = performance.now()
  const began = toldAt
  for (let seed = from; seed < from + seeds && failures < failuresMost; seed++) {
    const circumstances = { signs: seed % signEvery === 0 }
    const lot = await liveLot(storyOf(seed), circumstances)
    if (values.story)
      console.log(JSON.stringify({ ...lot.story, ledger: lot.lived?.run.lines, faults: lot.faults }, null, 2))
    const other =
      seed % secretsEvery === 0 && lot.faults.length === 0 ? await liveWithOtherSecrets(lot, circumstances) : null
    const failed = [lot, other].find((one) => one && one.faults.length > 0)
    if (failed) {
      failures += 1
      console.log(`\nseed ${seed} fails: ${failed.faults.map(({ name, words }) => `\n  ${name}: ${words}`).join('')}`)
      const shrunken = failed === lot ? await shrink(lot, (story) => liveLot(story, circumstances)) : failed
      console.log(`shortest story: ${JSON.stringify(shrunken.story)}`)
    }
    const lots = seed - from + 1
    if (performance.now() - toldAt < tellEveryMs && lots < seeds) continue
    toldAt = performance.now()
    const seconds = (toldAt - began) / 1_000
    if (process.send) process.send({ lots, failures } satisfies Progress)
    else console.log(`${lots} lots, ${failures} failures, ${(lots / seconds).toFixed(0)} lots/s`)
  }
  return failures
}

/** Each process has its own stretch of seeds. */
async function share(): Promise<void> {
  const began = performance.now()
  const progress = Array.from({ length: jobs }, (): Progress => ({ lots: 0, failures: 0 }))
  const sum = (name: keyof Progress) => progress.reduce((total, one) => total + one[name], 0)
  const codes = progress.map((_, job) => {
    const [first, after] = [from + Math.floor((seeds * job) / jobs), from + Math.floor((seeds * (job + 1)) / jobs)]
    const child = fork(fileURLToPath(import.meta.url), ['--seeds', String(after - first), '--from', String(first)])
    child.on('message', (message) => {
      progress[job] = message as Progress
      const seconds = (performance.now() - began) / 1_000
      console.log(`${sum('lots')} lots, ${sum('failures')} failures, ${(sum('lots') / seconds).toFixed(0)} lots/s`)
    })
    return new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
  })
  process.exitCode = Math.max(...(await Promise.all(codes)))
}

function useSubstitutes(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const importer = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : undefined
      const path = substituteFor(specifier, importer)
      return path === null ? next(specifier, context) : next(pathToFileURL(path).href, context)
    },
  })
}
