import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Memory } from '../run/demo/memory.ts'
import { Refused, type Person } from '../run/demo/client.ts'
import { root } from '../run/root.ts'
import { newcomer } from './bidding.ts'
import { pause } from './siege/bidder.ts'
import { Chance } from './siege/chance.ts'
import { BesiegedHouse } from './siege/house.ts'
import { liveLot, untilAccepted } from './siege/lot.ts'

const bidders = 8
/** No file may grow beyond this: less than every write-ahead log has already. */
const fileBytes = 4_096
const refusalsWanted = 10
const bidsWanted = 10

let tools: string
let house: BesiegedHouse

beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'hallabong-full-disk-'))
  const started = join(tools, 'workerd')
  // A write beyond the limit raises a signal that would end the process. Ignored, it fails like one to a full disk.
  writeFileSync(started, `#!/bin/sh\ntrap '' XFSZ\nexec '${join(root, 'node_modules/.bin/workerd')}' "$@"\n`, {
    mode: 0o755,
  })
  process.env['MINIFLARE_WORKERD_PATH'] = started
  house = await BesiegedHouse.open()
})
afterAll(async () => {
  await house?.close()
  delete process.env['MINIFLARE_WORKERD_PATH']
  await rm(tools, { recursive: true, force: true })
})

function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(house.workerPid), `--fsize=${bytes}:unlimited`])
}

// Only Linux limits the files of a process that runs.
it.skipIf(process.platform !== 'linux')(
  'refuses bids while the disk is full, loses none that it has accepted, and goes on when there is room again',
  async () => {
    const memory = Memory.of(house.path)
    const [seller, asker] = [
      await newcomer(house.site, memory, 'disk.seller'),
      await newcomer(house.site, memory, 'disk.asker'),
    ]
    const people: Person[] = []
    for (let count = 0; count < bidders; count += 1)
      people.push(await newcomer(house.site, memory, `disk.bidder.${count}`))
    // Signed in before: nobody can be while nothing can be written.
    await asker.ask('GET', '/api/accounts/me')

    const refusals: Refused[] = []
    /** Asks for a bid, which is too low and would be written down as refused, until some more were not even judged. */
    const untilRefused = async (auction: string) => {
      for (const until = refusals.length + refusalsWanted; refusals.length < until; await pause(100)) {
        const asking = { body: { kind: 'exact', amount: 100 }, headers: { 'idempotency-key': randomUUID() } }
        const refusal = await asker
          .ask('POST', `/api/auctions/${auction}/bids`, asking)
          .catch((error: unknown) => error)
        if (refusal instanceof Refused && refusal.status >= 500) refusals.push(refusal)
      }
    }
    const trouble = async (auction: string) => {
      const before = house.workerPid
      await untilAccepted(house, auction, bidsWanted)
      limitFiles(fileBytes)
      await untilRefused(auction)
      // There is room again, and the same process goes on.
      limitFiles('unlimited')
      await untilAccepted(house, auction, bidsWanted)
      expect(house.workerPid).toBe(before)
      // It fills up again, and the process that begins anew finds room.
      limitFiles(fileBytes)
      await untilRefused(auction)
      await house.killWorker()
      await untilAccepted(house, auction, bidsWanted)
    }
    const { faults } = await liveLot({ house, seller, people, chance: new Chance(1), history: null, trouble })
    expect(faults).toEqual([])
    for (const { status, code, extra } of refusals)
      expect({ status, code, type: extra['type'] }).toEqual({
        status: 500,
        code: 'internal',
        type: '/problems/internal',
      })
  },
)
