import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './root.ts'

/**
 * Ctrl-C reaches every process of a terminal's group, so workerd would end before anybody could be told. From here on Miniflare starts one
 * that does not hear it, and ends it with the house.
 */
export function deafenWorkerd(): void {
  if (process.platform === 'win32' || process.env.DEAF_WORKERD !== undefined) return
  const ofMiniflare = createRequire(import.meta.resolve('miniflare'))
  const { default: path } = ofMiniflare('workerd') as { default: string }
  process.env.DEAF_WORKERD = process.env.MINIFLARE_WORKERD_PATH ?? path
  process.env.MINIFLARE_WORKERD_PATH = join(root, 'test/run/deaf-workerd.sh')
}
