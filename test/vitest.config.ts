import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { clientAssets } from '../vite.config.ts'
import { makeSecrets } from './run/settings.ts'
import { substituteFor } from './simulation/substitutes.ts'

const root = new URL('..', import.meta.url).pathname
const { LOCAL_KEY, RELAY_SECRET: _relay, ...secrets } = makeSecrets()

function inWorkerd(bindings: Record<string, string>) {
  return [
    solid({ ssr: true }),
    clientAssets(),
    cloudflareTest(async () => ({
      main: 'worker/index.local.ts',
      wrangler: { configPath: 'wrangler.toml' },
      miniflare: {
        bindings: {
          ORIGIN: 'http://localhost',
          ...secrets,
          LOCAL_KEY,
          TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`),
          ...bindings,
        },
      },
    })),
  ]
}

/** Of a real store that speaks S3, where a run is told to use one; the suite says so where it is not. */
function s3Settings(): Record<string, string> {
  if (process.env['RELAY_REAL'] !== '1') return { TEST_STORAGE: 's3, skipped' }
  const names = ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
  const given = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return { TEST_STORAGE: 's3', STORAGE: 's3', ...Object.fromEntries(given) }
}

export default defineConfig({
  root,
  test: {
    reporters: ['default', './test/run/count-reporter.ts'],
    silent: 'passed-only',
    projects: [
      { root, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        root,
        test: { name: 'model', include: ['test/model/**/*.test.ts'], environment: 'node', testTimeout: 300_000 },
      },
      {
        root,
        plugins: [{ name: 'simulated-platform', enforce: 'pre', resolveId: substituteFor }],
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
        },
      },
      {
        root,
        plugins: [solid({ ssr: true })],
        test: {
          name: 'gates',
          include: ['test/gates/**/*.test.ts'],
          exclude: ['test/gates/openapi.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      { root, test: { name: 'relay', include: ['test/relay/**/*.test.ts'], environment: 'node', testTimeout: 30_000 } },
      {
        root,
        plugins: [solid()],
        test: {
          name: 'web',
          include: ['test/web/**/*.test.{ts,tsx}'],
          expect: { poll: { timeout: 20_000 } },
          environment: 'happy-dom',
          testTimeout: 30_000,
        },
      },
      {
        root,
        plugins: inWorkerd({}),
        test: {
          name: 'worker',
          globalSetup: ['test/support/push-service.ts'],
          include: ['test/worker/**/*.test.ts', 'test/authorisation/*.test.ts', 'test/gates/openapi.test.ts'],
          setupFiles: ['test/support/worker/setup.ts'],
          // A file waits half of its time; one after the other took twice as long on two cores.
          maxWorkers: 2,
          // What runs after an answer may wait out a pause that an earlier test's failing relay left behind.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 30_000,
          // Eight people who join one after the other take longer than the usual 10 s on a busy computer.
          hookTimeout: 60_000,
        },
      },
      {
        root,
        plugins: inWorkerd(s3Settings()),
        test: {
          name: 'worker-s3',
          include: ['test/worker/media/storage.test.ts'],
          setupFiles: ['test/support/worker/setup.ts'],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          expect: { poll: { timeout: 60_000 } },
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        root,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          expect: { poll: { timeout: 20_000 } },
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
