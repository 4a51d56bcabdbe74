import { readFileSync } from 'node:fs'
import { cloudflare } from '@cloudflare/vite-plugin'
import tailwindcss from '@tailwindcss/vite'
import { build, defineConfig, type Manifest, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const clientEntry = 'web/entry-client.tsx'

/** Pages that are often the next one. Others ask for what they need once they are here, a round trip later. */
const wanderedTo = /\/(home|list|auction|search|profile)-page-/

/** What every page loads anyway, and the icons of many pages: else each shared module is a file, and a page waits for dozens. */
const together = [
  { name: 'base', tags: ['$initial' as const] },
  { name: 'icons', test: /\/lucide\//, minShareCount: 6 },
]

/**
 * `vite build` makes the site and the Worker that is deployed; `--mode own` the site and the Worker of one's own
 * computer, whose entry also holds the local doors; `BUILD_DIR` says where that goes, so that houses do not share a floor.
 */
export default defineConfig(({ mode, command }) => {
  const isLocal = mode === 'own' || command === 'serve'
  const out = isLocal ? (process.env.BUILD_DIR ?? 'dist/own') : 'dist'
  return {
    publicDir: 'web/public',
    plugins: [
      tailwindcss(),
      solid({ ssr: true }),
      clientAssets(`${out}/client`),
      serviceWorker(),
      cloudflare({
        configPath: 'wrangler.toml',
        viteEnvironment: { name: 'ssr' },
        inspectorPort: false,
        persistState: { path: process.env.DATA_DIR ?? '.data' },
        config: isLocal ? { main: 'worker/index.local.ts', vars: localSettings() } : {},
      }),
    ],
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      // Which files a lazy page needs stands by name in what every page loads first: kept for the pages that visitors go between.
      modulePreload: {
        resolveDependencies: (file, dependencies, { hostType }) =>
          hostType === 'html' || wanderedTo.test(file) ? dependencies : [],
      },
    },
    environments: {
      client: {
        build: {
          outDir: `${out}/client`,
          emptyOutDir: true,
          manifest: true,
          rolldownOptions: { input: { client: clientEntry }, output: { codeSplitting: { groups: together } } },
        },
      },
      ssr: {
        build: { outDir: `${out}/worker`, emptyOutDir: true },
        // The S3 SDK swaps its own files for those without Node by the field `browser`; half of them swapped, it does not start.
        resolve: { mainFields: ['browser', 'module', 'jsnext:main', 'jsnext', 'main'] },
      },
    },
    builder: {
      // The Worker's bundle holds the names of the client's files, so the client comes first.
      async buildApp(builder) {
        for (const name of ['client', 'ssr']) {
          const environment = builder.environments[name]
          if (!environment) throw new Error(`no environment ${name}`)
          await builder.build(environment)
        }
      },
    },
  }
})

/** The launcher hands its generated secrets to the dev server as one JSON object. */
function localSettings(): Record<string, string> {
  return JSON.parse(process.env.LOCAL_SETTINGS ?? '{}') as Record<string, string>
}

/** `virtual:client-assets`: which files a page needs, from the client's manifest; in dev the sources themselves. */
export function clientAssets(folder = 'dist/client'): Plugin {
  const id = 'virtual:client-assets'
  let isDev = false
  return {
    name: 'client-assets',
    configResolved(config) {
      isDev = config.command === 'serve'
    },
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(source) {
      if (source !== `\0${id}`) return null
      const manifest = isDev ? null : (JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, 'utf8')) as Manifest)
      return `export default ${JSON.stringify(manifest ? collect(manifest) : devAssets)}`
    },
  }
}

/**
 * `/sw.js`: one script of its own beside the site's, since browsers ask for it by a name that never changes and not all of them
 * know service workers that import. In dev it is made anew whenever it is asked for.
 */
function serviceWorker(): Plugin {
  const make = async (): Promise<string> => {
    const made = await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        write: false,
        target: 'es2022',
        lib: {
          entry: 'web/service-worker/service-worker.ts',
          formats: ['iife'],
          name: 'serviceWorker',
          fileName: 'sw',
        },
      },
    })
    const [result] = [made].flat()
    const chunk = result && 'output' in result ? result.output[0] : undefined
    if (!chunk) throw new Error('the service worker was not made')
    return chunk.code
  }
  return {
    name: 'service-worker',
    applyToEnvironment: (environment) => environment.name === 'client',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: await make() })
    },
    configureServer(server) {
      server.middlewares.use('/sw.js', (_request, response, next) => {
        make().then((code) => response.setHeader('content-type', 'text/javascript').end(code), next)
      })
    },
  }
}

interface ClientAssets {
  /** The module script of the page. */
  script: string
  styles: string[]
  /** Extra module of Vite's dev server, before the script. */
  devScript: string | null
  /** Source path -> files to preload when a page renders that module; the entry itself included. */
  modules: Record<string, { scripts: string[]; styles: string[] }>
}

const devAssets: ClientAssets = {
  script: `/${clientEntry}`,
  styles: ['/web/styles/app.css'],
  devScript: '/@vite/client',
  modules: {},
}

export function collect(manifest: Manifest): ClientAssets {
  const closure = (key: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) closure(next, seen)
    return seen
  }
  const filesOf = (key: string) => {
    const chunks = [...closure(key)].map((name) => manifest[name]).filter((chunk) => chunk !== undefined)
    return {
      scripts: chunks.map((chunk) => `/${chunk.file}`),
      styles: chunks.flatMap((chunk) => chunk.css ?? []).map((file) => `/${file}`),
    }
  }
  const entry = manifest[clientEntry]
  if (!entry) throw new Error(`the client's manifest lacks ${clientEntry}`)
  const sources = Object.keys(manifest).filter((key) => key === clientEntry || manifest[key]?.isDynamicEntry)
  return {
    script: `/${entry.file}`,
    styles: filesOf(clientEntry).styles,
    devScript: null,
    modules: Object.fromEntries(sources.map((key) => [key, filesOf(key)])),
  }
}
