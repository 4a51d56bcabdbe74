import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ConfirmLinkPage } from '../../../web/features/accounts/confirm-link-page.tsx'
import { type Area, loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

const path = '/sign-up/confirm'
const t = <A extends Area>(area: A) => textsOf('ko', area)
let sent: unknown[]
let answers: Response[]

const problem = (code: string, status: number, errors: object[] = []) => Response.json({ code, errors }, { status })

beforeAll(() => loadTexts('ko', ['accounts', 'common', 'forms', 'problems']))
beforeEach(() => {
  sent = []
  answers = []
  vi.stubGlobal('fetch', (address: string, { body }: { body: string }) => {
    if (String(address).endsWith('/verify-email')) sent.push(JSON.parse(body))
    return Promise.resolve(answers.shift() ?? problem('not-signed-in', 401))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(hash = '#key=from-the-mail') {
  history.replaceState(null, '', path + hash)
  const navigation = createNavigation({
    url: `${location.origin}${path}`,
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  const at = { path, params: {}, query: {}, language: 'ko' as const }
  render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={t('common').kit}>
        <NavigationProvider value={navigation}>
          <ConfirmLinkPage data={null} at={at} isReloading={false} reload={() => Promise.resolve()} />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
}

async function type(password: string): Promise<void> {
  fireEvent.input(await screen.findByLabelText(t('accounts').logIn.password), { target: { value: password } })
  fireEvent.click(screen.getByRole('button', { name: t('accounts').confirm.submit }))
}

test('a link that another browser opens asks for the password that was chosen, and says who need not give it', async () => {
  answers.push(
    problem('fresh-proof-needed', 403),
    problem('invalid-fields', 422, [{ pointer: '/password', code: 'wrong' }]),
  )
  open()
  await screen.findByText(t('accounts').confirm.elsewhereLead)
  expect(location.hash).toBe('')
  await type('not-this-1!')
  await screen.findByText(t('forms').faults['wrong']!)
  expect(sent).toEqual([{ key: 'from-the-mail' }, { key: 'from-the-mail', password: 'not-this-1!' }])
})

test('a link whose tries are used up says so, with the way to begin anew', async () => {
  answers.push(problem('fresh-proof-needed', 403), problem('link-spent', 409))
  open()
  await type('not-this-1!')
  await screen.findByText(t('accounts').confirm.failed)
  expect(screen.getByRole('link', { name: t('accounts').confirm.again })).toBeTruthy()
})

test('a link without its secret asks nobody', async () => {
  open('')
  await screen.findByText(t('accounts').confirm.failed)
  expect(sent).toEqual([])
})

test('in the browser that began nothing is asked', async () => {
  answers.push(Response.json({ access: 'x', expiresAt: '', account: { name: '한라', handle: 'h', suspension: null } }))
  open()
  await vi.waitFor(() => expect(sent).toEqual([{ key: 'from-the-mail' }]))
  await vi.waitFor(() => expect(location.pathname).toBe('/'))
  expect(screen.queryByLabelText(t('accounts').logIn.password)).toBeNull()
})
