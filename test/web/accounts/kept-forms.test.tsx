import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { session } from '../../../web/api/session.ts'
import { SignUpPage } from '../../../web/features/accounts/sign-up-page.tsx'
import { ProfileEditPage } from '../../../web/features/profiles/profile-edit-page.tsx'
import { type Area, loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import type { PageProps } from '../../../web/page.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

const t = <A extends Area>(area: A) => textsOf('ko', area)
/** What the API says to a method of a path that ends so. */
let answers: Record<string, () => Response>
let versions: (string | null)[]
let wentTo: string[]

beforeAll(() => loadTexts('ko', ['accounts', 'common', 'forms', 'problems', 'settings']))
beforeEach(() => {
  answers = {}
  versions = []
  wentTo = []
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', headers }: RequestInit = {}) => {
    if (method === 'PATCH') versions.push(new Headers(headers).get('if-match'))
    const known = Object.keys(answers).find((one) => `${method} ${path}`.endsWith(one))
    return known ? answers[known]!() : Response.json({ code: 'not-found', status: 404 }, { status: 404 })
  })
})
afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

function open(path: string, page: (props: PageProps<null>) => JSX.Element): void {
  const navigation = createNavigation({
    url: location.origin + path,
    base: '',
    isPage: () => true,
    prepare: async (to) => {
      wentTo.push(to.pathname)
      return () => {}
    },
  })
  const at = { path, params: {}, query: {}, language: 'ko' as const }
  const Page = () => page({ data: null, at, isReloading: false, reload: async () => {} })
  render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={t('common').kit}>
        <NavigationProvider value={navigation}>
          <Page />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
}

const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name="${name}"]`)!
const type = (name: string, text: string) => fireEvent.input(field(name), { target: { value: text } })

test('who comes back to change a mistyped address finds what was filled in', async () => {
  answers['/registration'] = () => Response.json({ registration: 'begun' }, { status: 202 })
  open('/sign-up', SignUpPage)
  type('email', 'gyul@hous.example')
  type('name', '귤')
  type('password', 'two words and 7')
  for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
  fireEvent.submit(document.querySelector('form')!)
  fireEvent.click(await screen.findByText(t('accounts').confirm.changeAddress))
  expect(field('email').value).toBe('gyul@hous.example')
  expect(field('name').value).toBe('귤')
  expect(field('password').value).toBe('two words and 7')
  expect(screen.getAllByRole<HTMLInputElement>('checkbox').every(({ checked }) => checked)).toBe(true)
})

const own = {
  handle: 'gyul',
  name: '귤',
  bio: '',
  links: [],
  isPublic: true,
  picture: null,
  limits: { handleFrom: null },
}

test('what was written stays when the profile was changed elsewhere, and is saved the next time', async () => {
  session.signedIn({ access: 'token', expiresAt: '', account: { ...own, version: 1 } } as unknown as LoggedIn)
  answers['GET /api/accounts/me'] = () => Response.json({ ...own, bio: '다른 곳', version: 2 })
  answers['PATCH /api/accounts/users/gyul'] = () =>
    Response.json({ code: 'stale-version', status: 412 }, { status: 412 })
  open('/settings/profile', ProfileEditPage)
  type('name', '감귤')
  fireEvent.submit(document.querySelector('form')!)
  await expect.poll(() => session.account()?.version).toBe(2)
  expect(field('name').value).toBe('감귤')
  // It is saved now, though what it is like afterwards cannot be had.
  answers['PATCH /api/accounts/users/gyul'] = () => Response.json({ ...own, version: 3 })
  answers['GET /api/accounts/me'] = () => Response.json({ code: 'unavailable', status: 503 }, { status: 503 })
  await expect.poll(() => document.querySelector('form [aria-disabled="true"]')).toBeNull()
  fireEvent.submit(document.querySelector('form')!)
  await expect.poll(() => wentTo).toEqual(['/settings'])
  expect(versions).toEqual(['"1"', '"2"'])
})
