import type { Language } from '../contract/accounts.ts'
import type { AppContext } from '../kernel/context.ts'
import { deviceLabel, placeLabel } from './rules/device.ts'

/** The language a stranger is written to in: that of the page they were on, which sends it along. */
export function languageOf(c: AppContext): Language {
  return /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'ko'
}

export function deviceOf(c: AppContext): string | null {
  return deviceLabel(c.req.header('user-agent'))
}

export function placeOf(c: AppContext): string | null {
  return placeLabel((c.req.raw as { cf?: { city?: unknown; country?: unknown } }).cf)
}
