import { createContext, useContext } from 'solid-js'

/** The few words that parts of the kit say by themselves. The app gives them once, in the reader's language. */
export interface KitWords {
  close: string
  optional: string
  working: string
  dismiss: string
  showPassword: string
  hidePassword: string
}

const WordsContext = createContext<KitWords>()

export const KitWordsProvider = WordsContext.Provider

export function useKitWords(): KitWords {
  const words = useContext(WordsContext)
  if (!words) throw new Error('the kit needs its words: wrap the app in KitWordsProvider')
  return words
}
