import type { AccountId, LoginId } from '../../contract/ids.ts'
import { notifications as limits } from '../../contract/limits.ts'
import type { Instant } from '../../contract/time.ts'
import { describeError, log } from '../../kernel/log.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { KeptNotification } from '../commands.ts'
import { mailNotice } from '../letters.ts'
import type { Devices } from '../push/devices.ts'
import { push } from '../push/push.ts'

/** A notification on its way out of the house, with what caused it. `id` makes the letter or push the same one when repeated. */
export interface Errand {
  account: AccountId
  id: string
  notification: KeptNotification
  except: LoginId | null
}

type Kind = 'push' | 'mail'
interface Row extends Record<string, SqlStorageValue> {
  id: string
  kind: Kind
  value: string
  tries: number
}

const within = { push: limits.pushWithinMs, mail: limits.mailWithinMs } as const
const pause = { firstMs: 2_000, mostMs: 10 * 60_000 } as const
const atOnce = 20

/** Pushes and mails that follow from notifications: written down with them, gone when done, tried again until they are too late. */
export class Errands {
  private readonly sql: Sql
  private readonly env: Env
  private readonly devices: Devices
  private readonly ctx: DurableObjectState
  private running: Promise<void> | null = null

  constructor(ctx: DurableObjectState, sql: Sql, env: Env, devices: Devices) {
    this.ctx = ctx
    this.sql = sql
    this.env = env
    this.devices = devices
  }

  add(kind: Kind, errand: Errand, now: Instant): void {
    this.sql.run(
      'insert or ignore into errand (id, kind, value, tries, due, until) values (?, ?, ?, 0, ?, ?)',
      `${kind} ${errand.id}`,
      kind,
      JSON.stringify(errand),
      now,
      now + within[kind],
    )
  }

  nextDue(): number | null {
    const [row] = this.sql.rows<{ at: number | null }>('select min(due) as at from errand')
    return row?.at ?? null
  }

  /** Everything that is due. Calls at the same time share one run. */
  run(now: () => Instant): Promise<void> {
    this.running ??= this.runAll(now).finally(() => {
      this.running = null
    })
    return this.running
  }

  private async runAll(now: () => Instant): Promise<void> {
    for (;;) {
      this.sql.run('delete from errand where until <= ?', now())
      const due = this.sql.rows<Row>(
        'select id, kind, value, tries from errand where due <= ? order by due limit ?',
        now(),
        atOnce,
      )
      if (due.length === 0) return
      await Promise.all(due.map((row) => this.runOne(row, now)))
    }
  }

  private async runOne({ id, kind, value, tries }: Row, now: () => Instant): Promise<void> {
    const errand = JSON.parse(value) as Errand
    try {
      await (kind === 'push'
        ? push(this.env, this.devices, { tag: errand.notification.id, ...errand })
        : mailNotice(this.env, this.ctx, errand))
      this.sql.run('delete from errand where id = ?', id)
    } catch (error) {
      log('warn', 'errand-waits', { account: errand.account, job: kind, attempt: tries + 1, ...describeError(error) })
      const wait = Math.min(pause.mostMs, pause.firstMs * 2 ** tries)
      this.sql.run('update errand set tries = tries + 1, due = ? where id = ?', now() + wait, id)
    }
  }
}
