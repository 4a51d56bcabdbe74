import { cleanup, render } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { SearchData } from '../../../web/features/search/queries.ts'
import { searchRoute } from '../../../web/features/search/routes.tsx'
import { loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import type { PageAt } from '../../../web/page.ts'
import { LiveRegions } from '../../../web/ui/live-region/live-region.tsx'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

beforeAll(() => loadTexts('ko', ['common', 'search', 'auctions', 'profiles', 'people']))
afterEach(cleanup)

const route = searchRoute({ texts: [], part: async () => (props) => <p>{props.cards.map(({ id }) => id).join()}</p> })
const at = (query: PageAt['query']): PageAt => ({ path: '/search', params: {}, query, language: 'ko' })
const auctions = (...ids: string[]) =>
  ({ state: 'auctions', items: ids.map((id) => ({ id })), nextCursor: null, degraded: false }) as unknown as SearchData

test('another query is the same page: the field keeps its focus, and what was found is said', async () => {
  const [{ Page }, again] = await Promise.all([route.module(), route.module()])
  expect(again.Page).toBe(Page)

  const [shown, setShown] = createSignal<{ at: PageAt; data: SearchData }>({ at: at({}), data: { state: 'none' } })
  const navigation = createNavigation({
    url: 'https://house.example/search',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={textsOf('ko', 'common').kit}>
        <NavigationProvider value={navigation}>
          <LiveRegions />
          <Page data={shown().data} at={shown().at} isReloading={false} reload={() => Promise.resolve()} />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
  const field = container.querySelector('input[type="search"]')
  expect(document.activeElement).toBe(field)
  const said = () => container.querySelector('[aria-live="polite"]')?.textContent
  const t = textsOf('ko', 'search')

  setShown({ at: at({ q: 'lamp' }), data: auctions('lamp-1', 'lamp-2') })
  expect(container.textContent).toContain('lamp-1,lamp-2')
  expect(document.activeElement).toBe(field)
  await expect.poll(said).toContain(t.titleOf('lamp'))

  setShown({ at: at({ q: 'nothing' }), data: auctions() })
  expect(document.activeElement).toBe(field)
  await expect.poll(said).toContain(t.empty.auctions('nothing'))
})
