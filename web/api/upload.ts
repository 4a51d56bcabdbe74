import { createStore } from 'solid-js/store'
import { media as limits } from '../../worker/contract/limits.ts'
import type { MediaPurpose, MediaView, RejectionReason } from '../../worker/contract/media.ts'
import type { mediaRoutes } from '../../worker/media/routes.ts'
import { client } from './client.ts'
import { answer, newKey } from './call.ts'
import { ApiProblem, asProblem, problemOf } from './problem.ts'
import { session } from './session.ts'
import { type Crop, isAccepted, shrink, UnreadablePicture } from './shrink.ts'

const mediaApi = client<typeof mediaRoutes>(session.call).media

/** `unreadable`: no picture this browser can open. The rest are the server's reasons. */
export type PictureFault = RejectionReason | 'unreadable'

export interface UploadState {
  phase: 'shrinking' | 'sending' | 'processing' | 'ready' | 'failed'
  /** Of sending, 0 to 1. */
  progress: number
  /** Processing takes longer than 10 s: it goes on by itself, and says so. */
  isSlow: boolean
  /** Its id, as soon as there is one. */
  media: string | null
  /** The picture when it is ready. */
  view: MediaView | null
  /** Why it failed: the picture's own fault, or a problem that another try may mend. */
  fault: PictureFault | null
  problem: ApiProblem | null
}

export interface Upload {
  /** A store: reactive. */
  readonly state: UploadState
  /** Resolves with the view once it is ready; rejects never: see `state`. */
  readonly done: Promise<MediaView | null>
  /** After a failure: the same file once more. */
  retry: () => void
  /** Stops whatever is under way and forgets the picture on the server, if it has got there. */
  cancel: () => void
}

const slowMs = 10_000
const pollMs = [400, 600, 900, 1_300, 2_000]

const fresh: UploadState = {
  phase: 'shrinking',
  progress: 0,
  isSlow: false,
  media: null,
  view: null,
  fault: null,
  problem: null,
}

/** Shrinks, sends and follows one picture until it can be attached. In browsers only, for people signed in. */
export function uploadPicture(file: Blob, about: { purpose: MediaPurpose; crop?: Crop; alt?: string }): Upload {
  const [state, setState] = createStore<UploadState>({ ...fresh })
  let abort = new AbortController()
  let finish: (view: MediaView | null) => void = () => {}
  const done = new Promise<MediaView | null>((resolve) => (finish = resolve))

  async function run({ signal }: AbortController): Promise<void> {
    try {
      const small = await shrink(file, about.crop)
      signal.throwIfAborted()
      setState('phase', 'sending')
      const { media, upload } = await ask(small)
      // Given up before there was an id to take back.
      if (signal.aborted) return void forgetPicture(media)
      setState('media', media)
      await send(upload, small, signal, (progress) => setState('progress', progress))
      setState({ phase: 'processing', progress: 1 })
      const view = await follow(media, signal, () => setState('isSlow', true))
      setState({ phase: 'ready', view })
      finish(view)
    } catch (thrown) {
      if (signal.aborted) return
      if (thrown instanceof UnreadablePicture) setState({ phase: 'failed', fault: 'unreadable' })
      else if (thrown instanceof Rejected) setState({ phase: 'failed', fault: thrown.reason })
      else setState({ phase: 'failed', problem: asProblem(thrown) })
    }
  }

  async function ask(small: Blob) {
    const contentType = isAccepted(small.type) ? small.type : limits.types[0]
    return answer(
      mediaApi.$post(
        {
          json: { contentType, bytes: small.size, purpose: about.purpose, ...(about.alt ? { alt: about.alt } : {}) },
        },
        { headers: { 'idempotency-key': newKey() } },
      ),
    )
  }

  void run(abort)
  return {
    state,
    done,
    retry() {
      abort.abort()
      abort = new AbortController()
      setState({ ...fresh })
      void run(abort)
    },
    cancel() {
      abort.abort()
      finish(null)
      if (state.media) void forgetPicture(state.media)
    },
  }
}

/** Takes an unattached picture off the server; one in use stays. */
export async function forgetPicture(media: string): Promise<void> {
  try {
    await answer(mediaApi[':media'].$delete({ param: { media } }))
  } catch {
    // What nobody attaches goes by itself after a day.
  }
}

/** Writes what a picture shows, for those who do not see it. */
export async function describePicture(media: string, alt: string): Promise<void> {
  await answer(mediaApi[':media'].$patch({ param: { media }, json: { alt } }))
}

class Rejected extends Error {
  readonly reason: RejectionReason
  constructor(reason: RejectionReason) {
    super(reason)
    this.reason = reason
  }
}

/** `fetch` cannot tell how far an upload is; the older way can. The address is signed and takes no token. */
function send(
  upload: { url: string; method: string; headers: Record<string, string> },
  body: Blob,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(upload.method, upload.url)
    for (const [name, value] of Object.entries(upload.headers))
      // The browser sets the length itself and refuses to be told.
      if (name.toLowerCase() !== 'content-length') request.setRequestHeader(name, value)
    request.timeout = limits.ticketMs
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded / body.size))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve()
      else void problemOf(new Response(request.responseText, { status: request.status })).then(reject)
    })
    request.addEventListener('error', () => reject(new TypeError('network: upload cut')))
    request.addEventListener('timeout', () => reject(new ApiProblem('timeout')))
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** Asks until the picture is ready or refused; tells once when it takes long. A cut network only makes it wait. */
async function follow(media: string, signal: AbortSignal, onSlow: () => void): Promise<MediaView> {
  const since = performance.now()
  for (let turn = 0; ; turn++) {
    await pause(pollMs[Math.min(turn, pollMs.length - 1)] ?? slowMs, signal)
    if (performance.now() - since > slowMs) onSlow()
    const now = await answer(mediaApi[':media'].$get({ param: { media } })).catch((thrown: unknown) => {
      const problem = asProblem(thrown)
      if (problem.status === 0 || problem.status >= 500 || problem.status === 429) return null
      throw problem
    })
    if (now?.state === 'ready' && now.view) return now.view
    if (now?.state === 'rejected') throw new Rejected(now.reason ?? 'failed')
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(new DOMException('cancelled', 'AbortError'))
      },
      { once: true },
    )
  })
}
