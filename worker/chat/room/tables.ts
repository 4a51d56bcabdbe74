import { Alarms } from '../../kernel/alarms.ts'
import type { Steps } from '../../kernel/sql.ts'

/**
 * Tables of one room. `message.nth` counts what people wrote up to there, so that unread is a subtraction and not a count.
 * `member.since` is the place in the log of facts from which on facts for all are for them too.
 */
export const steps: Steps = [
  [
    'create table saved (name text primary key, value text not null)',
    `create table member (account text primary key, handle text not null, name text not null, belonging text not null,
       joined integer not null, from_seq integer, read_seq integer not null, muted integer not null default 0,
       archived integer not null default 0, pinned integer not null default 0, since integer not null,
       delivered integer not null)`,
    `create table message (seq integer primary key, id text not null unique, author text, handle text not null,
       name text not null, notice text, text text, images text not null, hints text not null, nth integer not null,
       edited_at integer, deleted integer not null default 0, at integer not null)`,
    'create index message_author on message (author, seq)',
    'create index message_deleted on message (seq) where deleted = 1',
    `create table said (account text not null, key text not null, message text not null, at integer not null,
       primary key (account, key))`,
    'create index said_at on said (at)',
    `create table fact (place integer primary key autoincrement, account text, type text not null, value text not null)`,
    'create table outbox (seq integer primary key autoincrement, value text not null)',
    'create table outbox_aside (seq integer primary key, value text not null, reason text not null)',
    'create table released (target text primary key)',
    Alarms.table,
  ],
]
