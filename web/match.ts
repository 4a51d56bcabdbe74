import type { Language } from './i18n/language.ts'
import { inLanguage, languageOf } from './i18n/language.ts'
import type { PageAt, PageRoute } from './page.ts'

export interface Match {
  route: PageRoute
  at: PageAt
}

/** Which page an address belongs to; null when none. The router decides alike: fixed segments come before `:params`. */
export function matchPage(routes: readonly PageRoute[], url: URL): Match | null {
  const language = languageOf(url.pathname)
  const path = inLanguage(url.pathname, 'ko').replace(/(?<=.)\/$/, '')
  const found = routes
    .map((route) => ({ route, params: paramsOf(route.path, path) }))
    .filter((match) => match.params !== null)
    .toSorted((a, b) => a.route.path.split(':').length - b.route.path.split(':').length)[0]
  if (!found?.params) return null
  return { route: found.route, at: placeOf({ path, params: found.params, search: url.searchParams, language }) }
}

export function placeOf(at: {
  path: string
  params: Record<string, string>
  search: URLSearchParams
  language: Language
}): PageAt {
  return { path: at.path, params: at.params, query: Object.fromEntries(at.search), language: at.language }
}

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) {
      const text = decoded(value)
      if (!text) return null
      params[part.slice(1)] = text
    } else if (part !== value) return null
  }
  return params
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
