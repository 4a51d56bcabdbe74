import { z } from 'zod'
import { media as limits } from './limits.ts'
import { Text } from './text.ts'

export const mediaPurposes = ['profile', 'post', 'product', 'auction', 'board', 'chat', 'evidence'] as const
export type MediaPurpose = (typeof mediaPurposes)[number]

/** Purposes whose files no public address serves. */
export const privatePurposes: readonly MediaPurpose[] = ['chat', 'evidence']

/** Names of a picture's files: the nominal width with its format, and the JPEG for link previews. */
export const variantPattern = /^(?:(?:160|480|1080|1980)\.(?:avif|webp)|share\.jpg)$/

/** One size, both formats. Addresses never change their content. */
export const MediaSource = z.object({
  width: z.int(),
  height: z.int(),
  avif: z.string(),
  webp: z.string(),
})
export type MediaSource = z.infer<typeof MediaSource>

/** A ready picture. Width and height are those of the largest source; sources rise in width. */
export const MediaView = z.object({
  media: z.string(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
  /** base64 of a ThumbHash, about 25 bytes: the blur shown until the picture is there. */
  thumbhash: z.string(),
  sources: z.array(MediaSource),
  /** JPEG of 1,200 x 630 for link previews; null where the purpose needs none. */
  share: z.string().nullable(),
})
export type MediaView = z.infer<typeof MediaView>

export const UploadRequest = z.strictObject({
  contentType: z.enum(limits.types),
  bytes: z.int().min(1).max(limits.bytes),
  purpose: z.enum(mediaPurposes),
  alt: Text({ min: 0, max: limits.alt }).optional(),
})
export type UploadRequest = z.infer<typeof UploadRequest>

/**
 * Where the file goes: send exactly `upload.headers` and a body of exactly the announced length, once, before `expiresAt`.
 * The address is a signed one; it needs no token.
 */
export const UploadTicket = z.object({
  media: z.string(),
  upload: z.object({
    url: z.string(),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()),
  }),
  expiresAt: z.iso.datetime({ precision: 3 }),
})
export type UploadTicket = z.infer<typeof UploadTicket>

export const mediaStates = ['pending', 'processing', 'ready', 'rejected'] as const

/**
 * Why a file was refused. `wrong-type`: not what it was announced as; `unsupported`: no picture of a kind we take;
 * `too-large`: more than 5,000 px a side; `broken`: damaged; `too-complex`: not decodable within the time;
 * `failed`: our side gave up after many tries, uploading again may help; `expired`: the file never came.
 */
export const rejectionReasons = [
  'wrong-type',
  'unsupported',
  'too-large',
  'broken',
  'too-complex',
  'failed',
  'expired',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]

export const MediaState = z.object({
  media: z.string(),
  purpose: z.enum(mediaPurposes),
  state: z.enum(mediaStates),
  reason: z.enum(rejectionReasons).nullable(),
  /** Tries so far beyond the first: above 0 while `processing` means that it takes longer than usual. */
  retries: z.int(),
  view: MediaView.nullable(),
})
export type MediaState = z.infer<typeof MediaState>

export const DescribeMedia = z.strictObject({ alt: Text({ min: 0, max: limits.alt }) })
export type DescribeMedia = z.infer<typeof DescribeMedia>
