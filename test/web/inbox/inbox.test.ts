import { describe, expect, test } from 'vitest'
import { ApiProblem } from '../../../web/api/problem.ts'
import { fakeBrowser, fakeInbox, messageOf, room, rowOf, until } from './fake-inbox.ts'

const textsOf = (open: { state: { outgoing: { text: string | null }[] } }) =>
  open.state.outgoing.map(({ text }) => text)

/** What a tab has been told of messages, in the order in which it was. */
function hearing(tab: ReturnType<ReturnType<typeof fakeBrowser>['tab']>) {
  const texts: (string | null)[] = []
  let resets = 0
  tab.listen({
    onFact: (fact) => fact.type === 'message-posted' && texts.push(fact.message.text),
    onReset: () => (resets += 1),
  })
  return { texts, resets: () => resets }
}

describe('following', () => {
  test('begins with a snapshot and goes on with facts, in order and without doubles', async () => {
    const inbox = await fakeInbox()
    inbox.post('처음')
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    expect(inbox.protocols).toEqual([['hallabong.v1', 'ticket.t1']])
    expect(tab.state.unread).toEqual({ rooms: 1, messages: 1, notifications: 0, requests: 0 })
    const heard = hearing(tab)
    const fact = inbox.write('둘')
    inbox.tellAll(fact)
    inbox.tellAll({ type: 'batch', first: 2, last: 3, frames: [fact, inbox.write('셋')] })
    await until(() => heard.texts.length >= 2)
    expect(heard.texts).toEqual(['둘', '셋'])
    expect(tab.state.rooms[room]).toMatchObject({ lastSeq: 3, unread: 3, last: { text: '셋' } })
    expect(tab.state.unread).toEqual(inbox.unread())
  })

  test('notices a gap and has it filled', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    const heard = hearing(tab)
    inbox.write('하나')
    inbox.post('둘')
    await until(() => heard.texts.length >= 2)
    expect(heard.texts).toEqual(['하나', '둘'])
    expect(inbox.heardOf('hello')).toEqual([{ type: 'hello' }, { type: 'hello', epoch: 'e1', seq: 0 }])
  })

  test('resumes after a cut where it was, and tells what it has seen', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    const heard = hearing(tab)
    inbox.post('하나')
    await until(() => inbox.heardOf('seen').length === 1)
    inbox.cut()
    inbox.write('둘')
    await until(() => heard.texts.length === 2)
    expect(inbox.heardOf('hello').at(-1)).toEqual({ type: 'hello', epoch: 'e1', seq: 1 })
    expect(heard).toMatchObject({ texts: ['하나', '둘'] })
    expect(heard.resets()).toBe(0)
  })

  test('begins anew from a snapshot, and says that facts may be missing', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    const heard = hearing(tab)
    inbox.forgetFacts()
    inbox.cut()
    inbox.write('사이')
    await until(() => heard.resets() === 1)
    expect(tab.state.rooms[room]?.last?.text).toBe('사이')
    expect(tab.state.unread).toEqual(inbox.unread())
  })

  test('renews its authority before it ends', async () => {
    const inbox = await fakeInbox()
    inbox.authority(20)
    const tab = fakeBrowser(inbox).tab()
    await until(() => inbox.heardOf('renew').length === 1)
    expect(inbox.protocols.length).toBe(1)
    expect(tab.state.connection).toBe('live')
  })

  test('stops for a suspended account and for one without ticket', async () => {
    const inbox = await fakeInbox()
    const suspended = fakeBrowser(inbox).tab()
    await until(() => suspended.state.connection === 'live')
    inbox.close(4403)
    await until(() => suspended.state.connection === 'stopped')
    const refused = fakeBrowser(inbox).tab({ rest: { ticket: () => Promise.resolve(null) } })
    await until(() => refused.state.connection === 'stopped')
    expect(inbox.protocols.length).toBe(1)
  })

  test('pushed out by other devices, it comes back when it is looked at', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    inbox.close(4409)
    await until(() => tab.state.connection === 'stopped')
    tab.see(true)
    await until(() => tab.state.connection === 'live')
    expect(inbox.protocols.length).toBe(2)
  })

  test('keeps rooms as they are known: a list that was asked for earlier does not undo what came live', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    const before = tab.mark()
    inbox.post('새로')
    await until(() => tab.state.rooms[room]?.unread === 1)
    tab.learn([rowOf(room, { last: messageOf(0, '옛') }), rowOf('room_old')], before)
    expect(tab.state.rooms[room]?.last?.text).toBe('새로')
    expect(tab.state.rooms['room_old']).toBeDefined()
    inbox.told({ type: 'room-removed', room, cause: 'removed', unread: inbox.unread() } as never)
    await until(() => tab.state.rooms[room] === undefined)
  })

  test('shows who is typing until their message is there', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    inbox.tellAll({ type: 'typing', room, who: { handle: 'gyul', name: '귤' } })
    await until(() => tab.state.typing[room]?.length === 1)
    inbox.post('다 썼어요')
    await until(() => tab.state.typing[room]?.length === 0)
    expect(tab.state.rooms[room]?.last?.text).toBe('다 썼어요')
  })
})

