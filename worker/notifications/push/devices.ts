import type { DeviceId, LoginId } from '../../contract/ids.ts'
import type { Language } from '../../contract/accounts.ts'
import { notifications as limits } from '../../contract/limits.ts'

export interface Device {
  id: DeviceId
  endpoint: string
  p256dh: string
  auth: string
  /** Whose sign-in it is told through; with that it ends. */
  login: LoginId
  label: string | null
  language: Language
  addedAt: number
}

/** So long it is remembered which devices have been told of something that not all could be told. */
const toldKeptMs = 24 * 3_600_000

type Row = { [K in keyof Device as K extends 'addedAt' ? 'added_at' : K]: Device[K] }

/** The devices of one account, in its Inbox. */
export class Devices {
  private readonly sql: SqlStorage

  /** The tables must exist. */
  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  static readonly tables = `
    create table if not exists push_device (id text primary key, endpoint text not null, p256dh text not null,
      auth text not null, login text not null, label text, language text not null, added_at integer not null);
    create table if not exists push_told (what text not null, device text not null, at integer not null,
      primary key (what, device));`

  all(): Device[] {
    return this.sql
      .exec<Row>('select * from push_device order by added_at desc, id')
      .toArray()
      .map(({ added_at, ...row }) => ({ ...row, addedAt: added_at }))
  }

  /** Adds it, or tells its keys and sign-in anew. Beyond the most, the oldest makes room. */
  add(device: Device): void {
    const { id, endpoint, p256dh, auth, login, label, language, addedAt } = device
    this.sql.exec(
      `insert into push_device (id, endpoint, p256dh, auth, login, label, language, added_at) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
         login = excluded.login, label = excluded.label, language = excluded.language`,
      id,
      endpoint,
      p256dh,
      auth,
      login,
      label,
      language,
      addedAt,
    )
    for (const { id: oldest } of this.all().slice(limits.devices)) this.remove(oldest)
  }

  /** Whether it was there. */
  remove(id: DeviceId): boolean {
    this.sql.exec('delete from push_told where device = ?', id)
    return this.sql.exec('delete from push_device where id = ?', id).rowsWritten > 0
  }

  /** Sign-ins that have ended leave no device behind. */
  dropLogins(logins: readonly LoginId[]): void {
    for (const { id, login } of this.all()) if (logins.includes(login)) this.remove(id)
  }

  /** Those that have not been told of `what` yet. */
  untold(what: string): Device[] {
    const told = new Set(
      this.sql
        .exec<{ device: DeviceId }>('select device from push_told where what = ?', what)
        .toArray()
        .map(({ device }) => device),
    )
    return this.all().filter(({ id }) => !told.has(id))
  }

  told(what: string, device: DeviceId, at: number): void {
    this.sql.exec('insert or replace into push_told (what, device, at) values (?, ?, ?)', what, device, at)
  }

  /** Everybody has been told, or has been given up. */
  settle(what: string, at: number): void {
    this.sql.exec('delete from push_told where what = ? or at < ?', what, at - toldKeptMs)
  }
}
