import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { lineOf, rowOf, run, type Bench, type Result } from './bench.ts'

/**
 * Measures from the command line, one after the other. `--only bus` takes those whose name holds the word, `--quick` measures little and
 * once, and the groups at the same time; `--json FILE` writes the rows beside printing them (`-`: prints nothing but them).
 */
export async function measureAll(...groups: readonly (readonly Bench[])[]): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  })
  const chosen = groups.map((benches) => benches.filter(({ name }) => name.includes(values.only ?? '')))
  if (chosen.flat().length === 0) {
    const names = groups.flat().map(({ name }) => name)
    console.error(`nothing is called ${values.only}; there is ${names.join(', ')}`)
    process.exit(1)
  }
  const say = values.json === '-' ? () => {} : (line: string) => console.log(line)
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  say(values.quick ? `${machine}; a quick run, whose figures mean little` : machine)
  const results: Result[] = []
  const measure = async (benches: readonly Bench[]) => {
    for (const bench of benches) {
      const told = await run(bench, { quick: values.quick })
      results.push(...told)
      say(`\n${bench.name}: ${bench.method}`)
      for (const result of told) say(`  ${lineOf(result)}`)
    }
  }
  if (values.quick) await Promise.all(chosen.map(measure))
  else await measure(chosen.flat())
  if (values.json === undefined) return
  const text = JSON.stringify({ machine, at: new Date().toISOString(), rows: results.map(rowOf) }, null, 2)
  if (values.json === '-') console.log(text)
  else writeFileSync(values.json, `${text}\n`)
}
