import { randomUUID } from 'node:crypto'
import type { MessagesPart, MessageView, RoomView } from '../../worker/contract/chat.ts'
import type { InboxFact } from '../../worker/contract/inbox.ts'
import { protocol } from '../../worker/contract/live.ts'
import type { Person, Site } from '../run/demo/client.ts'
import { InboxClient } from '../support/inbox-client.ts'

export async function openGroup(owner: Person, others: Person[]): Promise<RoomView> {
  for (const other of others) await other.ask('POST', '/api/follows', { body: { handle: owner.member.handle } })
  const handles = others.map(({ member }) => member.handle)
  return owner.ask<RoomView>('POST', '/api/chats/rooms', { body: { handles } })
}

/** One message of one person: its key lives until it is answered, whatever happens meanwhile. */
export interface Attempt {
  person: Person
  key: string
  text: string
  /** What the socket answered before it died. */
  message: MessageView | null
}

/** Longer than any message waits for its answer. */
const lifeMs = 20_000

/** Sends a message and keeps the answer, if one comes before the process dies. */
export async function attempt(client: InboxClient, person: Person, room: string, text: string): Promise<Attempt> {
  const made: Attempt = { person, key: randomUUID(), text, message: null }
  const answer = client.ask({ type: 'send-message', key: made.key, room, text })
  const death = client.until('close', () => client.ended, lifeMs)
  // Whichever comes second has nobody left to hear it.
  const first = await Promise.race([answer, death])
  for (const late of [answer, death]) late.catch(() => {})
  if ('type' in first && first.type === 'message-sent') made.message = first.message
  return made
}

/** Asks again over REST, with the same key and body: the answer that there is, or the first one. */
export function settle(room: string, { person, key, text }: Attempt): Promise<MessageView> {
  const headers = { 'idempotency-key': key }
  return person.ask<MessageView>('POST', `/api/chats/rooms/${room}/messages`, { body: { text }, headers })
}

export async function everything(person: Person, room: string): Promise<MessageView[]> {
  const messages: MessageView[] = []
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0
    const path = `/api/chats/rooms/${room}/messages?after=${after}&limit=50`
    const { items, more } = await person.ask<MessagesPart>('GET', path)
    messages.push(...items)
    if (!more) return messages
  }
}

/** One device through the deaths of the process: what it heard, and how often it had to begin anew. */
export class Device {
  readonly person: Person
  readonly facts: InboxFact[] = []
  snapshots = 0
  private line: InboxClient | null = null

  constructor(person: Person) {
    this.person = person
  }

  async connect(site: Site): Promise<InboxClient> {
    const from = this.keep()
    const { ticket } = await this.person.ask<{ ticket: string }>('POST', '/api/accounts/tickets')
    const url = `${site.origin.replace('http', 'ws')}/api/live`
    const line = new InboxClient(new WebSocket(url, [protocol, `ticket.${ticket}`]))
    await line.until('open', () => (line.socket.readyState === WebSocket.OPEN ? true : undefined))
    await line.hello(from)
    if (line.frames.some(({ type }) => type === 'snapshot')) this.snapshots += 1
    this.line = line
    return line
  }

  /** What the line brought so far, and where it goes on. */
  keep(): { epoch?: string; seq?: number } {
    const { line } = this
    if (!line) return {}
    this.line = null
    this.facts.push(...line.facts)
    line.close()
    return { epoch: String(line.epoch), seq: line.seq }
  }

  posted(room: string): number[] {
    const facts = [...this.facts, ...(this.line?.facts ?? [])]
    return facts.flatMap((fact) => (fact.type === 'message-posted' && fact.room === room ? [fact.roomSeq] : []))
  }
}
