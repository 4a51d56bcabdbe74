import { cleanup, fireEvent, render } from '@solidjs/testing-library'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { session } from '../../../web/api/session.ts'
import { Chat } from '../../../web/features/auctions/room/chat.tsx'
import { type Room, RoomProvider } from '../../../web/features/auctions/room/room.tsx'
import { loadTexts } from '../../../web/i18n/dictionaries.ts'
import { LanguageProvider } from '../../../web/i18n/i18n.ts'
import { common } from '../../../web/i18n/ko/common.ts'
import { createNavigation, NavigationProvider } from '../../../web/ui/navigation/navigation.ts'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

let removals: { path: string; body: unknown }[]

beforeAll(() => loadTexts('ko', ['common', 'problems', 'chat']))
beforeEach(() => {
  removals = []
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    removals.push({ path, body: JSON.parse(String(init?.body)) })
    return new Response(null, { status: 204 })
  })
})
afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

/** The chat of an auction that `gyul` sells, with one message, as somebody of the staff sees it. */
function open({ me, author }: { me: string; author: string }) {
  const account = { handle: me, role: 'moderator' }
  session.signedIn({ access: 'token', expiresAt: '', account } as unknown as LoggedIn)
  const message = {
    id: 'msg_1',
    author: { handle: author, name: author },
    badges: [],
    text: '욕설',
    at: '2026-11-21T03:00:00.000Z',
    removedBy: null,
  }
  const room = {
    state: () => ({ messages: [message], room: null }),
    view: () => ({ id: 'auc_1', seller: { handle: 'gyul' } }),
    phase: () => 'running',
    obstacle: () => null,
    now: () => 0,
  } as unknown as Room
  const navigation = createNavigation({
    url: 'https://house.example/',
    base: '',
    isPage: () => true,
    prepare: () => Promise.resolve(() => {}),
  })
  const { container } = render(() => (
    <LanguageProvider value="ko">
      <KitWordsProvider value={common.kit}>
        <NavigationProvider value={navigation}>
          <RoomProvider value={room}>
            <Chat onBan={() => {}} />
          </RoomProvider>
        </NavigationProvider>
      </KitWordsProvider>
    </LanguageProvider>
  ))
  const item = [...container.querySelectorAll('button')].find(({ textContent }) => textContent === '메시지 지우기')
  fireEvent.click(item!)
  return container
}

test('staff who removes what somebody else wrote gives a reason first', async () => {
  const container = open({ me: 'mod', author: 'bom' })
  await expect.poll(() => container.querySelector('dialog textarea')).not.toBeNull()
  const form = container.querySelector('dialog form')!
  fireEvent.submit(form)
  expect(form.textContent).toContain('적어 주세요.')
  expect(removals).toEqual([])
  fireEvent.input(form.querySelector('textarea')!, { target: { value: '욕설이에요' } })
  fireEvent.submit(form)
  await expect
    .poll(() => removals)
    .toEqual([{ path: '/api/auctions/auc_1/messages/msg_1', body: { reason: '욕설이에요' } }])
  await expect.poll(() => container.querySelector('dialog')).toBeNull()
})

test.each([
  ['their own words', { me: 'mod', author: 'mod' }],
  ['a word in their own auction', { me: 'gyul', author: 'bom' }],
])('staff who removes %s is asked for none', async (_, who) => {
  const container = open(who)
  await expect.poll(() => removals).toMatchObject([{ body: {} }])
  expect(container.querySelector('dialog')).toBeNull()
})
