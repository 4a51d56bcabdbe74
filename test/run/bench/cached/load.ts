import http from 'node:http'
import { percentile } from '../bench.ts'
import { inParallel } from '../pace.ts'

/** Asks for an address over and over, by so many lines at once. */
export interface Order {
  url: string
  lines: number
  forMs: number
}

export interface Report {
  perSecond: number
  p99: number
  bytes: number
  /** How many answers had which status and which word of the cache. */
  answers: Record<string, number>
}

process.on('message', (order: Order) => void ask(order).then((report) => process.send!(report)))

async function ask({ url, lines, forMs }: Order): Promise<Report> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: lines })
  const answers: Record<string, number> = {}
  const times: number[] = []
  let bytes = 0
  const begun = performance.now()
  await inParallel(lines, lines, async () => {
    while (performance.now() - begun < forMs) {
      const asked = performance.now()
      const answer = await get(url, agent)
      times.push(performance.now() - asked)
      bytes = answer.bytes
      answers[answer.said] = (answers[answer.said] ?? 0) + 1
    }
  })
  const seconds = (performance.now() - begun) / 1_000
  agent.destroy()
  return { perSecond: times.length / seconds, p99: percentile(times, 0.99), bytes, answers }
}

/** `node:http` rather than `fetch`, which spends several times as much of the processor that it shares with what is measured. */
function get(url: string, agent: http.Agent): Promise<{ said: string; bytes: number }> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => (bytes += part.length))
      answer.on('end', () =>
        resolve({ said: `${answer.statusCode} ${String(answer.headers['cf-cache-status'])}`, bytes }),
      )
    })
    request.on('error', reject)
  })
}
