import { writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestModule } from 'vitest/node'

/** Lines of a difference that are told; the rest stands where the test was reported. */
const toldLines = 12

interface Failure {
  message: string
  /** Expected and received, line by line, where the assertion compared. */
  diff?: string
}

/** Leaves this run's counts, and what failed in it, in `COUNT_FILE`, so that the last lines of `npm test` can tell of all runs. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const file = process.env.COUNT_FILE
    if (!file) return
    const count = { passed: 0, failed: 0, skipped: 0, failures: [] as string[] }
    const fail = (where: string, errors: readonly Failure[] = []) => {
      count.failed++
      count.failures.push([where, ...errors.flatMap(tell).map((line) => `  ${line}`)].join('\n'))
    }
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) fail(module.relativeModuleId, module.errors())
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        if (state === 'failed') fail(`${module.relativeModuleId} > ${test.fullName}`, errors)
        else if (state !== 'pending') count[state]++
      }
    }
    writeFileSync(file, JSON.stringify(count))
  }
}

/** What was wrong: the first line of the message cuts a list short, the lines that differ tell it whole. */
function tell({ message, diff = '' }: Failure): string[] {
  const differing = stripVTControlCharacters(diff)
    .split('\n')
    .filter((line) => /^[+-] /.test(line))
  return [message.split('\n')[0]!, ...differing.slice(0, toldLines)]
}
