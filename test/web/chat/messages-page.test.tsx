import { cleanup, render } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { MessagesPage } from '../../../web/features/chat/messages-page.tsx'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'

let answerRoom: () => void

beforeAll(() => loadTexts('ko', ['common', 'problems', 'messages']))
beforeEach(() => {
  const { promise, resolve } = Promise.withResolvers<void>()
  answerRoom = resolve
  vi.stubGlobal('fetch', async () => {
    await promise
    return { ok: true, text: () => Promise.resolve('{"id":"room_one"}') }
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** On the way to the room of two; the next page comes when the test says so. */
function open() {
  const [isShown, setShown] = createSignal(true)
  const wentTo: string[] = []
  let arrive: () => void = () => {}
  const navigation = createNavigation({
    url: `${location.origin}/messages?to=gyul`,
    base: '',
    isPage: () => true,
    prepare: (to) => {
      wentTo.push(to.pathname)
      return new Promise((resolve) => (arrive = () => resolve(() => setShown(false))))
    },
  })
  const at = { path: '/messages', params: {}, query: { to: 'gyul' }, language: 'ko' } as const
  render(() => (
    <LanguageProvider value="ko">
      <NavigationProvider value={navigation}>
        {isShown() && <MessagesPage data={null} at={at} isReloading={false} reload={() => Promise.resolve()} />}
      </NavigationProvider>
    </LanguageProvider>
  ))
  return { navigation, wentTo, isShown, arrive: () => arrive() }
}

/** The room is there, and all that follows from it at once has been done. */
function roomIsThere(): Promise<void> {
  answerRoom()
  return new Promise((done) => void setImmediate(done))
}

test('leads to the room of two', async () => {
  const { wentTo } = open()
  await roomIsThere()
  expect(wentTo).toEqual(['/messages/room_one'])
})

test('leaves a reader alone who is on the way elsewhere', async () => {
  const { navigation, wentTo } = open()
  navigation.navigate('/deals')
  await roomIsThere()
  expect(wentTo).toEqual(['/deals'])
})

test('leaves a reader alone who has gone elsewhere', async () => {
  const { navigation, wentTo, isShown, arrive } = open()
  navigation.navigate('/deals')
  arrive()
  await expect.poll(isShown).toBe(false)
  await roomIsThere()
  expect(wentTo).toEqual(['/deals'])
})