describe('several tabs', () => {
  test('share one socket and stay equal', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const [first, second] = [browser.tab(), browser.tab()]
    await until(() => first.state.connection === 'live' && second.state.unread !== null)
    const heard = [hearing(first), hearing(second)]
    inbox.post('하나')
    inbox.post('둘')
    await until(() => heard.every(({ texts }) => texts.length === 2))
    expect(inbox.protocols.length).toBe(1)
    expect(second.state.unread).toEqual(first.state.unread)
    expect(second.state.rooms).toEqual(first.state.rooms)
    inbox.read(room, 2)
    await until(() => second.state.unread?.messages === 0)
    expect(first.state.unread).toEqual(second.state.unread)
  })

  test('when the leader closes another one goes on without a gap and without a snapshot', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const [first, second] = [browser.tab(), browser.tab()]
    await until(() => first.state.connection === 'live' && second.state.unread !== null)
    const heard = hearing(second)
    inbox.post('하나')
    await until(() => heard.texts.length === 1)
    first.close()
    inbox.write('둘')
    await until(() => heard.texts.length === 2)
    expect(inbox.heardOf('hello').at(-1)).toEqual({ type: 'hello', epoch: 'e1', seq: 1 })
    expect(heard.resets()).toBe(0)
    expect(second.isLeading()).toBe(true)
  })

  test('a leader that goes to sleep hands over, and follows when it is back', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const [first, second] = [browser.tab(), browser.tab()]
    await until(() => first.state.connection === 'live' && second.state.unread !== null)
    first.page.document.dispatchEvent(new Event('freeze'))
    await until(() => second.isLeading() && second.state.connection === 'live')
    inbox.post('자는 동안')
    await until(() => second.state.unread?.messages === 1)
    first.page.document.dispatchEvent(new Event('resume'))
    inbox.post('깨어난 뒤')
    await until(() => first.state.unread?.messages === 2)
    expect(first.isLeading()).toBe(false)
    expect(inbox.sockets.size).toBe(1)
  })

  test('a leader that froze without a word loses the lead to a tab that is looked at', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const first = browser.tab()
    const second = browser.tab()
    await until(() => first.state.connection === 'live' && second.state.unread !== null)
    first.freezeUnseen()
    second.see(true)
    await until(() => inbox.heardOf('hello').length === 2)
    expect(first.isLeading()).toBe(false)
    expect(inbox.heardOf('hello').at(-1)).toEqual({ type: 'hello', epoch: 'e1', seq: 0 })
  })

  test('a leader long out of sight gives way to a visible tab, and one that is seen does not', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const first = browser.tab({ times: { hiddenMs: 0 } })
    const second = browser.tab({ times: { hiddenMs: 1 } })
    await until(() => first.state.connection === 'live' && second.state.unread !== null)
    second.see(true)
    inbox.post('그대로')
    await until(() => second.state.unread?.messages === 1)
    expect(first.isLeading()).toBe(true)
    first.see(false)
    await until(() => {
      second.see(true)
      return second.isLeading()
    })
    await until(() => inbox.sockets.size === 1 && second.state.connection === 'live')
  })

  test('without locks each has its own line', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const tabs = [browser.tab({ locks: null }), browser.tab({ locks: null })]
    await until(() => tabs.every(({ state }) => state.connection === 'live'))
    inbox.post('모두에게')
    await until(() => tabs.every(({ state }) => state.unread?.messages === 1))
    expect(inbox.sockets.size).toBe(2)
  })

  test('one that follows asks by the leader’s socket', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const first = browser.tab()
    const second = browser.tab()
    await until(() => first.state.connection === 'live' && second.state.connection === 'live')
    inbox.post('고칠 것')
    await second.edit(room, 'msg_1', '고친 것')
    expect(inbox.heardOf('edit-message')).toMatchObject([{ room, message: 'msg_1', text: '고친 것' }])
    second.markRead(room, 1)
    await until(() => first.state.unread?.messages === 0 && second.state.unread?.messages === 0)
  })
})

