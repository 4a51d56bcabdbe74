import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../../worker/env.ts'
import { freePort } from '../../support/free-port.ts'
import { buildIfChanged } from '../build.ts'
import { Site } from '../demo/client.ts'
import { DataFolder } from '../folder.ts'
import { type House, openHouse } from '../house.ts'
import { root } from '../root.ts'
import type { Effort, Measured } from './bench.ts'

export interface BenchHouse {
  /** Its data folder. */
  path: string
  house: House
  site: Site
  config: Config
  close(): Promise<void>
}

const dist = join(root, 'dist/house')
let built: Promise<unknown> | null = null

/** What a bench needs open while it measures. A quick run only sees that benches work: one house is enough for all that come one after the other. */
export class Houses<Open extends { close(): Promise<void> }> {
  private readonly open: (people: number) => Promise<Open>
  private readonly quickPeople: number
  private quickHouse: Promise<Open> | null = null

  constructor(open: (people: number) => Promise<Open>, quickPeople: number) {
    this.open = open
    this.quickPeople = quickPeople
  }

  async with(people: number, effort: Effort, measure: (house: Open, effort: Effort) => Promise<Measured[]>) {
    const house = effort.quick ? await (this.quickHouse ??= this.open(this.quickPeople)) : await this.open(people)
    return {
      measure: () => measure(house, effort),
      close: async () => {
        if (!effort.quick) await house.close()
      },
    }
  }

  async close(): Promise<void> {
    await (await this.quickHouse)?.close()
  }
}

/** The built Worker in workerd on an empty folder of its own, with limits that are not what is measured. */
export async function openBenchHouse(): Promise<BenchHouse> {
  await (built ??= buildIfChanged(dist))
  const path = mkdtempSync(join(tmpdir(), 'hallabong-bench-'))
  const folder = await DataFolder.take(path)
  const house = await openHouse({ folder, built: dist, port: await freePort(), host: '127.0.0.1' })
  const site = new Site(house.origin, house.key ?? '')
  const { LOCAL_KEY: _key, RELAY_SECRET: _relay, ...secrets } = folder.secrets()
  const config = readConfig({ ...secrets, ORIGIN: house.origin } as unknown as Env)
  await site.ask('POST', '/dev/limits/raised')
  return {
    path,
    house,
    site,
    config,
    async close() {
      await house.close()
      folder.release()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
