import { z } from 'zod'

/** Control and direction-override characters, and halves of a character, which no encoding keeps. */
const forbidden = /(?![\n\t])[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u

/** What one can see: letters that are blank by design, and joiners and marks without anything to join, are none of it. */
const visible = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

/**
 * Plain text: NFC, trimmed, no control or direction-override characters. Line breaks are kept where
 * `lines` allows them. It is never read as HTML on any side.
 */
export function Text({ min = 1, max, lines = false }: { min?: number; max: number; lines?: boolean }) {
  return z
    .string()
    .max(max * 8)
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .refine((text) => !forbidden.test(text) && (lines || !/[\n\t]/.test(text)), { error: 'forbidden-characters' })
    .refine((text) => text === '' || visible.test(text), { error: 'forbidden-characters' })
    .refine((text) => [...text].length >= min, { error: min === 1 ? 'empty' : 'too-short' })
    .refine((text) => [...text].length <= max, { error: 'too-long' })
}
