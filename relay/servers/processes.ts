import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A pid alone is reused by the system; with the moment it began it names one process for good. */
export interface ProcessName {
  pid: number
  began: string
}

export function nameOf(pid: number): ProcessName | null {
  const began = existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid)
  return began === null ? null : { pid, began }
}

export function isAlive({ pid, began }: ProcessName): boolean {
  return nameOf(pid)?.began === began
}

/** Ends exactly this one: politely, then after `patienceMs` for good. */
export async function end(name: ProcessName, patienceMs = 20_000): Promise<void> {
  signal(name, 'SIGTERM')
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    if (!isAlive(name)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  signal(name, 'SIGKILL')
}

function signal(name: ProcessName, signal: NodeJS.Signals): void {
  if (!isAlive(name)) return
  try {
    process.kill(name.pid, signal)
  } catch (error) {
    // Ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function fromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything, so count from its end: state first, start time as the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function fromPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
