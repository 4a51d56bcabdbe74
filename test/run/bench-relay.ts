import { busBenches } from './bench/bus.ts'
import { measureAll } from './bench/command.ts'
import { imageBenches } from './bench/images.ts'
import { memoryBenches } from './bench/memory.ts'
import { vectorBenches } from './bench/vectors.ts'

// Figures of the relay. What may be asked for: bench/command.ts.
await measureAll([...busBenches, ...vectorBenches, ...imageBenches, ...memoryBenches])
