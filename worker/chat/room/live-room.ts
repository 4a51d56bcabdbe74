import { api, chat } from '../../contract/limits.ts'
import { instant } from '../../contract/time.ts'
import { readConfig } from '../../env.ts'
import { Alarms, type ObjectClock } from '../../kernel/alarms.ts'
import { createIds, type Ids } from '../../kernel/ids.ts'
import { chatTarget } from '../pictures.ts'
import type { Book } from './book.ts'
import { Delivery } from './delivery.ts'
import type { Desk } from './writing.ts'

type TimerName = 'deliver' | 'purge'

/** When what was to be purged is still on its way somewhere. */
const purgeAgainMs = 60_000

export interface RoomDeps {
  ctx: DurableObjectState
  env: Env
  clock: ObjectClock
  book: Book
}

/** A room that was opened, in its order of things: decide and write in one commit, then tell. */
export class LiveRoom {
  readonly book: Book
  private readonly clock: ObjectClock
  private readonly ids: Ids
  private readonly host: string
  private readonly alarms: Alarms<TimerName>
  private readonly delivery: Delivery

  constructor({ ctx, env, clock, book }: RoomDeps) {
    const config = readConfig(env)
    this.book = book
    this.clock = clock
    this.ids = createIds(config.idSecret)
    this.host = new URL(config.origin).host
    this.alarms = new Alarms(ctx.storage, clock)
    const lookAgain = (at: Parameters<Alarms<TimerName>['setBy']>[1]) => this.alarms.setBy('deliver', at)
    this.delivery = new Delivery({ ctx, env, clock, book, lookAgain })
  }

  /** After construction: what was on its way when the last life ended. */
  wake(): void {
    this.delivery.nudge()
  }

  change<T>(work: (desk: Desk) => T): T {
    const { book, ids, host } = this
    const at = book.notBefore(this.clock.now())
    const result = book.atomically(() => work({ book, at, ids, host }))
    const { closedAt } = book.character
    if (closedAt !== null && this.alarms.at('purge') === null)
      this.alarms.set('purge', instant(closedAt + chat.deletedKeptMs))
    this.delivery.nudge()
    return result
  }

  /** The clock was moved; only a local door does that. */
  clockMoved(): void {
    this.alarms.arm()
  }

  /** True when the room is to be forgotten. */
  async ring(): Promise<boolean> {
    let isOver = false
    await this.alarms.ring(async (name) => {
      if (name === 'purge') isOver = this.purge()
      else await this.deliver()
    })
    return isOver
  }

  private async deliver(): Promise<void> {
    this.book.store.forgetSaid(this.clock.now() - api.idempotencyKeptMs)
    await this.delivery.catchUp()
    if (this.delivery.isDone()) this.alarms.set('deliver', null)
  }

  /** A closed group has been kept for reports long enough. Its pictures are let go of before it is forgotten itself. */
  private purge(): boolean {
    const { store, character } = this.book
    if (character.picture !== null) store.release(chatTarget(character.room, character.picture))
    for (const message of store.withPictures()) {
      store.release(chatTarget(character.room, message.id))
      this.book.changeMessage({ ...message, images: [] })
    }
    this.book.change({ picture: null })
    if (this.delivery.isDone()) return true
    this.alarms.set('purge', instant(this.clock.now() + purgeAgainMs))
    this.delivery.nudge()
    return false
  }
}
