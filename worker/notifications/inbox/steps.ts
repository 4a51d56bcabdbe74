import { Alarms } from '../../kernel/alarms.ts'
import type { Steps } from '../../kernel/sql.ts'

/** The tables of one Inbox. The first three are older than the steps. */
export const steps: Steps = [
  [
    'create table if not exists ticket (nonce text primary key, until integer not null)',
    `create table if not exists room (room text not null, login text not null, redeemed_at integer not null,
       until integer not null, primary key (room, login))`,
    `create table if not exists closing (account text not null, room text not null, login text not null,
       code integer not null)`,
    'create table saved (name text primary key, value text not null)',
    'create table fact (seq integer primary key, value text not null, at integer not null)',
    'create table told (id text primary key, at integer not null)',
    `create table notification (id text primary key, place integer not null unique, kind text not null,
       target text not null, hides text not null, data text not null, times integer not null, read integer not null,
       expires_at integer, at integer not null)`,
    'create index notification_fold on notification (target, kind, read)',
    `create table actor (notification text not null, account text not null, place integer not null,
       primary key (notification, account))`,
    'create table hidden (account text not null, how text not null, primary key (account, how))',
    `create table standing (room text primary key, place integer not null, folder text, pinned integer not null,
       at integer not null, unread integer not null, value text)`,
    'create table room_person (room text not null, account text not null, primary key (room, account))',
    'create index standing_list on standing (folder, pinned, at, room)',
    `create table errand (id text primary key, kind text not null, value text not null, tries integer not null,
       due integer not null, until integer not null)`,
    Alarms.table,
  ],
]
