export const languages = ['ko', 'en'] as const
export type Language = (typeof languages)[number]

/** Each language by its own name. */
export const languageNames: Record<Language, string> = { ko: '한국어', en: 'English' }

/** Korean lives at `/…`, English at `/en/…`: the address decides, never a header or a guess. */
export function languageOf(path: string): Language {
  return /^\/en(?:[/?#]|$)/.test(path) ? 'en' : 'ko'
}

/** The router's base in this language. */
export function prefixOf(language: Language): '' | '/en' {
  return language === 'en' ? '/en' : ''
}

/**
 * The same place in the other language: `path` with or without a prefix, query and hash kept. It begins with one slash, whatever
 * stands in the address bar: after two a browser reads the name of another site.
 */
export function inLanguage(path: string, language: Language): string {
  const bare = path.replace(/^\/en(?=[/?#]|$)/, '')
  const rest = bare.replace(/^[/\\]*/, '/')
  return prefixOf(language) + rest === '/en/' ? '/en' : prefixOf(language) + rest
}
