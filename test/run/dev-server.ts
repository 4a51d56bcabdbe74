import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import { prepare, sayGoodbye, tickEachMinute, type House, type HousePlan } from './house.ts'
import { reloadPages } from './reload-pages.ts'
import { root } from './root.ts'

/** The sources themselves in workerd by Vite's dev server, on the same folder as the built site. */
export async function openSources(plan: HousePlan): Promise<House> {
  const { settings, relay, key } = await prepare(plan)
  process.env.DATA_DIR = plan.folder.path
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  process.env.LOCAL_SETTINGS = JSON.stringify(settings)
  const server = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [reloadPages()],
    server: {
      port: plan.port,
      strictPort: true,
      host: plan.host,
      // In a second working tree node_modules may be a link to those of the first.
      fs: { allow: [root, realpathSync(join(root, 'node_modules'))] },
    },
  })
  await server.listen()
  plan.folder.record()
  const here = `http://127.0.0.1:${plan.port}`
  const ticking = key === null ? null : tickEachMinute(here, key)
  return {
    origin: settings.ORIGIN ?? '',
    key,
    relayUrl: relay.url,
    async close() {
      if (ticking) clearInterval(ticking)
      if (key !== null) await sayGoodbye(here, key)
      await relay.close()
      await server.close()
    },
  }
}
