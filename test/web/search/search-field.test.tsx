import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Asked } from '../../../web/features/search/queries.ts'
import { SearchField } from '../../../web/features/search/search-field.tsx'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider, type KitWords } from '../../../web/ui/words/words.tsx'

beforeAll(() => loadTexts('ko', ['search']))
afterEach(cleanup)

function show(first: Asked) {
  const [asked, setAsked] = createSignal(first)
  const navigation = createNavigation({
    url: 'https://house.example/search',
    base: '',
    isPage: () => true,
    prepare: async () => () => {},
  })
  render(() => (
    <KitWordsProvider value={{} as KitWords}>
      <NavigationProvider value={navigation}>
        <SearchField asked={asked()} />
      </NavigationProvider>
    </KitWordsProvider>
  ))
  const field = screen.getByLabelText<HTMLInputElement>('경매와 사람 찾기')
  const type = (value: string) => fireEvent.input(field, { target: { value } })
  return { field, type, setAsked }
}

test('shows what was looked for, and can be emptied by hand', () => {
  const { field, type } = show({ q: '램프', type: 'auctions' })
  expect(field.value).toBe('램프')
  type('램')
  type('')
  expect(field.value).toBe('')
  expect(screen.queryByRole('button', { name: '검색어 지우기' })).toBeNull()
})

test('is emptied by its button, which gives the focus back', () => {
  const { field } = show({ q: '램프', type: 'auctions' })
  fireEvent.click(screen.getByRole('button', { name: '검색어 지우기' }))
  expect(field.value).toBe('')
  expect(document.activeElement).toBe(field)
})

test('follows the address, and keeps to the kind that was chosen', () => {
  const { field, type, setAsked } = show({ q: '램프', type: 'people' })
  type('의자')
  setAsked({ q: '의자 둘', type: 'people' })
  expect(field.value).toBe('의자 둘')
  expect(Object.fromEntries(new FormData(field.form!))).toEqual({ q: '의자 둘', type: 'people' })
})

test('takes the focus where nothing has been looked for yet', () => {
  const { field } = show({ q: '', type: 'auctions' })
  expect(document.activeElement).toBe(field)
})

test('takes the focus where one begins anew', () => {
  const { field, setAsked } = show({ q: '램프', type: 'auctions' })
  expect(document.activeElement).not.toBe(field)
  setAsked({ q: '', type: 'auctions' })
  expect(document.activeElement).toBe(field)
})
