import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { faultsIn, readConfig } from '../../worker/env.ts'
import { root } from './root.ts'

const notice = 'the legal notice needs it'
/** What a house of one's own may lack. */
const needed = {
  RELAY_URL: 'no mail, no text messages, no pictures without the relay',
  OPERATOR_REPRESENTATIVE: notice,
  OPERATOR_ADDRESS: notice,
  OPERATOR_EMAIL: notice,
  OPERATOR_PHONE: notice,
  OPERATOR_BUSINESS_NUMBER: notice,
}

/**
 * Reads what a deployment would get (`wrangler.toml` and the file of secrets) and names everything that is missing or malformed; when
 * nothing is, what contradicts itself, one thing at a time.
 */
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
      'Name the file of secrets: npm run deploy:check -- secrets.json (`npm run --silent secrets > secrets.json` makes one).',
    ]
  const { vars } = readWranglerConfig({ config: join(root, 'wrangler.toml') })
  const secrets = secretsIn(readFileSync(file, 'utf8'))
  if (!secrets)
    return [
      `${file} is no JSON object. Lines of npm's own before the first { come from \`npm run secrets\` without --silent: take them out.`,
    ]
  const texts: Record<string, string> = { ...(vars as Record<string, string>), ...secrets }
  return [...faultsOfConfig(texts), ...(texts.LOCAL_KEY ? ['LOCAL_KEY opens local doors: never deploy one.'] : [])]
}

function secretsIn(text: string): Record<string, string> | null {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, string> | null) : null
  } catch {
    return null
  }
}

function faultsOfConfig(settings: Record<string, string>): string[] {
  const faults = [
    ...faultsIn(settings),
    ...Object.entries(needed)
      .filter(([name]) => settings[name] === undefined)
      .map(([name, why]) => `Setting ${name} is missing: ${why}`),
  ]
  if (faults.length > 0) return faults
  try {
    return readConfig(settings).isSecure ? [] : ['Setting ORIGIN must be https']
  } catch (error) {
    return [(error as Error).message]
  }
}
