import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { MessageView } from '../../../worker/contract/chat.ts'
import type { InboxFact } from '../../../worker/contract/inbox.ts'
import type { Inbox, InboxListener } from '../../../web/api/inbox.ts'
import { nothingYet } from '../../../web/api/inbox/state.ts'
import { createConversation } from '../../../web/features/chat/conversation/conversation.ts'
import type { RoomData } from '../../../web/features/chat/queries.ts'
import { messageOf, room, rowOf } from '../inbox/fake-inbox.ts'

let inbox: InboxListener

vi.mock('../../../web/api/inbox.ts', () => ({
  useInbox: (): Pick<Inbox, 'open' | 'state' | 'listen'> => ({
    open: () => null,
    state: nothingYet,
    listen: (listener) => void (inbox = listener),
  }),
}))

let asked: { path: string; answer: (body: unknown) => void }[]

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', (input: string) => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    asked.push({ path: input, answer: (body) => resolve(new Response(JSON.stringify(body))) })
    return promise
  })
})
afterEach(() => vi.unstubAllGlobals())

/** A room on the screen whose first three messages are known. */
function open() {
  const view = { ...rowOf(room), fromSeq: 1, people: [] } as unknown as RoomData['view']
  const messages = [1, 2, 3].map((seq) => messageOf(seq, `${seq}`))
  return createRoot((end) => {
    onTestFinished(end)
    return createConversation({ view, messages, hasOlder: false })
  })
}

/** The next question of this kind, once it has been asked. */
async function next(path: RegExp) {
  const isIt = (one: { path: string }) => path.test(one.path)
  await expect.poll(() => asked.some(isIt)).toBe(true)
  const [found] = asked.splice(asked.findIndex(isIt), 1)
  return found!
}

const posted = (message: MessageView) => ({ type: 'message-posted', room, message }) as unknown as InboxFact
const renamed = { type: 'room-changed', room } as unknown as InboxFact

test('what was edited during an outage is asked for also when the end is just being filled', async () => {
  const conversation = open()
  inbox.onFact?.(posted(messageOf(5, '5')))
  const end = await next(/after=3/)
  inbox.onReset?.()
  // Asked for as well, and not so far back.
  inbox.onFact?.(posted(messageOf(6, '6')))
  end.answer({ items: [messageOf(4, '4'), messageOf(5, '5'), messageOf(6, '6')], more: false })
  const all = await next(/after=/)
  expect(all.path).toContain('after=0')
  all.answer({ items: [messageOf(1, '고침', { editedAt: messageOf(9, '').at })], more: false })
  await expect.poll(() => conversation.messages().map(({ text }) => text)).toEqual(['고침', '2', '3', '4', '5', '6'])
})

test('what is missing at the end is asked for from where the end is by then', async () => {
  open()
  inbox.onFact?.(posted(messageOf(5, '5')))
  const end = await next(/after=3/)
  inbox.onFact?.(posted(messageOf(7, '7')))
  end.answer({ items: [messageOf(4, '4'), messageOf(5, '5')], more: false })
  expect((await next(/after=/)).path).toContain('after=5')
})

test('an older word of the room that comes later changes nothing', async () => {
  const conversation = open()
  inbox.onFact?.(renamed)
  const slow = await next(/rooms\/room_one$/)
  inbox.onFact?.(renamed)
  const quick = await next(/rooms\/room_one$/)
  quick.answer({ ...conversation.view(), name: '새 이름' })
  await expect.poll(() => conversation.view().name).toBe('새 이름')
  slow.answer({ ...conversation.view(), name: '옛 이름' })
  // Whatever the slow answer does is done before a later one of the same kind is taken.
  inbox.onFact?.(posted(messageOf(5, '5')))
  ;(await next(/after=3/)).answer({ items: [messageOf(4, '4')], more: false })
  await expect.poll(() => conversation.messages().length).toBe(4)
  expect(conversation.view().name).toBe('새 이름')
})

test('what was chosen here outlasts a word of the room that was asked for before', async () => {
  const conversation = open()
  inbox.onFact?.(renamed)
  const before = await next(/rooms\/room_one$/)
  const old = conversation.view()
  conversation.setView({ ...old, settings: { ...old.settings, pinned: true } })
  before.answer({ ...old, name: '새 이름' })
  // It is asked for anew, since it may have said something else, too.
  const after = await next(/rooms\/room_one$/)
  expect(conversation.view().settings.pinned).toBe(true)
  after.answer({ ...conversation.view(), name: '새 이름' })
  await expect.poll(() => conversation.view().name).toBe('새 이름')
  expect(conversation.view().settings.pinned).toBe(true)
})
