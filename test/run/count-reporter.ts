import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** Leaves this run's counts, and what failed in it, in `COUNT_FILE`, so that the last lines of `npm test` can tell of all runs. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const file = process.env.COUNT_FILE
    if (!file) return
    const count = { passed: 0, failed: 0, skipped: 0, failures: [] as string[] }
    const fail = (where: string, errors: readonly { message: string }[] = []) => {
      count.failed++
      count.failures.push([where, ...errors.map(({ message }) => `  ${message.split('\n')[0]}`)].join('\n'))
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
