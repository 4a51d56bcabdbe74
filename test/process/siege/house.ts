import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'
import { buildIfChanged } from '../../run/build.ts'
import { Site } from '../../run/demo/client.ts'
import { DataFolder } from '../../run/folder.ts'
import { openHouse, type House } from '../../run/house.ts'
import { descendantsOf, isAlive, type ProcessName } from '../../run/processes.ts'
import { root } from '../../run/root.ts'

/** A house whose processes are killed while people are in it. */
export class BesiegedHouse {
  readonly path: string
  readonly site: Site
  private readonly house: House
  private readonly folder: DataFolder
  private standing: Promise<unknown> = Promise.resolve()

  private constructor(path: string, folder: DataFolder, house: House) {
    this.path = path
    this.folder = folder
    this.house = house
    this.site = new Site(house.origin, house.key ?? '')
  }

  static async open(): Promise<BesiegedHouse> {
    const built = join(root, 'dist/house')
    await buildIfChanged(built)
    const path = mkdtempSync(join(tmpdir(), 'hallabong-siege-'))
    const folder = await DataFolder.take(path)
    const house = await openHouse({ folder, built, port: await freePort(), host: '127.0.0.1' })
    return new BesiegedHouse(path, folder, house)
  }

  /** Opens its local doors. */
  get key(): string {
    return this.house.key ?? ''
  }

  /** Resolves when workerd is there, at once or again. */
  stands(): Promise<unknown> {
    return this.standing
  }

  /** SIGKILL, wherever workerd is in what it does; Miniflare begins another on what is on disk. */
  killWorker(): Promise<unknown> {
    const victim = theOne(/workerd/)
    process.kill(victim.pid, 'SIGKILL')
    this.standing = gone(victim).then(() => this.answers())
    return this.standing
  }

  /** The launcher begins the relay anew by itself. */
  killRelay(): void {
    const relay = descendants().find(({ command }) => /relay\/index\.ts/.test(command))
    if (relay) process.kill(relay.pid, 'SIGKILL')
  }

  get workerPid(): number {
    return theOne(/workerd/).pid
  }

  /**
   * What its Worker complained of: own lines of level error, and what the runtime says of a throw that nobody caught. A client that
   * breaks the protocol below ours gets such a line from the runtime itself.
   */
  complaints(): string[] {
    const lines = readFileSync(join(this.path, 'logs/worker.log'), 'utf8').split('\n')
    return lines.filter((line) =>
      line.startsWith('{')
        ? line.includes('"level":"error"')
        : /uncaught|exception/i.test(line) && !line.includes('WebSocket protocol error'),
    )
  }

  private async answers(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.house.origin}/api/time`).catch(() => null)
      if (answer?.ok) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.folder.record()
  }

  async close(): Promise<void> {
    await this.standing
    await this.house.close()
    this.folder.release()
    rmSync(this.path, { recursive: true, force: true })
  }
}

function theOne(command: RegExp): ProcessName {
  const found = descendants().filter((one) => command.test(one.command))
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} processes are ${command}`)
  return found[0]
}

function descendants(): (ProcessName & { command: string })[] {
  return descendantsOf(process.pid).flatMap((name) => {
    try {
      return [{ ...name, command: execFileSync('ps', ['-o', 'args=', '-p', String(name.pid)], { encoding: 'utf8' }) }]
    } catch {
      // It ended between the two questions.
      return []
    }
  })
}

async function gone(name: ProcessName): Promise<void> {
  while (isAlive(name)) await new Promise((resolve) => setTimeout(resolve, 20))
}
