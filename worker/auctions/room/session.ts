import { z } from 'zod'
import type { AccountId, LoginId } from '../../contract/ids.ts'
import type { Participant } from '../../accounts/api.ts'
import { atFirst, LiveSession, sessionShape } from '../../kernel/live-session.ts'
import type { SellerRelation } from '../commands.ts'

const text = z.string()

const Attachment = z.object({
  who: z
    .object({
      account: text.transform((id) => id as AccountId),
      login: text.transform((id) => id as LoginId),
      handle: text,
      name: text,
      role: z.enum(['member', 'moderator', 'admin']),
      trader: z.boolean(),
      manner: z.number(),
      deals: z.number(),
      noShows: z.number(),
      following: z.boolean(),
      blocked: z.boolean(),
      showInRooms: z.boolean(),
      showBidName: z.boolean(),
      suspended: z.boolean(),
    })
    .nullable(),
  /** Fingerprint of a visitor's address. */
  from: text,
  ...sessionShape,
})
type Attachment = z.infer<typeof Attachment>

/** One socket of the room: a visitor's, or somebody's. */
export class Session extends LiveSession<Pick<Attachment, 'who' | 'from'>> {
  static begin(socket: WebSocket, opening: Pick<Attachment, 'who' | 'from' | 'openedAt' | 'authUntil'>): Session {
    const session = new Session(socket, { ...opening, ...atFirst })
    session.keep()
    return session
  }

  /** The session of a socket that slept; null for an attachment that is not ours any more, as after a deploy. */
  static wake(socket: WebSocket): Session | null {
    const kept = Attachment.safeParse(socket.deserializeAttachment())
    return kept.success ? new Session(socket, kept.data) : null
  }

  get who(): Participant | null {
    return this.kept.who
  }
  get from(): string {
    return this.kept.from
  }

  renew(who: Participant, authUntil: number): void {
    this.kept = { ...this.kept, who, authUntil }
    this.keep()
  }

  relate(relation: SellerRelation): void {
    if (!this.kept.who) return
    this.kept = { ...this.kept, who: { ...this.kept.who, ...relation } }
    this.keep()
  }
}
