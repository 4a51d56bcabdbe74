import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRelay } from '../../../worker/kernel/relay.ts'
import { likes, newFolder, startRelay } from '../../support/relay.ts'
import { NotHere, type Bench } from './bench.ts'

const idleMs = 3_000
const streams = 16
const rounds = 100

export const memoryBenches: Bench[] = [
  {
    name: 'memory',
    method: `resident memory (VmRSS) of the relay process: ${idleMs / 1_000} s after its start with nothing asked of it; the highest value (VmHWM) after ${(streams * rounds * 100).toLocaleString('en')} events`,
    figures: [
      { name: 'relay idle', unit: 'MB', aim: { atMost: 150 } },
      { name: 'relay loaded, highest', unit: 'MB' },
    ],
    async open() {
      if (process.platform !== 'linux') throw new NotHere('needs /proc')
      return { measure, close: async () => {} }
    },
  },
]

async function measure(): Promise<number[]> {
  const relay = await startRelay({ dataDir: await newFolder() })
  try {
    await new Promise((resolve) => setTimeout(resolve, idleMs))
    const idle = megabytes(relay.pid, 'VmRSS')
    const client = createRelay({ url: relay.url, secret: new Uint8Array(relay.secret) })
    for (let round = 0; round < rounds; round += 1)
      await Promise.all(
        Array.from({ length: streams }, (_, place) =>
          client.publish(likes(`auction:load_${place}`, round * 100 + 1, round * 100 + 100)),
        ),
      )
    return [idle, megabytes(relay.pid, 'VmHWM')]
  } finally {
    await relay.stop()
    await rm(relay.dataDir, { recursive: true })
  }
}

function megabytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  return kilobytes / 1_024
}
