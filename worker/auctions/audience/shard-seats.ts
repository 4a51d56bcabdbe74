import type { AccountId } from '../../contract/ids.ts'
import type { Fact } from '../../contract/live.ts'
import type { Bundle, ListenerDeps } from '../../kernel/listeners.ts'
import { sendQuietly } from '../../kernel/sockets.ts'
import { Seats } from '../room/seats.ts'

export interface ShardSeatsDeps extends Pick<ListenerDeps<Fact>, 'clock' | 'lastPing'> {
  /** Somebody came or went: a person, or null for a visitor. */
  headsChanged(account: AccountId | null): unknown
}

/** A shard gathers nothing itself: what it sends, the room has gathered. */
const gathersNothing = { unsent: [], writer: () => () => '', flushed: () => {} }

/** The sockets of one shard. */
export class ShardSeats extends Seats {
  private readonly changed: ShardSeatsDeps['headsChanged']

  constructor({ headsChanged, ...deps }: ShardSeatsDeps) {
    super({ ...deps, ...gathersNothing })
    this.changed = headsChanged
  }

  override deliver(bundle: Bundle): void {
    super.deliver(bundle)
  }

  say(text: string): void {
    for (const { socket, isListening } of this.all()) if (isListening) sendQuietly(socket, text)
  }

  protected override headsChanged(account: AccountId | null): void {
    this.changed(account)
  }

  protected override left(): void {
    this.changed(null)
  }
}
