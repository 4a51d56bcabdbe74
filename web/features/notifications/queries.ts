import type {
  AddPushDevice,
  NotificationPreferences,
  NotificationView,
  PushDevices,
  ReadNotifications,
} from '../../../worker/contract/notifications.ts'
import { answer, type Call } from '../../api/call.ts'
import { session } from '../../api/session.ts'

export interface NotificationsData {
  items: NotificationView[]
  nextCursor: string | null
}

export async function loadNotifications(call: Call, isUnread: boolean, cursor?: string): Promise<NotificationsData> {
  const query = new URLSearchParams({ ...(isUnread ? { unread: 'true' } : {}), ...(cursor ? { cursor } : {}) })
  return (await answer(call.fetch(`${call.origin}/api/notifications?${query}`))) as NotificationsData
}

export async function markRead(which: ReadNotifications): Promise<void> {
  await send('POST', 'read', which)
}

export async function removeNotification(id: string): Promise<void> {
  await send('DELETE', id)
}

export async function clearNotifications(): Promise<void> {
  await send('DELETE', '')
}

export interface TellingData {
  preferences: NotificationPreferences
  devices: PushDevices
}

export async function loadTelling(): Promise<TellingData> {
  const [preferences, devices] = await Promise.all([
    send('GET', 'preferences') as Promise<NotificationPreferences>,
    loadDevices(),
  ])
  return { preferences, devices }
}

export async function savePreferences(preferences: NotificationPreferences): Promise<NotificationPreferences> {
  return (await send('PUT', 'preferences', preferences)) as NotificationPreferences
}

export async function loadDevices(): Promise<PushDevices> {
  return (await send('GET', 'devices')) as PushDevices
}

export async function addDevice(device: AddPushDevice): Promise<void> {
  await send('POST', 'devices', device)
}

export async function removeDevice(id: string): Promise<void> {
  await send('DELETE', `devices/${id}`)
}

function send(method: string, path: string, body?: object): Promise<unknown> {
  return answer(
    session.call.fetch(`/api/notifications${path && `/${path}`}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    }),
  )
}
