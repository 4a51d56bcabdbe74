import { relative } from 'node:path'
import { placeFrom, startServers, statusOfServers, stopServers } from './servers.ts'

// npm run servers            start what does not run, wait until all are healthy
// npm run servers -- status  what runs, and where
// npm run servers -- stop    end exactly what was started here
const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(word: string): Promise<void> {
  const place = placeFrom(process.env)
  const { folder } = place
  if (word === 'start') await startServers(place, say)
  else if (word === 'stop') return stopServers(folder)
  else if (word !== 'status') throw new Error(`There is start, status and stop, not ${word}.`)
  const all = await statusOfServers(folder)
  for (const { name, pid, healthy, address } of all)
    say(
      `${name.padEnd(7)} ${pid === null ? 'stopped' : `${healthy ? 'healthy' : 'not well'}  process ${pid}  ${address}`}`,
    )
  if (word === 'start')
    say(`data and logs are in ${relative(process.cwd(), folder) || '.'}; npm run servers -- stop ends them`)
  else if (!all.every(({ healthy }) => healthy)) process.exitCode = 1
}

main(process.argv[2] ?? 'start').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
