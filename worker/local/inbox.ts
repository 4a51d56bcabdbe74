import { Inbox } from '../notifications/inbox.ts'
import { clockOffsetOf, setClockOffsetOf } from './clock-of-object.ts'
import { noteAttended, untilHeard, type Parting } from './live-objects.ts'

/** An Inbox whose clock can be set, for demos and tests, and that says goodbye before the house stops. */
export class LocalInbox extends Inbox implements Parting {
  /** What the new time makes due happens at once. */
  async setClockOffset(offsetMs: number): Promise<void> {
    setClockOffsetOf(this.ctx, offsetMs)
    this.inbox?.clockMoved()
  }

  override fetch(request: Request): Promise<Response> {
    noteAttended('INBOX', this.ctx)
    return super.fetch(request)
  }

  async sayGoodbye(): Promise<void> {
    const { inbox } = this
    if (!inbox) return
    const { listeners } = inbox
    await Promise.all(listeners.all().map((session) => session.inOrder(async () => {})))
    listeners.flush()
    for (const session of listeners.all()) listeners.dismiss(session, 'closing')
    inbox.attended()
    await untilHeard(this.ctx)
  }

  /** Lets the object be put to sleep at once: the next life begins from what is stored, as after a crash. */
  async dropTimers(): Promise<void> {
    this.inbox?.dropTimers()
  }

  protected override clockShiftMs(): number {
    return clockOffsetOf(this.ctx)
  }
}
