import { exports } from 'cloudflare:workers'
import { onTestFinished } from 'vitest'
import type { Envelope } from '../../../worker/contract/events.ts'
import {
  querying,
  SearchRequest,
  SimilarRequest,
  type ImageJob,
  type ImageMade,
  type ImageResult,
  type SearchResponse,
  type SimilarHit,
} from '../../../worker/contract/relay.ts'
import { signRequest } from '../../../relay/signing.ts'
import { standInForRelay, type Relay, type RelayOutcome } from '../../../worker/kernel/relay.ts'
import { memoryRelay } from '../../../worker/local/mailbox.ts'
import { origin } from './app.ts'

export const relaySecret = crypto.getRandomValues(new Uint8Array(32))

/** `is-late` answers nobody: who asks hears that it is unreachable once the time for a question is over. */
export type Act = 'works' | 'is-away' | 'is-late' | 'refuses'

/** A relay that a test can watch and switch: events are kept, letters go to the mailbox, pictures are made of one byte. */
export interface TestRelay extends Relay {
  act: Act
  events: Envelope[]
  /** What reached it about one thing, by any id in the payload, as types of events. */
  toldOf(id: string): string[]
  letters: { id: string; kind: string }[]
  jobs: ImageJob[]
  /** What a picture job answers; by default it writes all files and says they are ready. */
  draw: (job: ImageJob) => Promise<RelayOutcome<ImageResult>>
  /** Questions that reached it, answered or not. */
  asked: (SearchRequest | SimilarRequest)[]
  /** What it finds for somebody's words; nothing by default. */
  find: (question: SearchRequest) => SearchResponse
  /** What it finds near somebody's interests; nothing by default. */
  resemble: (question: SimilarRequest) => SimilarHit[]
}

/** Takes the relay's place until the test ends. */
export function withRelay(): TestRelay {
  const seen = new Map<string, number>()
  const away = { ok: false, retry: true, code: 'unreachable' } as const
  const refused = { ok: false, retry: false, code: 'malformed' } as const
  const unless = async <T>(work: () => Promise<RelayOutcome<T>>): Promise<RelayOutcome<T>> => {
    if (relay.act === 'works') return work()
    if (relay.act === 'refuses') return refused
    if (relay.act === 'is-late') await scheduler.wait(querying.withinMs)
    return away
  }

  const relay: TestRelay = {
    act: 'works',
    events: [],
    toldOf: (id) =>
      relay.events
        .filter(({ payload }) => Object.values(payload as Record<string, unknown>).includes(id))
        .map(({ type }) => type),
    letters: [],
    jobs: [],
    draw: (job) =>
      drawAll(job).then(
        (value) => ({ ok: true, value }),
        () => ({ ok: false, retry: true, code: 'storage-failed' }),
      ),
    publish: (events) =>
      unless(async () => {
        for (const event of events) {
          if (event.seq <= (seen.get(event.stream) ?? 0)) continue
          relay.events.push(event)
          seen.set(event.stream, event.seq)
        }
        return { ok: true, value: Object.fromEntries(seen) }
      }),
    sendMail: (job) =>
      unless(() => {
        relay.letters.push(job)
        return memoryRelay.sendMail(job)
      }),
    sendSms: (job) =>
      unless(() => {
        relay.letters.push(job)
        return memoryRelay.sendSms(job)
      }),
    processImage: (job) => {
      relay.jobs.push(job)
      return unless(() => relay.draw(job))
    },
    asked: [],
    find: () => ({ items: [], degraded: false }),
    resemble: () => [],
    search: (question) => {
      relay.asked.push(SearchRequest.parse(question))
      return unless(async () => ({ ok: true, value: relay.find(question) }))
    },
    similar: (question) => {
      relay.asked.push(SimilarRequest.parse(question))
      return unless(async () => ({ ok: true, value: relay.resemble(question) }))
    },
    health: () => unless(() => memoryRelay.health()),
  }
  standInForRelay(relay, relaySecret)
  onTestFinished(() => standInForRelay(memoryRelay))
  return relay
}

/** Fetches and writes as the real one does, without a pixel. */
export async function drawAll(job: ImageJob): Promise<ImageMade> {
  const source = await askAsRelay('GET', job.source)
  if (source.status !== 200) throw new Error(`the source answered ${source.status}`)
  await source.arrayBuffer()
  for (const [name, target] of Object.entries(job.targets)) {
    const { status } = await askAsRelay('PUT', target, new Uint8Array(new TextEncoder().encode(`file ${name}`)))
    if (status !== 204 && status !== 200) throw new Error(`${name} answered ${status}`)
  }
  return describedOnly(job)
}

/** The same answer, without writing anything. */
export async function describedOnly(job: ImageJob): Promise<ImageMade> {
  const sizes = [160, 480, 1_080].map((nominal) => {
    const width = Math.min(nominal, 800)
    return { nominal, width, height: width / 2 }
  })
  return { state: 'ready', width: 800, height: 400, thumbhash: 'AAAA', sizes, share: 'share.jpg' in job.targets }
}

/** Asks at an address of a job: signed where it is the Worker's, as it is where it belongs to a store of its own. */
export async function askAsRelay(
  method: 'GET' | 'PUT',
  path: string,
  body: Uint8Array<ArrayBuffer> = new Uint8Array(),
  secret = relaySecret,
): Promise<Response> {
  if (URL.canParse(path)) return fetch(path, { method, ...(method === 'PUT' ? { body } : {}) })
  const token = await signRequest(secret, { method, path, body })
  const headers = { authorization: `Bearer ${token}` }
  return exports.default.fetch(`${origin}${path}`, { method, headers, ...(method === 'PUT' ? { body } : {}) })
}
