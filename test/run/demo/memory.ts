import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Kept {
  /** By handle: what they sign in with. */
  people: Record<string, { login: string }>
  /** By key of the lot: the auction that was made of it. */
  lots: Record<string, string>
  /** By key of the room. */
  rooms: Record<string, string>
  /** By key of a live lot: its pictures, so that they are sent once. */
  pictures: Record<string, string[]>
  /** Auctions of the simulated seller, oldest first, and which lot comes next. */
  live: { auctions: string[]; next: number }
  isDone: boolean
}

/** What the demo has made so far, beside the data it is about: a second start goes on where the first one was. */
export class Memory {
  readonly people: Kept['people']
  readonly lots: Kept['lots']
  readonly rooms: Kept['rooms']
  readonly pictures: Kept['pictures']
  readonly live: Kept['live']
  isDone: boolean
  private readonly path: string
  private writing: Promise<void> = Promise.resolve()

  private constructor(path: string, kept: Kept) {
    this.path = path
    this.people = kept.people
    this.lots = kept.lots
    this.rooms = kept.rooms
    this.pictures = kept.pictures
    this.live = kept.live
    this.isDone = kept.isDone
  }

  static of(folder: string): Memory {
    const path = join(folder, 'demo.json')
    const empty: Kept = {
      people: {},
      lots: {},
      rooms: {},
      pictures: {},
      live: { auctions: [], next: 0 },
      isDone: false,
    }
    return new Memory(path, {
      ...empty,
      ...(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>) : {}),
    })
  }

  /** Written beside and moved into place, one after the other, so that a kill leaves a whole file. */
  keep(): Promise<void> {
    const { people, lots, rooms, pictures, live, isDone } = this
    const text = JSON.stringify({ people, lots, rooms, pictures, live, isDone } satisfies Kept, null, 2)
    this.writing = this.writing.then(() => this.write(text))
    return this.writing
  }

  private async write(text: string): Promise<void> {
    await writeFile(`${this.path}.new`, text, { mode: 0o600 })
    await rename(`${this.path}.new`, this.path)
  }
}
