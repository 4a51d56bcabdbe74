import { privatePurposes, type MediaSource, type MediaState, type MediaView } from '../contract/media.ts'
import type { MediaRow } from './queries.ts'

/** Null for what is not ready, and for what no public address serves. */
export function viewOf(row: MediaRow): MediaView | null {
  return privatePurposes.includes(row.purpose) ? null : viewAt(row, (name) => `/media/${row.id}/${name}`)
}

/** Of a private picture: its addresses ask who is looking. Null for what is not ready or public. */
export function privateViewOf(row: MediaRow): MediaView | null {
  return privatePurposes.includes(row.purpose) ? viewAt(row, (name) => privateAddress(row.id, name)) : null
}

function viewAt({ id, state, alt, thumbhash, sizes, hasShare }: MediaRow, addressOf: (name: string) => string) {
  const largest = sizes?.at(-1)
  if (state !== 'ready' || !largest || thumbhash === null) return null
  return {
    media: id,
    alt,
    width: largest.width,
    height: largest.height,
    thumbhash,
    sources: (sizes ?? []).map(({ nominal, width, height }): MediaSource => ({
      width,
      height,
      avif: addressOf(`${nominal}.avif`),
      webp: addressOf(`${nominal}.webp`),
    })),
    share: hasShare ? addressOf('share.jpg') : null,
  }
}

export function stateOf(row: MediaRow): MediaState {
  return {
    media: row.id,
    purpose: row.purpose,
    state: row.state === 'removing' ? 'rejected' : row.state,
    reason: row.reason,
    retries: Math.max(0, row.attempts - 1),
    view: viewOf(row) ?? privateViewOf(row),
  }
}

function privateAddress(media: string, name: string): string {
  return `/api/media/${media}/file?name=${name}`
}
