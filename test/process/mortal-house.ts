import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '../../worker/contract/events.ts'
import { buildIfChanged } from '../run/build.ts'
import { DataFolder } from '../run/folder.ts'
import { openHouse, type House } from '../run/house.ts'
import { descendantsOf } from '../run/processes.ts'
import { root } from '../run/root.ts'

/** A house of its own folder whose workerd may be killed, and which opens again on what it left behind. */
export class MortalHouse {
  readonly path: string
  private readonly port: number
  private readonly built = join(root, 'dist/house')
  private folder: DataFolder | undefined
  private house: House | undefined

  constructor(name: string, port: number) {
    this.path = mkdtempSync(join(tmpdir(), `hallabong-${name}-`))
    this.port = port
  }

  async build(): Promise<void> {
    await buildIfChanged(this.built)
    this.folder = await DataFolder.take(this.path)
  }

  /** Opens the house on what it left behind. */
  async open(): Promise<House> {
    const { folder, built, port } = this
    if (!folder) throw new Error('no folder')
    await this.house?.close()
    this.house = await openHouse({ folder, built, port, host: '127.0.0.1' })
    return this.house
  }

  /** Kills workerd and leaves it dead: Miniflare would begin another. */
  async fall(): Promise<void> {
    process.kill(this.workerd(), 'SIGKILL')
    await this.house?.close()
    this.house = undefined
  }

  async close(): Promise<void> {
    await this.house?.close()
    this.folder?.release()
    rmSync(this.path, { recursive: true, force: true })
  }

  /** The one workerd among the processes that this one started. */
  workerd(): number {
    const found = descendantsOf(process.pid).filter(({ pid }) => {
      const command = execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
      return /workerd/.test(command)
    })
    if (found.length !== 1) throw new Error(`${found.length} workerd processes`)
    return found[0]!.pid
  }

  /** What the relay kept of a stream, as it lies on disk. */
  archived(stream: string): Envelope[] {
    const file = join(this.path, 'relay/archive', `${stream.replace(':', '/')}.jsonl`)
    if (!existsSync(file)) return []
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line) as Envelope)
  }
}