describe('own messages', () => {
  test('are shown at once, sent in order, and gone from the waiting when they have their place', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    for (const text of ['하나', '둘', '셋']) tab.send(room, { text })
    expect(textsOf(tab)).toEqual(['하나', '둘', '셋'])
    await until(() => tab.state.outgoing.length === 0)
    expect(inbox.texts()).toEqual(['하나', '둘', '셋'])
  })

  test('whose answer does not come are asked about by REST under the same key, and stand in the room once', async () => {
    const inbox = await fakeInbox()
    const keys: string[] = []
    const tab = fakeBrowser(inbox).tab({
      rest: {
        send: (id, content, key) => {
          keys.push(key)
          return Promise.resolve(inbox.take(id, key, 'text' in content ? content.text : ''))
        },
      },
    })
    await until(() => tab.state.connection === 'live')
    inbox.silence(true)
    const key = tab.send(room, { text: '들리세요?' })
    await until(() => tab.state.outgoing.length === 0)
    expect(inbox.heardOf('send-message').map((frame) => frame.key)).toEqual([key])
    expect(keys).toEqual([key])
    expect(inbox.texts()).toEqual(['들리세요?'])
  })

  test('written without a network arrive once when it is back', async () => {
    const inbox = await fakeInbox()
    let isReachable = false
    const tab = fakeBrowser(inbox).tab({
      rest: {
        ticket: () => (isReachable ? Promise.resolve('t1') : Promise.reject(new ApiProblem('offline'))),
        send: (id, content, key) =>
          isReachable
            ? Promise.resolve(inbox.take(id, key, 'text' in content ? content.text : ''))
            : Promise.reject(new ApiProblem('offline')),
      },
    })
    tab.send(room, { text: '지하철이에요' })
    tab.send(room, { text: '곧 도착해요' })
    expect(tab.state.outgoing.map(({ failed }) => failed)).toEqual([null, null])
    isReachable = true
    tab.page.window.dispatchEvent(new Event('online'))
    await until(() => tab.state.outgoing.length === 0)
    expect(inbox.texts()).toEqual(['지하철이에요', '곧 도착해요'])
  })

  test('survive a reload under their keys', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const before = browser.tab({ rest: { ticket: () => Promise.reject(new ApiProblem('offline')) } })
    const key = before.send(room, { text: '남아 있어요' })
    before.close()
    expect(browser.stored.size).toBe(1)
    const after = browser.tab()
    expect(textsOf(after)).toEqual(['남아 있어요'])
    await until(() => after.state.outgoing.length === 0)
    expect([...inbox.known.keys()]).toEqual([key])
    expect(browser.stored.size).toBe(0)
  })

  test('whose answer got lost with the page are not doubled by the next', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const before = browser.tab()
    await until(() => before.state.connection === 'live')
    inbox.silence(true)
    const key = before.send(room, { text: '한 번만' })
    await until(() => inbox.heardOf('send-message').length === 1)
    // It has arrived; only nobody has heard so.
    inbox.take(room, key, '한 번만')
    before.close()
    inbox.silence(false)
    const after = browser.tab()
    await until(() => after.state.connection === 'live' && after.state.outgoing.length === 0)
    expect(inbox.texts()).toEqual(['한 번만'])
  })

  test('of a tab that follows are sent by the leader, and settled in both', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const [first, second] = [browser.tab(), browser.tab()]
    await until(() => first.state.connection === 'live' && second.state.connection === 'live')
    const sent: (string | null)[] = []
    second.listen({ onSent: ({ text }) => sent.push(text) })
    second.send(room, { text: '옆 탭에서' })
    await until(() => second.state.outgoing.length === 0 && first.state.outgoing.length === 0)
    expect(sent).toEqual(['옆 탭에서'])
    expect(inbox.texts()).toEqual(['옆 탭에서'])
    expect(inbox.protocols.length).toBe(1)
  })

  test('go on with the next leader when the sending one closes', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const [first, second] = [browser.tab(), browser.tab()]
    await until(() => first.state.connection === 'live' && second.state.connection === 'live')
    inbox.silence(true)
    second.send(room, { text: '이어서' })
    await until(() => inbox.heardOf('send-message').length === 1)
    first.close()
    inbox.silence(false)
    await until(() => second.state.outgoing.length === 0)
    expect(inbox.texts()).toEqual(['이어서'])
    expect(new Set(inbox.heardOf('send-message').map(({ key }) => key)).size).toBe(1)
  })

  test('that are refused say why, stay, and can be sent again or given up', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const tab = browser.tab()
    await until(() => tab.state.connection === 'live')
    inbox.refuse('cannot-message')
    const key = tab.send(room, { text: '저기요' })
    await until(() => tab.state.outgoing[0]?.failed === 'cannot-message')
    expect(browser.stored.size).toBe(1)
    tab.send(room, { text: '하나 더' })
    await until(() => tab.state.outgoing[1]?.failed === 'cannot-message')
    inbox.refuse(null)
    tab.retry(key)
    await until(() => tab.state.outgoing.length === 1)
    expect(inbox.texts()).toEqual(['저기요'])
    expect([...inbox.known.keys()]).not.toContain(key)
    tab.discard(tab.state.outgoing[0]!.key)
    expect(tab.state.outgoing.length).toBe(0)
    expect(browser.stored.size).toBe(0)
  })

  test('that waited longer than their key is good are left to their author', async () => {
    const inbox = await fakeInbox()
    const browser = fakeBrowser(inbox)
    const before = browser.tab({ rest: { ticket: () => Promise.reject(new ApiProblem('offline')) } })
    const key = before.send(room, { text: '어제 일' })
    before.close()
    const [[name, kept]] = [...browser.stored.entries()] as [[string, string]]
    browser.stored.set(name, JSON.stringify({ ...JSON.parse(kept), writtenAt: Date.now() - 24 * 3_600_000 }))
    const after = browser.tab()
    await until(() => after.state.connection === 'live')
    expect(after.state.outgoing).toMatchObject([{ key, failed: 'timeout' }])
    expect(inbox.heardOf('send-message')).toEqual([])
  })
})

