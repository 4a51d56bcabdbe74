import { cleanup, render } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { BootProvider } from '../../../web/boot.ts'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import type { PageProps, PageRoute } from '../../../web/page.ts'
import { Screen } from '../../../web/screen.tsx'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import type { Shown, Visit } from '../../../web/visit.ts'

const [state, setState] = createSignal('signed-in')
vi.mock('../../../web/api/session.ts', () => ({ session: { state: () => state(), account: () => null } }))

beforeAll(() => loadTexts('ko', ['common']))
afterEach(cleanup)

const Page = (props: PageProps<unknown>) => <p>{String(props.data)}</p>
const loaded = (data: string): Shown['opened'] => ({ module: { Page, head: () => ({ title: data }) }, data })

test.each([
  ['a page for members', { access: 'signed-in' }, ''],
  ['a page that everybody may read', { isPersonal: true }, 'as a visitor'],
])('%s shows nobody what it showed who was there before', async (_, kind, between) => {
  setState('signed-in')
  const [shown, setShown] = createSignal<Shown>({
    pathname: '/here',
    route: kind as PageRoute,
    at: { path: '/here', params: {}, query: {}, language: 'ko' },
    opened: loaded('of one'),
  })
  const show = (opened: Shown['opened']) => setShown((before) => ({ ...before, opened }))
  const answers: ((data: string) => void)[] = []
  const visit = {
    shown,
    forget: () => show(null),
    reload: () => new Promise<void>((resolve) => answers.push((data) => resolve(void show(loaded(data))))),
  } as unknown as Visit
  const navigation = createNavigation({
    url: 'https://house.example/here',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <BootProvider value={{ origin: 'https://house.example', opened: null } as never}>
        <NavigationProvider value={navigation}>
          <Screen visit={visit} />
        </NavigationProvider>
      </BootProvider>
    </LanguageProvider>
  ))
  expect(container.textContent).toBe('of one')
  setState('visitor')
  answers.shift()?.('as a visitor')
  expect(container.querySelector('p')?.textContent ?? '').toBe(between)
  setState('signed-in')
  expect(container.textContent).not.toContain('of one')
  answers.shift()?.('of another')
  await expect.poll(() => container.textContent).toBe('of another')
  expect(answers).toEqual([])
})

test('a page that could not be had for its reader is asked for again with what is shown next', async () => {
  setState('signed-in')
  const ofNobody: Shown = {
    pathname: '/here',
    route: { isPersonal: true } as PageRoute,
    at: { path: '/here', params: {}, query: {}, language: 'ko' },
    opened: loaded('as a visitor'),
  }
  const [shown, setShown] = createSignal(ofNobody)
  const reload = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('no network')).mockResolvedValue()
  const navigation = createNavigation({
    url: 'https://house.example/here',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  render(() => (
    <LanguageProvider value="ko">
      <BootProvider value={{ origin: 'https://house.example', opened: ofNobody.opened } as never}>
        <NavigationProvider value={navigation}>
          <Screen visit={{ shown, reload } as unknown as Visit} />
        </NavigationProvider>
      </BootProvider>
    </LanguageProvider>
  ))
  await Promise.resolve()
  expect(reload).toHaveBeenCalledTimes(1)
  setShown({ ...ofNobody })
  expect(reload).toHaveBeenCalledTimes(2)
  setShown({ ...ofNobody })
  expect(reload).toHaveBeenCalledTimes(2)
})
