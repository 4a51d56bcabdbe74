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
  return workerdPids()
    .map((pid) => {
      const fields = statOf(pid)
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return {
        residentKib: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
        // User and system time, fields 14 and 15.
        cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      }
    })
    .reduce((all, one) => ({
      residentKib: all.residentKib + one.residentKib,
      cpuSeconds: all.cpuSeconds + one.cpuSeconds,
    }))
}

function workerdPids(): string[] {
  if (process.platform !== 'linux') throw new NotHere('needs /proc')
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
        return name === 'workerd' && Number(statOf(pid)[1]) === process.pid
      } catch {
        // It ended while we looked.
        return false
      }
    })
  if (found.length === 0) throw new NotHere('workerd was not found among the processes')
  return found
}

/** What stands behind the name in `/proc/PID/stat`: state, parent, … */
function statOf(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
