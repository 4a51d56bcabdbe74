import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { descendantsOf, endProcesses, isAlive, nameOf, type ProcessName } from './processes.ts'
import { makeSecrets, type Secrets } from './settings.ts'

/** Something a person can mend: told in one line, without a stack. */
export class StartError extends Error {}

/** The folder that holds everything a house of one's own remembers, and that one launcher at a time may use. */
export class DataFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** Takes the folder. What a killed launcher left running is ended, and nothing else. */
  static async take(path: string): Promise<DataFolder> {
    mkdirSync(path, { recursive: true })
    const folder = new DataFolder(path)
    const left = folder.readRecord()
    if (left && isAlive(left.launcher))
      throw new StartError(
        `The folder ${path} is in use by another start (process ${left.launcher.pid}). End that one, or choose another folder with DATA_DIR.`,
      )
    if (left) await endProcesses(left.others)
    folder.record()
    return folder
  }

  /** Writes down what runs now, for the start after a kill. */
  record(): void {
    const launcher = nameOf(process.pid)
    if (launcher) writeFileSync(this.recordPath, JSON.stringify({ launcher, others: descendantsOf(process.pid) }))
  }

  release(): void {
    rmSync(this.recordPath, { force: true })
  }

  /** Made once; then the same for the life of the folder, so that sign-ins, ids and signatures stay good. An older folder gets what is new. */
  secrets(): Secrets {
    const path = join(this.path, 'secrets.json')
    const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>) : {}
    const secrets = { ...makeSecrets(), ...kept }
    if (Object.keys(kept).length < Object.keys(secrets).length)
      writeFileSync(path, JSON.stringify(secrets, null, 2), { mode: 0o600 })
    return secrets
  }

  private get recordPath(): string {
    return join(this.path, 'processes.json')
  }

  private readRecord(): { launcher: ProcessName; others: ProcessName[] } | null {
    try {
      return JSON.parse(readFileSync(this.recordPath, 'utf8')) as { launcher: ProcessName; others: ProcessName[] }
    } catch {
      return null
    }
  }
}
