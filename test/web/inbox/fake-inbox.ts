import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo } from 'node:net'
import type * as Sockets from 'ws'
import { onTestFinished, vi } from 'vitest'
import type { MessageView, RoomRow } from '../../../worker/contract/chat.ts'
import type {
  InboxClientFrame,
  InboxFact,
  InboxServerFrame,
  MessagePostedFact,
} from '../../../worker/contract/inbox.ts'
import type { Unread } from '../../../worker/contract/notifications.ts'
import { iso } from '../../../worker/contract/time.ts'
import { type Channel, type InboxRest, type InboxTimes, openInbox } from '../../../web/api/inbox/inbox.ts'
import { ApiProblem } from '../../../web/api/problem.ts'

// Tests of the browser's side resolve packages as a browser would, where `ws` refuses to work: so it is named by its file.
const ws = createRequire(import.meta.url)('../../../node_modules/ws/index.js') as typeof Sockets

/** Facts before their number is known. */
type Untold<F> = F extends InboxFact ? Omit<F, 'seq'> : never

export const room = 'room_one'
const nobody: Unread = { rooms: 0, messages: 0, notifications: 0, requests: 0 }

export function rowOf(id: string, differs: Partial<RoomRow> = {}): RoomRow {
  return {
    id,
    kind: 'direct',
    folder: 'inbox',
    name: null,
    picture: null,
    members: [],
    membersCount: 2,
    last: null,
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    settings: { muted: false, archived: false, pinned: false },
    deal: null,
    at: iso(1_000),
    ...differs,
  }
}

export function messageOf(seq: number, text: string, differs: Partial<MessageView> = {}): MessageView {
  return {
    id: `msg_${differs.room ?? room}_${seq}`,
    room,
    seq,
    author: { handle: 'gyul', name: '귤' },
    notice: null,
    text,
    images: [],
    hints: [],
    editedAt: null,
    deleted: false,
    at: iso(1_000 + seq),
    ...differs,
  }
}

/**
 * One account's inbox as browsers see it: a real WebSocket server that keeps its facts, resumes, and takes messages once per key.
 * Rooms, unread totals and the REST twins answer from the same state.
 */
