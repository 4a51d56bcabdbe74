import type { ImageJob, ImageResult } from '../../worker/contract/relay.ts'
import { log, reasonOf } from '../log.ts'
import { createGate, createTurns, type Turns } from './gate.ts'
import { AskerGone, makePicture } from './make.ts'
import type { PictureStore } from './store.ts'

export type ImageOutcome =
  | { ok: true; result: ImageResult }
  | { ok: false; code: 'busy'; retryAfterMs: number }
  | { ok: false; code: 'storage-failed' }

/** Pictures in hand beyond those whose pixels are worked on: one comes while another one is being stored. */
const underway = 2
/** What a picture of a phone takes of one core, roughly; a line of pictures is told to come back after it. */
const usualMs = 1_000

export interface Images {
  /**
   * Fetches the upload, makes its files and stores them; the answer comes when all are stored. Repeating a job writes the
   * same files again. `busy`: too many wait, so that neither memory nor anybody's patience runs out. `storage-failed`: it
   * could not be fetched or stored, try again later. A job whose asker has gone is not begun, nor gone on with.
   */
  process(job: ImageJob, asker: AbortSignal): Promise<ImageOutcome>
  /** Pictures in memory, and jobs (an address each) that wait. */
  counts(): { running: number; waiting: number }
  idle(): Promise<void>
}

/**
 * `cores` pieces of pixel work run at once, each on one thread, whichever pictures they are of. Two pictures more than that
 * are in memory, and eight times as many jobs may wait.
 */
export function createImages(store: PictureStore, { cores }: { cores: number }): Images {
  const gate = createGate(cores + underway, cores * 8)
  const drawNumber = createTurns(cores)

  async function work(job: ImageJob, asker: AbortSignal): Promise<ImageOutcome> {
    const turn = drawNumber()
    const turns: Turns = (piece) =>
      turn(() => {
        if (asker.aborted) throw new AskerGone()
        return piece()
      })
    const startedAt = performance.now()
    const upload = await store.fetch(job.source)
    if (!upload.ok) return upload.code === 'too-large' ? rejected('too-large') : failed(job, upload.reason)
    const { contentType, targets } = job
    const made = await makePicture(upload.bytes, { contentType, share: 'share.jpg' in targets, turns })
    if (!made.ok) {
      log('image-rejected', { job: job.id, reason: made.reason })
      return rejected(made.reason)
    }
    const { files, ...picture } = made.picture
    const stored = await Promise.all(
      [...files].map(async ([name, bytes]) => {
        const target = targets[name]
        return target === undefined
          ? { ok: false as const, reason: `no target for ${name}` }
          : store.put(target, name, bytes)
      }),
    )
    const lost = stored.find((one) => !one.ok)
    if (lost) return failed(job, lost.reason)
    log('image-made', { job: job.id, files: files.size, ms: Math.round(performance.now() - startedAt) })
    return { ok: true, result: { state: 'ready', ...picture, share: files.has('share.jpg') } }
  }

  return {
    async process(job, asker) {
      const outcome = await gate.run(async () => (asker.aborted ? null : work(job, asker))).catch(whenGone)
      return outcome ?? { ok: false, code: 'busy', retryAfterMs: (gate.counts().waiting / cores) * usualMs }
    },
    counts: gate.counts,
    idle: gate.idle,
  }
}

/** Nothing more is made for somebody who will not hear of it, but will ask again: under load that would only add to it. */
function whenGone(error: unknown): null {
  if (error instanceof AskerGone) return null
  throw error
}

type Rejection = Extract<ImageResult, { state: 'rejected' }>['reason']

function rejected(reason: Rejection): ImageOutcome {
  return { ok: true, result: { state: 'rejected', reason } }
}

function failed(job: ImageJob, reason: string): ImageOutcome {
  log('image-failed', { job: job.id, reason: reasonOf(reason) }, 'warn')
  return { ok: false, code: 'storage-failed' }
}
