import type { MediaId } from '../contract/ids.ts'
import { instant } from '../contract/time.ts'
import type { Config } from '../env.ts'
import { now } from '../kernel/clock.ts'
import { areEqual, deriveKey, fingerprint } from '../kernel/ids.ts'
import type { Storage } from './storage.ts'

const uploads = '/api/media/uploads'
const files = '/api/media/files'

/** The R2 binding. Addresses are routes of this Worker that carry their own seal. */
export function createR2Storage(bucket: R2Bucket, config: Pick<Config, 'idSecret'>): Storage {
  const address = (act: SealedAct, media: MediaId, until: number, name?: string) => {
    const path = name === undefined ? `${uploads}/${media}` : `${uploads}/${media}/${name}`
    return `${path}?until=${until}&seal=${sealOf(config, act, media, until, name)}`
  }
  return {
    async uploadAddress({ media, contentType, until }) {
      return { url: address('upload', media, until), headers: { 'content-type': contentType } }
    },
    async sourceAddress(media, _key, until) {
      return address('source', media, until)
    },
    async fileAddress(media, name, _key, until) {
      return address('file', media, until, name)
    },
    async readAddress(media, name, _key, until) {
      return `${files}/${media}/${name}?until=${until}&seal=${sealOf(config, 'read', media, until, name)}`
    },
    async has(key) {
      return (await bucket.head(key)) !== null
    },
    async read(key) {
      const object = await bucket.get(key)
      return object && { body: object.body, etag: object.httpEtag, bytes: object.size }
    },
    async remove(keys) {
      await bucket.delete(keys)
    },
  }
}

export type SealedAct = 'upload' | 'source' | 'file' | 'read'

/** Whether a sealed address of ours allows this act now. */
export function isSealed(
  config: Pick<Config, 'idSecret'>,
  act: SealedAct,
  media: MediaId,
  { until, seal, name }: { until: string | undefined; seal: string | undefined; name?: string },
): boolean {
  if (!until || !seal || !/^\d{13}$/.test(until)) return false
  return areEqual(seal, sealOf(config, act, media, Number(until), name)) && instant(Number(until)) > now()
}

function sealOf(config: Pick<Config, 'idSecret'>, act: SealedAct, media: MediaId, until: number, name?: string) {
  const key = deriveKey(config.idSecret, 'uploads')
  return fingerprint(key, JSON.stringify([act, media, until, name ?? null]))
}

/** Stores an upload unless there is one already: then false. A body that breaks off leaves nothing behind. */
export async function putOnce(bucket: R2Bucket, key: string, body: ReadableStream, type: string): Promise<boolean> {
  const stored = await bucket.put(key, body, {
    httpMetadata: { contentType: type },
    onlyIf: { etagDoesNotMatch: '*' },
  })
  return stored !== null
}
