import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { lineOf, rowOf, run, type Bench, type Result } from './bench.ts'

/**
 * Measures from the command line. `--only bus` takes those whose name holds the word, `--quick` measures little and once,
 * `--json FILE` writes the rows beside printing them (`-`: prints nothing but them).
 */
export async function measureAll(benches: readonly Bench[]): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  })
  const chosen = benches.filter(({ name }) => name.includes(values.only ?? ''))
  if (chosen.length === 0) {
    console.error(`nothing is called ${values.only}; there is ${benches.map(({ name }) => name).join(', ')}`)
    process.exit(1)
  }
  const say = values.json === '-' ? () => {} : (line: string) => console.log(line)
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  say(values.quick ? `${machine}; a quick run, whose figures mean little` : machine)
  const results: Result[] = []
  for (const bench of chosen) {
    const told = await run(bench, { quick: values.quick })
    results.push(...told)
    say(`\n${bench.name}: ${bench.method}`)
    for (const result of told) say(`  ${lineOf(result)}`)
  }
  if (values.json === undefined) return
  const text = JSON.stringify({ machine, at: new Date().toISOString(), rows: results.map(rowOf) }, null, 2)
  if (values.json === '-') console.log(text)
  else writeFileSync(values.json, `${text}\n`)
}
