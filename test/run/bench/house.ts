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
