import { media as limits } from '../contract/limits.ts'
import { privatePurposes, type MediaPurpose } from '../contract/media.ts'
import type { MediaId } from '../contract/ids.ts'
import type { Instant } from '../contract/time.ts'
import type { Config } from '../env.ts'
import { createR2Storage } from './r2.ts'

export interface Upload {
  media: MediaId
  key: string
  contentType: string
  bytes: number
  until: Instant
}

export interface StoredFile {
  body: ReadableStream
  /** Null where the store does not tell. */
  etag: string | null
  bytes: number
}

/**
 * Where pictures lie. Addresses are good until the time given and for nothing else: an upload's only for exactly that type
 * and length, once. They are absolute, or paths of this Worker.
 */
export interface Storage {
  uploadAddress(upload: Upload): Promise<{ url: string; headers: Record<string, string> }>
  /** For the relay: reads the original. */
  sourceAddress(media: MediaId, key: string, until: Instant): Promise<string>
  /** For the relay: writes one file. */
  fileAddress(media: MediaId, name: string, key: string, until: Instant): Promise<string>
  /** For whoever may see it: reads one file. */
  readAddress(media: MediaId, name: string, key: string, until: Instant): Promise<string>
  has(key: string): Promise<boolean>
  /** Null where there is nothing. */
  read(key: string): Promise<StoredFile | null>
  remove(keys: string[]): Promise<void>
}

export async function storageOf(env: Env, config: Config): Promise<Storage> {
  if (config.storage.kind === 'r2') return createR2Storage(env.MEDIA, config)
  // Loaded only where it is used: the SDK would be most of the Worker's start.
  const { createS3Storage } = await import('./s3.ts')
  return createS3Storage(config.storage)
}

/** The id is as random as any key, so a public file needs no other; whether it is public is in its key. */
export function fileKey(media: MediaId, purpose: MediaPurpose, name: string): string {
  return privatePurposes.includes(purpose) ? `private/${media}/${name}` : publicKey(media, name)
}

export function publicKey(media: MediaId, name: string): string {
  return `public/${media}/${name}`
}

/** Names of all files a picture may have. */
export function fileNames(hasShare: boolean): string[] {
  const names = limits.widths.flatMap((width) => [`${width}.avif`, `${width}.webp`])
  return hasShare ? [...names, 'share.jpg'] : names
}

/** On each file of a picture where it is cached. */
export function mediaTag(media: MediaId): string {
  return media
}
