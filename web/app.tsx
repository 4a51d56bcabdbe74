import { onMount } from 'solid-js'
import { type Boot, BootProvider } from './boot.ts'
import { Layout } from './features/layout/layout.tsx'
import { textsOf } from './i18n/dictionaries.ts'
import { LanguageProvider } from './i18n/i18n.ts'
import { type Language, prefixOf } from './i18n/language.ts'
import { Screen } from './screen.tsx'
import { createNavigation, NavigationProvider } from './ui/navigation/navigation.ts'
import { KitWordsProvider } from './ui/words/words.tsx'
import { createVisit } from './visit.ts'

/** The whole site, at an address. */
export function App(props: { boot: Boot; language: Language; url: string }) {
  // oxlint-disable-next-line solid/reactivity -- the app is rendered once for one address and language
  const { boot, language, url } = props
  const visit = createVisit(boot, url)
  const navigation = createNavigation({ ...visit, url, base: prefixOf(language) })
  onMount(navigation.listen)
  return (
    <LanguageProvider value={language}>
      <KitWordsProvider value={textsOf(language, 'common').kit}>
        <NavigationProvider value={navigation}>
          <BootProvider value={boot}>
            <Layout route={visit.shown().route}>
              <Screen visit={visit} />
            </Layout>
          </BootProvider>
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  )
}
