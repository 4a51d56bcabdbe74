import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A pid alone is reused by the system; with the moment it began it names one process for good. */
export interface ProcessName {
  pid: number
  began: string
}

interface Row extends ProcessName {
  parent: number
}

export function nameOf(pid: number): ProcessName | null {
  const row = rows().find((each) => each.pid === pid)
  return row ? { pid, began: row.began } : null
}

export function isAlive({ pid, began }: ProcessName): boolean {
  return rows().some((row) => row.pid === pid && row.began === began)
}

/** Everything that `pid` started, and what that started. */
export function descendantsOf(pid: number): ProcessName[] {
  const all = rows()
  const found: Row[] = []
  for (let front = [pid]; front.length > 0;) {
    const children = all.filter((row) => front.includes(row.parent))
    found.push(...children)
    front = children.map((row) => row.pid)
  }
  return found.map((row) => ({ pid: row.pid, began: row.began }))
}

/** Ends exactly these: politely, then after `patienceMs` for good. */
export async function endProcesses(list: ProcessName[], patienceMs = 5_000): Promise<void> {
  signalAll(list, 'SIGTERM')
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    if (!list.some(isAlive)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  signalAll(list, 'SIGKILL')
}

function signalAll(list: ProcessName[], signal: NodeJS.Signals): void {
  for (const name of list) {
    if (!isAlive(name)) continue
    try {
      process.kill(name.pid, signal)
    } catch (error) {
      // Ended in between.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

function rows(): Row[] {
  return existsSync('/proc/self/stat') ? rowsOfProc() : rowsOfPs()
}

function rowsOfProc(): Row[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      // The name in parentheses may hold anything, so count from its end: state, parent, …, start time as the 20th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state, parent, began] = [fields[0], fields[1], fields[19]]
      return state === 'Z' || began === undefined ? [] : [{ pid: Number(entry), parent: Number(parent), began }]
    } catch {
      return []
    }
  })
}

function rowsOfPs(): Row[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,lstart='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line)
    if (!match || match[3]?.startsWith('Z')) return []
    return [{ pid: Number(match[1]), parent: Number(match[2]), began: String(match[4]).trim() }]
  })
}
