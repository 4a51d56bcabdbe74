import { statfs } from 'node:fs/promises'
import type { Bus } from '../bus/bus.ts'
import type { Images } from '../images/images.ts'
import type { VectorIndex } from '../vectors/vectors.ts'
import type { Part } from './parts.ts'

const leastFreeBytes = 64 * 1024 * 1024

export function busPart(bus: Bus): Part {
  return {
    name: 'bus',
    isVital: true,
    async check() {
      const [{ dead }, lag] = await Promise.all([bus.health(), bus.lag()])
      return { ok: true, kind: bus.kind, lag, figures: { dead_letters: dead } }
    },
  }
}

/** Where everything is kept: a full or vanished disk is told before an event is refused because of it. */
export function folderPart(dir: string): Part {
  return {
    name: 'folder',
    isVital: true,
    async check() {
      const { bavail, bsize } = await statfs(dir)
      const free = bavail * bsize
      const state = { ok: free >= leastFreeBytes, figures: { free_bytes: free } }
      return state.ok ? state : { ...state, reason: 'the disk is full' }
    },
  }
}

/** What is found and recommended. Without it the Worker falls back to keywords, so it is not vital. */
export function indexPart(index: VectorIndex): Part {
  return {
    name: 'index',
    isVital: false,
    async check() {
      const ok = await index.isCurrent()
      const state = { ok, kind: index.kind, figures: { items: ok ? await index.count() : 0 } }
      return ok ? state : { ...state, reason: 'it is being built' }
    },
  }
}

export function imagesPart(images: Images): Part {
  return {
    name: 'images',
    isVital: false,
    async check() {
      const { running, waiting } = images.counts()
      return { ok: true, figures: { running, waiting } }
    },
  }
}
