import { placeFrom, settingsFor, startServers } from '../../relay/servers/servers.ts'

// `npm start` on Pulsar, Milvus and an S3 store of this computer, which are started when they do not run. It has a folder of
// its own: what a house has confirmed from one bus is not on the other.
try {
  const servers = await startServers(placeFrom(process.env), (line) => console.log(line))
  process.env.DATA_DIR ||= '.data/real'
  Object.assign(process.env, settingsFor(servers))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
await import('./start.ts')
