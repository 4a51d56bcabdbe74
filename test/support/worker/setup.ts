import { applyD1Migrations, type D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type * as main from '../../../worker/index.local.ts'

declare global {
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: D1Migration[]
      /** Where the suite of the storage runs on another one than R2: which. */
      TEST_STORAGE?: string
    }
    interface GlobalProps {
      mainModule: typeof main
    }
  }
}

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
