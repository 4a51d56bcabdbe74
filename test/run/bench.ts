import { audienceBenches } from './bench/audience.ts'
import { cachedPageBenches } from './bench/cached-page.ts'
import { chatBenches } from './bench/chat.ts'
import { measureAll } from './bench/command.ts'
import { fanOutBenches } from './bench/fan-out.ts'
import { readBenches } from './bench/reads.ts'
import { closeQuickSite, roomBenches } from './bench/room.ts'

// Figures of the product, each beside the obvious way to do the same. What may be asked for: bench/command.ts.
try {
  await measureAll(
    // A quick run has one house for all of these.
    [...roomBenches, ...audienceBenches],
    [...fanOutBenches, ...chatBenches, ...readBenches, ...cachedPageBenches],
  )
} finally {
  await closeQuickSite()
}