export async function fakeInbox() {
  const server = new ws.WebSocketServer({ port: 0, handleProtocols: () => 'hallabong.v1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const heard: InboxClientFrame[] = []
  const protocols: string[][] = []
  const facts: InboxFact[] = []
  const rooms = new Map<string, RoomRow>([[room, rowOf(room)]])
  const known = new Map<string, MessageView>()
  const sockets = new Set<Sockets.WebSocket>()
  let unread = nobody
  let epoch = 'e1'
  let isAnswering = true
  let refusal: string | null = null
  let authorityMs = 60_000

  server.on('connection', (opened, request) => {
    sockets.add(opened)
    protocols.push((request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim()))
    opened.on('close', () => sockets.delete(opened))
    opened.on('message', (data) => {
      const text = String(data)
      if (text === 'ping') return opened.send('pong')
      const frame = JSON.parse(text) as InboxClientFrame
      heard.push(frame)
      if (frame.type === 'hello') greet(opened, frame)
      else if (isAnswering) answer(opened, frame)
    })
  })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })

  const tell = (to: Sockets.WebSocket, frame: InboxServerFrame) => to.send(JSON.stringify(frame))
  const tellAll = (frame: InboxServerFrame) => {
    for (const one of sockets) tell(one, frame)
  }

  function greet(to: Sockets.WebSocket, { epoch: theirs, seq }: InboxClientFrame & { type: 'hello' }): void {
    const resumed = theirs === epoch && seq !== undefined
    const serverAt = iso(Date.now())
    const authUntil = iso(Date.now() + 60_000 + authorityMs)
    const about = { protocol: 'hallabong.v1', epoch, seq: facts.length, serverAt, authUntil } as const
    tell(to, { type: 'welcome', resumed, heartbeatSeconds: 25, ...about })
    if (resumed) for (const fact of facts.slice(seq)) tell(to, fact)
    else tell(to, { type: 'snapshot', epoch, seq: facts.length, rooms: [...rooms.values()], unread })
  }

  function answer(to: Sockets.WebSocket, frame: InboxClientFrame): void {
    if (frame.type === 'send-message') {
      const { ref, key, room: id, text = '' } = frame
      if (refusal !== null) return tell(to, { type: 'problem', ref, code: refusal })
      const message = take(id, key, text)
      tell(to, { type: 'message-sent', ref, room: id, roomSeq: message.seq, message })
    } else if (frame.type === 'renew') {
      tell(to, { type: 'done', ref: frame.ref, authUntil: iso(Date.now() + 3_600_000) })
    } else if (frame.type === 'mark-read') {
      read(frame.room, frame.roomSeq)
      tell(to, { type: 'done', ref: frame.ref })
    } else if (frame.type === 'edit-message' || frame.type === 'delete-message') {
      tell(to, { type: 'done', ref: frame.ref })
    }
  }

  /** Once per key, whichever way it comes. */
  function take(id: string, key: string, text: string): MessageView {
    const before = known.get(key)
    if (before) return before
    const message = post(text, { author: { handle: 'me', name: '나' } }, id)
    known.set(key, message)
    return message
  }

  function keep(fact: Untold<InboxFact>): InboxFact {
    const numbered = { ...fact, seq: facts.length + 1 } as InboxFact
    facts.push(numbered)
    return numbered
  }

  function told(fact: Untold<InboxFact>): InboxFact {
    const numbered = keep(fact)
    tellAll(numbered)
    return numbered
  }

  /** A message of somebody's, kept and not told yet. */
  function write(text: string, differs: Partial<MessageView> = {}, id = room): MessagePostedFact {
    const row = rooms.get(id)!
    const message = messageOf(row.lastSeq + 1, text, { ...differs, room: id })
    const isOwn = message.author?.handle === 'me'
    const next = { ...row, last: message, lastSeq: message.seq, unread: row.unread + (isOwn ? 0 : 1), at: message.at }
    rooms.set(id, next)
    count()
    return keep({
      type: 'message-posted',
      room: id,
      roomSeq: message.seq,
      message,
      unread,
      roomUnread: next.unread,
    } as Untold<InboxFact>) as MessagePostedFact
  }

  function post(text: string, differs: Partial<MessageView> = {}, id = room): MessageView {
    const fact = write(text, differs, id)
    tellAll(fact)
    return fact.message
  }

  function read(id: string, roomSeq: number): void {
    const row = rooms.get(id)!
    rooms.set(id, { ...row, readSeq: roomSeq, unread: Math.max(0, row.lastSeq - roomSeq) })
    count()
    const roomUnread = rooms.get(id)!.unread
    told({ type: 'read-moved', room: id, who: null, roomSeq, roomUnread, unread } as Untold<InboxFact>)
  }

  function count(): void {
    const rows = [...rooms.values()]
    const messages = rows.reduce((sum, row) => sum + row.unread, 0)
    unread = { ...unread, rooms: rows.filter((row) => row.unread > 0).length, messages }
  }

  const away = () => Promise.reject(new ApiProblem('unavailable', { status: 503 }))
  const rest: InboxRest = {
    send: (id, content, key) => Promise.resolve(take(id, key, 'text' in content ? content.text : '')),
    edit: away,
    remove: away,
    markRead: away,
    ticket: () => Promise.resolve('t1'),
  }

  return {
    url: `ws://127.0.0.1:${port}`,
    heard,
    protocols,
    facts,
    sockets,
    known,
    rest,
    told,
    tellAll,
    write,
    post,
    take,
    read,
    unread: () => unread,
    texts: () => facts.flatMap((fact) => (fact.type === 'message-posted' ? [fact.message.text] : [])),
    heardOf: <T extends InboxClientFrame['type']>(type: T) =>
      heard.filter((frame): frame is Extract<InboxClientFrame, { type: T }> => frame.type === type),
    addRoom(id: string, differs: Partial<RoomRow> = {}) {
      rooms.set(id, rowOf(id, differs))
    },
    refuse(code: string | null) {
      refusal = code
    },
    silence(isSilent: boolean) {
      isAnswering = !isSilent
    },
    forgetFacts() {
      epoch = `${epoch}'`
    },
    authority(ms: number) {
      authorityMs = ms
    },
    close(code: number) {
      for (const one of sockets) one.close(code)
    },
    cut() {
      for (const one of sockets) one.terminate()
    },
  }
}

export type FakeInbox = Awaited<ReturnType<typeof fakeInbox>>

/** In Node an error nobody listens to is a crash; in browsers it is not, and `close` follows it anyway. */
class QuietSocket extends ws.WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols)
    this.on('error', () => {})
  }
}

