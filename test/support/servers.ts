import { randomBytes } from 'node:crypto'
import { placeFrom, runningServers, type Servers } from '../../relay/servers/servers.ts'

export const serversFolder = placeFrom(process.env).folder

/**
 * The real servers, started before by `npm run servers`, where a run is told to use them (`RELAY_REAL=1`); else null. Told so
 * without servers is an error: a lane may not pass by seeing nothing.
 */
export function realServers(): Servers | null {
  if (process.env.RELAY_REAL !== '1') return null
  const servers = runningServers(serversFolder)
  if (!servers) throw new Error('RELAY_REAL is 1, but the servers do not run: npm run servers')
  return servers
}

/** A namespace of Pulsar that nobody has used. */
export function newNamespace(): string {
  return `public/test-${randomBytes(6).toString('hex')}`
}
