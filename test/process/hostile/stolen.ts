import { readFileSync } from 'node:fs'

/** Of all processors together, in the ticks of `proc_stat(5)`. */
export interface ProcessorTime {
  asked: number
  /** Of these, what went to other computers on the same machine: nobody here waited for anybody here. */
  stolen: number
}

/** Since this computer started. Nothing where it is not Linux. */
export function processorTime(): ProcessorTime {
  if (process.platform !== 'linux') return { asked: 0, stolen: 0 }
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const [user, nice, system, , , irq, softirq, stolen] = line.split(/\s+/).slice(1).map(Number) as number[]
  return {
    asked: [user, nice, system, irq, softirq, stolen].reduce((sum: number, one = 0) => sum + one, 0),
    stolen: stolen ?? 0,
  }
}
