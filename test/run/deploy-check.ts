import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { readConfig } from '../../worker/env.ts'
import { root } from './root.ts'

/** Reads what a deployment would get (`wrangler.toml` and the file of secrets) and names everything that is still missing. */
const faults = [...faultsOfBindings(), ...faultsOfSettings(process.argv[2])]
for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'Ready to deploy.' : `\n${faults.length} to settle before deploying.`)
process.exit(faults.length === 0 ? 0 : 1)

function faultsOfBindings(): string[] {
  const { d1_databases: databases } = readWranglerConfig({ config: join(root, 'wrangler.toml') })
  const isMade = databases.every(({ database_id: id }: { database_id?: string }) => id && !/^0+(-0+)*$/.test(id))
  return isMade
    ? []
    : ['wrangler.toml: database_id is still the placeholder. `wrangler d1 create hallabong` tells the real one.']
}

function faultsOfSettings(file: string | undefined): string[] {
  if (!file || !existsSync(file))
    return [
      'Name the file of secrets: npm run deploy:check -- secrets.json (`npm run secrets > secrets.json` makes one).',
    ]
  const { vars } = readWranglerConfig({ config: join(root, 'wrangler.toml') })
  const secrets = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const texts: Record<string, string> = { ...(vars as Record<string, string>), ...secrets }
  return [...faultsOfConfig(texts), ...(texts.LOCAL_KEY ? ['LOCAL_KEY opens local doors: never deploy one.'] : [])]
}

function faultsOfConfig(settings: Record<string, string>): string[] {
  try {
    const { isSecure, relay, operator } = readConfig(settings)
    return [
      ...(isSecure ? [] : ['Setting ORIGIN must be https']),
      ...(relay ? [] : ['Setting RELAY_URL is missing: no mail, no text messages, no pictures without the relay']),
      ...(['representative', 'address', 'email', 'phone', 'businessNumber'] as const)
        .filter((name) => operator[name] === null)
        .map(
          (name) =>
            `Setting OPERATOR_${name.replace(/[A-Z]/g, '_$&').toUpperCase()} is missing: the legal notice needs it`,
        ),
    ]
  } catch (error) {
    return [(error as Error).message]
  }
}
