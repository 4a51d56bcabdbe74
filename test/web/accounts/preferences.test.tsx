import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Preferences } from '../../../worker/contract/accounts.ts'
import { PreferencesPage } from '../../../web/features/accounts/settings/preferences-page.tsx'
import { loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import type { Language } from '../../../web/i18n/language.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

const before: Preferences = {
  language: 'ko',
  messagesFrom: 'everyone',
  showInRooms: true,
  showBidName: false,
  personalised: true,
}
let sent: unknown[]
let isRefused: boolean

beforeAll(async () => {
  for (const language of ['ko', 'en'] as const) await loadTexts(language, ['common', 'problems', 'settings'])
})
beforeEach(() => {
  sent = []
  isRefused = false
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body))
    if (isRefused) return Promise.resolve(Response.json({ code: 'internal' }, { status: 500 }))
    return Promise.resolve(Response.json({ ...before, ...JSON.parse(body) }))
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(language: Language) {
  const navigation = createNavigation({
    url: `${location.origin}/settings/preferences`,
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  const at = { path: '/settings/preferences', params: {}, query: {}, language }
  render(() => (
    <LanguageProvider value={language}>
      <KitWordsProvider value={textsOf(language, 'common').kit}>
        <NavigationProvider value={navigation}>
          <PreferencesPage data={before} at={at} isReloading={false} reload={() => Promise.resolve()} />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
  const t = textsOf(language, 'settings').preferences
  return (name: Preferences['messagesFrom']) => screen.getByRole<HTMLInputElement>('radio', { name: t.senders[name] })
}

test.each(['ko', 'en'] as const)('one chooses who may write first, in %s', async (language) => {
  const choice = open(language)
  expect(choice('everyone').checked).toBe(true)
  for (const messagesFrom of ['followed', 'nobody', 'everyone'] as const) {
    choice(messagesFrom).click()
    await expect.poll(() => sent.at(-1)).toEqual({ messagesFrom })
    expect(choice(messagesFrom).checked).toBe(true)
  }
  expect(sent).toHaveLength(3)
})

test('a choice that was refused is taken back', async () => {
  isRefused = true
  const choice = open('ko')
  choice('nobody').click()
  await expect.poll(() => choice('everyone').checked).toBe(true)
  expect(sent).toEqual([{ messagesFrom: 'nobody' }])
})
