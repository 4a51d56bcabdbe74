import { join } from 'node:path'
import { audienceBenches, audienceSites } from './bench/audience.ts'
import { cachedPageBenches } from './bench/cached-page.ts'
import { chatBenches, chatHouses } from './bench/chat.ts'
import { measureAll } from './bench/command.ts'
import { fanOutBenches } from './bench/fan-out.ts'
import { readBenches } from './bench/reads.ts'
import { roomBenches, roomSites } from './bench/room.ts'
import { viewerBenches } from './bench/viewer.ts'
import { root } from './root.ts'

// Some fifty load processes come and go: what they run is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'dist/compiled')

// Figures of the product, each beside the obvious way to do the same. What may be asked for: bench/command.ts.
try {
  await measureAll([...roomBenches, ...viewerBenches], audienceBenches, [
    ...fanOutBenches,
    ...chatBenches,
    ...readBenches,
    ...cachedPageBenches,
  ])
} finally {
  await Promise.all([roomSites.close(), audienceSites.close(), chatHouses.close()])
}
