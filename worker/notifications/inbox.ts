import { DurableObject } from 'cloudflare:workers'
import type { MemberStanding } from '../chat/api.ts'
import type { AccountId, DeviceId, LoginId, NotificationId, RoomId } from '../contract/ids.ts'
import type { TypingFrame } from '../contract/inbox.ts'
import type { NotificationPreferences, ReadNotifications, Unread } from '../contract/notifications.ts'
import { instant } from '../contract/time.ts'
import type { ObjectClock } from '../kernel/alarms.ts'
import { now } from '../kernel/clock.ts'
import { describeError, log } from '../kernel/log.ts'
import { closeQuietly } from '../kernel/sockets.ts'
import { Sql } from '../kernel/sql.ts'
import { personNames } from '../profiles/api.ts'
import type {
  InboxRpc,
  KeptNotification,
  Notice,
  NotificationsQuestion,
  RoomDelivery,
  RoomsQuestion,
} from './commands.ts'
import { openSocket } from './inbox/doorway.ts'
import { Endings } from './inbox/endings.ts'
import { hear } from './inbox/frames.ts'
import type { Closing, Holder } from './inbox/holders.ts'
import { LiveInbox } from './inbox/live-inbox.ts'
import { expire, read, remove, takeNotices } from './inbox/noticing.ts'
import { receive } from './inbox/rooms.ts'
import type { Device } from './push/devices.ts'
import { preferencesAtFirst } from './rules.ts'

const nothing: Unread = { rooms: 0, messages: 0, notifications: 0, requests: 0 }

/**
 * One per account: its live sockets, what it was told, how its rooms stand. It sees to it that a ticket opens one socket only, and
 * knows which rooms hold sockets of the account, so that an ended sign-in or a suspension reaches them at once. Tables come with the
 * first thing to keep; asking an empty one makes none, and where nothing is left to know it deletes itself.
 */
