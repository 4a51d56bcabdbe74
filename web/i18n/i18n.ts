import { createContext, useContext } from 'solid-js'
import { type Area, textsOf, type Texts } from './dictionaries.ts'
import { type Format, formatIn } from './format.ts'
import type { Language } from './language.ts'

const LanguageContext = createContext<Language>('ko')

/** The language is the address's and never changes while a page lives: another language is another page. */
export const LanguageProvider = LanguageContext.Provider

export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** The words of an area that the route has named: `const t = useTexts('auctions')`, then `t.bid` or `t.lead(amount)`. */
export function useTexts<A extends Area>(area: A): Texts<A> {
  return textsOf(useLanguage(), area)
}

export function useFormat(): Format {
  return formatIn(useLanguage())
}
