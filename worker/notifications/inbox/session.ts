import { z } from 'zod'
import type { Speaker } from '../../chat/api.ts'
import type { AccountId, LoginId } from '../../contract/ids.ts'
import { atFirst, LiveSession, sessionShape } from '../../kernel/live-session.ts'

const Attachment = z.object({
  who: z.object({
    account: z.string().transform((id) => id as AccountId),
    login: z.string().transform((id) => id as LoginId),
    handle: z.string(),
    name: z.string(),
  }),
  ...sessionShape,
})
type Attachment = z.infer<typeof Attachment>
export type Owner = Attachment['who']

/** One socket of the account, by one of its sign-ins. */
export class InboxSession extends LiveSession<Pick<Attachment, 'who'>> {
  /** A greeting that still looks up what it shows: what comes after it waits. */
  greeting: Promise<void> | null = null
  private writing: Promise<unknown> = Promise.resolve()

  static begin(socket: WebSocket, opening: Pick<Attachment, 'who' | 'openedAt' | 'authUntil'>): InboxSession {
    const session = new InboxSession(socket, { ...opening, ...atFirst })
    session.keep()
    return session
  }

  /** The session of a socket that slept; null for an attachment that is not ours any more, as after a deploy. */
  static wake(socket: WebSocket): InboxSession | null {
    const kept = Attachment.safeParse(socket.deserializeAttachment())
    return kept.success ? new InboxSession(socket, kept.data) : null
  }

  get who(): Owner {
    return this.kept.who
  }

  get speaker(): Speaker {
    const { account, handle, name } = this.kept.who
    // Whoever is suspended has no socket.
    return { account, handle, name, suspended: false }
  }

  renew(who: Owner, authUntil: number): void {
    this.kept = { ...this.kept, who, authUntil }
    this.keep()
  }

  rename(handle: string, name: string): void {
    this.kept = { ...this.kept, who: { ...this.kept.who, handle, name } }
    this.keep()
  }

  /** What a person writes one after the other arrives one after the other. */
  inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work)
    this.writing = done.catch(() => {})
    return done
  }
}
