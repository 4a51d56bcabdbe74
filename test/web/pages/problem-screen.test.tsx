import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ProblemScreen } from '../../../web/features/problems/problem-screen.tsx'
import { loadTexts, textsOf } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

beforeAll(() => loadTexts('ko', ['common', 'problems']))
afterEach(cleanup)

function show(code: string, status: number) {
  const onRetry = vi.fn<() => void>()
  const onLoad = vi.spyOn(location, 'reload').mockReturnValue()
  onLoad.mockClear()
  const navigation = createNavigation({
    url: 'https://house.example/',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={textsOf('ko', 'common').kit}>
        <NavigationProvider value={navigation}>
          <ProblemScreen problem={{ code, status }} onRetry={onRetry} />
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
  return { onRetry, onLoad }
}

test('a page of an older build is had by loading the document anew, as its code is gone', () => {
  const { onRetry, onLoad } = show('update-needed', 0)
  fireEvent.click(screen.getByRole('button', { name: textsOf('ko', 'common').reload }))
  expect([onLoad.mock.calls.length, onRetry.mock.calls.length]).toEqual([1, 0])
})

test('what may be there a moment later is asked for again', () => {
  const { onRetry, onLoad } = show('unavailable', 503)
  fireEvent.click(screen.getByRole('button', { name: textsOf('ko', 'common').retry }))
  expect([onLoad.mock.calls.length, onRetry.mock.calls.length]).toEqual([0, 1])
})

test('what is not there is not asked for again', () => {
  show('not-found', 404)
  expect(screen.queryByRole('button')).toBe(null)
})
