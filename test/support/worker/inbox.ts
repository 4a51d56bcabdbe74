import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { onTestFinished } from 'vitest'
import type { AccountId } from '../../../worker/contract/ids.ts'
import { protocol } from '../../../worker/contract/live.ts'
import type { LocalInbox } from '../../../worker/local/inbox.ts'
import { inboxOf, type Notice } from '../../../worker/notifications/api.ts'
import { InboxClient } from '../inbox-client.ts'
import type { Actor } from './actors.ts'
import { fetchApp, type Request } from './app.ts'

export { InboxClient } from '../inbox-client.ts'

export interface SocketWish {
  request?: Request
  /** Instead of a fresh one; null for none. */
  ticket?: string | null
}

/** Opens somebody's own socket, without a greeting; it is closed when the test ends. */
export async function openInboxSocket(
  who: Pick<Actor, 'ticket'> | null,
  { request = {}, ticket }: SocketWish = {},
): Promise<InboxClient> {
  const shown = ticket === undefined ? ((await who?.ticket()) ?? null) : ticket
  const offered = [protocol, ...(shown === null ? [] : [`ticket.${shown}`])]
  const response = await fetchApp('GET', '/api/live', {
    ...request,
    headers: { upgrade: 'websocket', 'sec-websocket-protocol': offered.join(', '), ...request.headers },
  })
  const socket = response.webSocket
  if (!socket) throw new Error(`not upgraded: ${response.status} ${await response.text()}`)
  const client = new InboxClient(socket as unknown as WebSocket)
  socket.accept()
  onTestFinished(() => client.close())
  return client
}

/** A device of somebody that is there: opened, and greeted. With `from` it goes on where it was. */
export async function inboxSocket(
  who: Pick<Actor, 'ticket'>,
  from: { epoch?: string; seq?: number } = {},
): Promise<InboxClient> {
  const client = await openInboxSocket(who)
  await client.hello(from)
  return client
}

export function inboxStub({ account }: Pick<Actor, 'account'>) {
  return env.INBOX.get(env.INBOX.idFromName(account))
}

/** Puts the Inbox to sleep at once: memory goes, sockets stay. With `close` they go too. */
export async function evictInbox(who: Pick<Actor, 'account'>, webSockets: 'hibernate' | 'close' = 'hibernate') {
  await runInDurableObject(inboxStub(who), (inbox: LocalInbox) => inbox.dropTimers())
  await evictDurableObject(inboxStub(who), { webSockets })
}

/** Kills the object as a crash would: stored data stays, everything else is gone. */
export async function crashInbox(who: Pick<Actor, 'account'>): Promise<void> {
  const died = runInDurableObject(inboxStub(who), (_, state) => state.abort('crash'))
  await died.catch(() => {})
}

/** The Inbox's clock shows so much later from now on. */
export async function setInboxClock(who: Pick<Actor, 'account'>, offsetMs: number): Promise<void> {
  await runInDurableObject(inboxStub(who), (inbox: LocalInbox) => inbox.setClockOffset(offsetMs))
}

/** Lets the alarm ring now, as the platform would. False when none is set. */
export function ringInbox(who: Pick<Actor, 'account'>): Promise<boolean> {
  return runDurableObjectAlarm(inboxStub(who))
}

/** Whether the object has made tables: only where there is something to keep. */
export function hasTables(who: Pick<Actor, 'account'>): Promise<boolean> {
  return runInDurableObject(
    inboxStub(who),
    (_, state) => state.storage.sql.exec("select name from sqlite_master where name = 'version'").toArray().length > 0,
  )
}

let notices = 0

/** A notice of a new name, as an owner would tell it. */
export function notice(wish: Partial<Notice> = {}): Notice {
  notices += 1
  return {
    id: `notice of tests ${notices}`,
    kind: 'first-bid',
    target: `auction ${notices}`,
    actor: null,
    data: { title: '카메라', price: 12_000 },
    expiresAt: null,
    at: Date.now() as Notice['at'],
    ...wish,
  }
}

/** Tells somebody, as an owner with an outbox of its own does. */
export async function tell({ account }: { account: AccountId }, ...all: Notice[]): Promise<void> {
  await inboxOf(env, account).notify(account, all)
}