describe('read marks', () => {
  test('only go forward, and only the furthest is asked', async () => {
    const inbox = await fakeInbox()
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    for (const text of ['하나', '둘', '셋']) inbox.post(text)
    await until(() => tab.state.unread?.messages === 3)
    for (const seq of [1, 2, 3, 2]) tab.markRead(room, seq)
    await until(() => tab.state.unread?.messages === 0)
    tab.markRead(room, 3)
    expect(inbox.heardOf('mark-read').map(({ roomSeq }) => roomSeq)).toEqual([1, 3])
  })

  test('that nobody has answered are told once more as the page goes, by a call that outlives it', async () => {
    const inbox = await fakeInbox()
    const asked: unknown[][] = []
    inbox.rest.markRead = (...call) => Promise.resolve(asked.push(call))
    const tab = fakeBrowser(inbox).tab()
    await until(() => tab.state.connection === 'live')
    for (const text of ['하나', '둘']) inbox.post(text)
    await until(() => tab.state.unread?.messages === 2)
    tab.markRead(room, 1)
    await until(() => tab.state.unread?.messages === 1)
    inbox.silence(true)
    tab.markRead(room, 2)
    tab.page.window.dispatchEvent(new Event('pagehide'))
    expect(asked).toEqual([[room, 2, true]])
  })
})
