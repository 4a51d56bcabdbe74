import { readdirSync, readFileSync } from 'node:fs'
import { NotHere } from '../bench.ts'

/** Sockets that one workerd may hold: it spends two descriptors on each, and ends when there are none left. */
export function socketsMost(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const descriptors = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1])
  return Number.isFinite(descriptors) ? Math.floor(descriptors / 3) : Infinity
}

/** What a process has used so far. */
export interface Used {
  residentKib: number
  cpuSeconds: number
}

const ticksPerSecond = 100

/** Of every workerd that this process has started: of two, one is at rest while the other is measured. */
export function usedByWorkerd(): Used {
  if (process.platform !== 'linux') throw new NotHere('needs /proc')
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (usedIfWorkerd(name) ?? []) : []))
  if (all.length === 0) throw new NotHere('workerd was not found among the processes')
  return all.reduce((sum, one) => ({
    residentKib: sum.residentKib + one.residentKib,
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
  }))
}

function usedIfWorkerd(pid: string): Used | null {
  try {
    const fields = statOf(pid)
    const isOurs = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd' && Number(fields[1]) === process.pid
    if (!isOurs) return null
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return {
      residentKib: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
      // User and system time, fields 14 and 15.
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    }
  } catch {
    // It ended while we looked.
    return null
  }
}

/** What stands behind the name in `/proc/PID/stat`: state, parent, … */
function statOf(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
