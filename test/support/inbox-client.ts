import type {
  InboxClientFrame,
  InboxFact,
  InboxServerFrame,
  InboxSnapshot,
  InboxWelcome,
} from '../../worker/contract/inbox.ts'
import { SocketClient } from './socket-client.ts'

type Asking = Extract<InboxClientFrame, { ref: string }>
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** The facts whose type may be this one. */
export type FactOf<T> = InboxFact extends infer One
  ? One extends { type: infer Types }
    ? T extends Types
      ? One
      : never
    : never
  : never

/** One device of somebody: notifications and all rooms. */
export class InboxClient extends SocketClient<InboxClientFrame, InboxServerFrame> {
  /** Every fact as it came, repetitions too. */
  readonly facts: InboxFact[] = []

  protected take(frame: InboxServerFrame): void {
    if (frame.type === 'welcome') this.epoch = frame.epoch
    if (frame.type === 'snapshot') this.seq = frame.seq
    if (frame.type !== 'batch') return
    this.facts.push(...frame.frames)
    this.seq = Math.max(this.seq, frame.last)
    if (this.saysSeen) this.send({ type: 'seen', seq: this.seq })
  }

  /** The first fact of this type that is so, from the beginning. */
  fact<T extends InboxFact['type']>(type: T, where: (fact: FactOf<T>) => boolean = () => true): Promise<FactOf<T>> {
    return this.until(
      type,
      () => this.facts.find((fact) => fact.type === type && where(fact as FactOf<T>)) as FactOf<T> | undefined,
    )
  }

  /** Says hello and waits for what follows: the welcome, and the snapshot where nothing could be resumed. */
  async hello(
    from: { epoch?: string; seq?: number } = {},
  ): Promise<{ welcome: InboxWelcome; snapshot: InboxSnapshot | null }> {
    const at = this.frames.length
    // Where it was before it came back on this socket.
    this.seq = Math.max(this.seq, from.seq ?? 0)
    this.send({ type: 'hello', ...from })
    const after = <T extends InboxServerFrame['type']>(type: T) =>
      this.until(
        type,
        () =>
          this.frames.slice(at).find((frame) => frame.type === type) as
            | Extract<InboxServerFrame, { type: T }>
            | undefined,
      )
    const welcome = await after('welcome')
    if (!welcome.resumed) return { welcome, snapshot: await after('snapshot') }
    await this.until('what was missed', () => (this.seq >= welcome.seq ? true : undefined))
    return { welcome, snapshot: null }
  }

  /** Sends a frame and waits for its one answer. */
  ask(frame: Without<Asking, 'ref'>): Promise<Extract<InboxServerFrame, { ref?: string }>> {
    return this.answerTo(frame)
  }
}
