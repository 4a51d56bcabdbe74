import { audienceBenches, audienceSites } from './bench/audience.ts'
import { cachedPageBenches } from './bench/cached-page.ts'
import { chatBenches } from './bench/chat.ts'
import { measureAll } from './bench/command.ts'
import { fanOutBenches } from './bench/fan-out.ts'
import { readBenches } from './bench/reads.ts'
import { roomBenches, roomSites } from './bench/room.ts'

// Figures of the product, each beside the obvious way to do the same. What may be asked for: bench/command.ts.
try {
  await measureAll(roomBenches, audienceBenches, [
    ...fanOutBenches,
    ...chatBenches,
    ...readBenches,
    ...cachedPageBenches,
  ])
} finally {
  await Promise.all([roomSites.close(), audienceSites.close()])
}
