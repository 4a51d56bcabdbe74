import { cleanup, render } from '@solidjs/testing-library'
import { createSignal, onCleanup, onMount } from 'solid-js'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { BootProvider } from '../../../web/boot.ts'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import type { PageAt, PageProps } from '../../../web/page.ts'
import { Screen } from '../../../web/screen.tsx'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import type { Shown, Visit } from '../../../web/visit.ts'

beforeAll(() => loadTexts('ko', ['common']))
afterEach(cleanup)

const url = 'https://house.example/auctions/1'
const at: PageAt = { path: '/auctions/1', params: {}, query: {}, language: 'ko' }

test('keeps the page that is on the screen when its data is loaded again', () => {
  const life: string[] = []
  const Page = (props: PageProps<unknown>) => {
    onMount(() => life.push('mounted'))
    onCleanup(() => life.push('gone'))
    return <p>{String(props.data)}</p>
  }
  const loaded = (data: string): Shown => ({
    pathname: '/auctions/1',
    route: null,
    at,
    // As a route does it: another object with the same component.
    opened: { module: { Page, head: () => ({ title: data }) }, data },
  })
  const [shown, setShown] = createSignal(loaded('as a visitor'))
  const visit = { shown, reload: () => Promise.resolve() } as unknown as Visit
  const navigation = createNavigation({ url, base: '', isPage: () => true, prepare: () => Promise.resolve(() => {}) })
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <BootProvider value={{ origin: 'https://house.example', opened: shown().opened } as never}>
        <NavigationProvider value={navigation}>
          <Screen visit={visit} />
        </NavigationProvider>
      </BootProvider>
    </LanguageProvider>
  ))
  expect(container.textContent).toBe('as a visitor')
  setShown(loaded('as oneself'))
  expect(container.textContent).toBe('as oneself')
  expect(life).toEqual(['mounted'])
})