const reconnectMs = { min: 5, max: 20 }

const impatient: Partial<InboxTimes> = {
  socket: { heartbeatMs: 10_000, pongWithinMs: 10_000, probeWithinMs: 10_000, reconnectMs },
  answerWithinMs: 60,
  repeatMs: reconnectMs,
  seenEveryMs: 5,
  askEveryMs: 10_000,
  hiddenMs: 60_000,
}

/** One browser with its tabs: what they share (storage, locks, channel), and what can happen to each. */
export function fakeBrowser(inbox: FakeInbox) {
  const stored = new Map<string, string>()
  const ears: { name: string; hear: (data: unknown) => void; isDeaf: () => boolean }[] = []
  const locks = fakeLocks()
  let keys = 0

  function tab(differs: { rest?: Partial<InboxRest>; times?: Partial<InboxTimes>; locks?: null } = {}) {
    const page = { window: new EventTarget(), document: new EventTarget() }
    let isVisible = true
    let isFrozen = false
    const late: (() => void)[] = []
    const open = openInbox({
      url: inbox.url,
      account: 'me',
      rest: { ...inbox.rest, ...differs.rest },
      store: () => storageOf(stored),
      locks: differs.locks === null ? null : locks,
      channel(name) {
        const own = { name, hear: (_data: unknown) => {}, isDeaf: () => isFrozen }
        ears.push(own)
        return {
          postMessage(data: unknown) {
            const copy = structuredClone(data)
            for (const other of ears)
              if (other !== own && other.name === name)
                queueMicrotask(() => (other.isDeaf() ? late.push(() => other.hear(copy)) : other.hear(copy)))
          },
          addEventListener: ((_type: string, run: (event: MessageEvent) => void) =>
            (own.hear = (data) => run({ data } as MessageEvent))) as Channel['addEventListener'],
          close: () => void ears.splice(ears.indexOf(own), 1),
        }
      },
      newKey: () => `key-${String((keys += 1)).padStart(16, '0')}`,
      WebSocket: QuietSocket as unknown as typeof WebSocket,
      isVisible: () => isVisible,
      page,
      times: { ...impatient, ...differs.times },
    })
    onTestFinished(() => open.close())
    return Object.assign(open, {
      page,
      see(visible: boolean) {
        isVisible = visible
        page.document.dispatchEvent(new Event('visibilitychange'))
      },
      /** It neither hears nor says anything, and nobody has told it: its lock stays. */
      freezeUnseen() {
        isFrozen = true
      },
    })
  }

  return { tab, stored, locks }
}

function storageOf(stored: Map<string, string>) {
  return {
    get length() {
      return stored.size
    },
    key: (index: number) => [...stored.keys()][index] ?? null,
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
  }
}

/** As browsers have them: first come, first served, and whoever steals ends the holder's request. */
function fakeLocks(): Pick<LockManager, 'request'> {
  type Wish = { run: () => unknown; resolve: (value: unknown) => void; reject: (reason: unknown) => void }
  const queues = new Map<string, Wish[]>()
  const holders = new Map<string, Wish>()

  function next(name: string): void {
    const wish = holders.has(name) ? undefined : queues.get(name)?.shift()
    if (!wish) return
    holders.set(name, wish)
    void hold(name, wish)
  }

  async function hold(name: string, wish: Wish): Promise<void> {
    wish.resolve(await wish.run())
    if (holders.get(name) === wish) holders.delete(name)
    next(name)
  }

  return {
    request: ((name: string, how: LockOptions, run: () => unknown) =>
      new Promise<unknown>((resolve, reject) => {
        const wish = { run, resolve, reject }
        const queue = queues.get(name) ?? []
        queues.set(name, queue)
        how.signal?.addEventListener('abort', () => {
          const at = queue.indexOf(wish)
          if (at < 0) return
          queue.splice(at, 1)
          reject(new DOMException('gave up', 'AbortError'))
        })
        if (!how.steal) {
          queue.push(wish)
          return queueMicrotask(() => next(name))
        }
        const holder = holders.get(name)
        holders.delete(name)
        holder?.reject(new DOMException('stolen', 'AbortError'))
        queue.unshift(wish)
        queueMicrotask(() => next(name))
      })) as LockManager['request'],
  }
}

/** Waits until it holds; a test that waits in vain fails by this. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 20_000, interval: 2 })
}