export class Inbox extends DurableObject<Env> implements InboxRpc {
  protected readonly clock: ObjectClock = {
    now: () => instant(now() + this.clockShiftMs()),
    shiftMs: () => this.clockShiftMs(),
  }
  /** Null as long as there is nothing to keep. */
  protected inbox: LiveInbox | null = null
  private readonly endings = new Endings()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    const isOpen =
      new Sql(ctx.storage).rows("select 1 from sqlite_master where name in ('version', 'ticket')").length > 0
    if (isOpen) this.open()
  }

  /** How far this object's clock stands from the machine's. */
  protected clockShiftMs(): number {
    return 0
  }

  private open(): LiveInbox {
    if (this.inbox) return this.inbox
    this.inbox = new LiveInbox({ ctx: this.ctx, env: this.env, clock: this.clock })
    this.inbox.wake()
    return this.inbox
  }

  async redeem(nonce: string, login: LoginId, holder: Holder, at: number): Promise<boolean> {
    const inbox = this.open()
    const isFirst = inbox.holders.redeem(nonce, login, holder, at)
    inbox.after()
    return isFirst
  }

  /** Closes the sockets of these sign-ins, or of all, everywhere. Rooms that fail are asked once more. */
  async closeSockets(account: AccountId, logins: LoginId[] | 'all', code: number, at: number): Promise<void> {
    const { inbox } = this
    if (!inbox) return
    this.endings.end(logins, code)
    // Sign-ins that have ended are told nothing more; a suspended account keeps its devices, to be told why.
    if (logins !== 'all') inbox.devices.dropLogins(logins)
    const held = inbox.holders.close(account, logins, code, at)
    inbox.after()
    await Promise.all(held.map((one) => this.close(one)))
  }

  private async close({ account, room, login, code }: Closing): Promise<void> {
    if (room === 'inbox') return this.closeOwn(login, code)
    const namespace = this.env.AUCTION_ROOM
    for (const attempt of [1, 2]) {
      try {
        await namespace.get(namespace.idFromName(room)).closeSockets(account, login, code)
        return
      } catch (error) {
        log('warn', 'sockets-not-closed', { account, login, auction: room, attempt, ...describeError(error) })
      }
    }
  }

  private closeOwn(login: LoginId, code: number): void {
    const listeners = this.inbox?.listeners
    for (const session of listeners?.all() ?? [])
      if (session.who.login === login) listeners?.close(session, code, 'closed')
    this.inbox?.attended()
  }

  async notify(account: AccountId, notices: Notice[]): Promise<void> {
    await takeNotices(this.open(), account, notices)
  }

  async receive(delivery: RoomDelivery): Promise<void> {
    await receive(this.open(), delivery)
  }

  async typing(room: RoomId, who: { handle: string; name: string }): Promise<void> {
    const frame: TypingFrame = { type: 'typing', room, who }
    const listeners = this.inbox?.listeners
    for (const session of listeners?.all() ?? []) if (session.isListening) listeners?.send(session, frame)
  }

  async accountChanged(account: AccountId, what: 'profile' | 'role' | 'limits'): Promise<void> {
    const { inbox } = this
    if (!inbox) return
    if (what === 'profile' && inbox.listeners.size > 0) {
      const name = (await personNames(inbox.db, [account])).get(account)
      for (const session of inbox.listeners.all()) if (name) session.rename(name.handle, name.name)
    }
    inbox.change((say) => say({ type: 'account-changed', what }))
  }

  async hiddenChanged(account: AccountId): Promise<void> {
    await this.inbox?.learnHidden(account)
  }

  async rooms(question: RoomsQuestion): Promise<MemberStanding[]> {
    return this.inbox?.standings.list(question) ?? []
  }

  async unread(account: AccountId): Promise<Unread> {
    if (!this.inbox) return nothing
    await this.inbox.learnHidden(account)
    return this.inbox.unread()
  }

  async notifications(account: AccountId, question: NotificationsQuestion): Promise<KeptNotification[]> {
    const { inbox } = this
    if (!inbox) return []
    await inbox.learnHidden(account)
    expire(inbox)
    return inbox.notifications.list(question.before, question.limit, question.unread)
  }

  async readNotifications(which: ReadNotifications): Promise<void> {
    if (this.inbox) read(this.inbox, which)
  }

  async removeNotifications(id: NotificationId | 'all'): Promise<void> {
    if (this.inbox) remove(this.inbox, id)
  }

  async preferences(): Promise<NotificationPreferences> {
    return this.inbox?.preferences ?? preferencesAtFirst
  }

  async setPreferences(preferences: NotificationPreferences): Promise<void> {
    this.open().preferences = preferences
  }

  async devices(): Promise<Device[]> {
    return this.inbox?.devices.all() ?? []
  }

  async addDevice(_account: AccountId, device: Device): Promise<void> {
    this.open().devices.add(device)
  }

  async removeDevice(id: DeviceId): Promise<boolean> {
    return this.inbox?.devices.remove(id) ?? false
  }

  /** Upgrades only; the edge has looked at the origin, and made out from the ticket whose Inbox it is. */
  override async fetch(request: Request): Promise<Response> {
    return openSocket(this.ctx, this.open(), this.endings, request)
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const { inbox } = this
    const session = inbox?.listeners.find(socket)
    if (inbox && session) await hear({ inbox, endings: this.endings }, session, message)
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    closeQuietly(socket, code, reason)
    this.inbox?.listeners.remove(socket)
    this.inbox?.attended()
  }

  override webSocketError(socket: WebSocket): void {
    this.webSocketClose(socket, 1011, '')
  }

  override async alarm(): Promise<void> {
    const { inbox } = this
    if (!inbox) return
    await inbox.ring(async () => {
      await Promise.all(inbox.holders.takeLate().map((one) => this.close(one)))
    })
    if (!inbox.isBare()) return
    this.inbox = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }
}
