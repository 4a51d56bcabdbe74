import { InboxClientFrame } from '../../worker/contract/inbox.ts'
import { ClientFrame, type ServerFrame } from '../../worker/contract/live.ts'
import type { ProblemCode } from '../../worker/contract/problem.ts'
import { newKey } from '../support/worker/auctions.ts'
import { type InboxClient, openInboxSocket } from '../support/worker/inbox.ts'
import { connect, type LiveClient } from '../support/worker/live.ts'
import type { Asker, FrameRow, Heard, InboxFrameRow } from './table.ts'
import type { Thing } from './things.ts'

/** The frames of both protocols, as they define them. */
export const frameShapes: Shapes = shapesOf(ClientFrame)
export const inboxFrameShapes: Shapes = shapesOf(InboxClientFrame)

type Shapes = Record<string, string[]>

function shapesOf({ options }: typeof ClientFrame | typeof InboxClientFrame): Shapes {
  return Object.fromEntries(options.map(({ shape }) => [shape.type.value, Object.keys(shape)]))
}

const ref = 'asked'

/** Opens the thing's socket as this person; `closed` is the code that ended it instead. */
export async function enter({ person, cast }: Asker, auction: string, headers: Record<string, string> = {}) {
  const ticket = await cast.ticket(person)
  const client = await connect(auction, null, { headers }, ticket ?? undefined)
  client.send({ type: 'hello' })
  const opened = await client.until(
    'welcome',
    () => client.ended?.code ?? client.frames.find((frame) => frame.type === 'welcome'),
  )
  return typeof opened === 'number' ? { client, closed: opened } : { client, welcome: opened }
}

/** Sends what the row says, as this person, and tells what came back. */
export async function hearAs(asker: Asker, row: FrameRow, thing: Thing): Promise<{ heard: Heard; client: LiveClient }> {
  const { client, ...opened } = await enter(asker, String(thing.auction))
  if (opened.welcome === undefined) return { heard: opened.closed, client }
  const heard =
    row.frame === 'hello'
      ? heardIn(opened.welcome)
      : await answerTo(client, await frameOf(asker, row, { thing, shapes: frameShapes }))
  await client.close()
  return { heard, client }
}

/** Opens one's own socket as this person; `closed` is the code that ended it instead. */
export async function enterInbox({ person, cast }: Asker, headers: Record<string, string> = {}) {
  const client = await openInboxSocket(null, { request: { headers }, ticket: await cast.ticket(person) })
  client.send({ type: 'hello' })
  const opened = await client.until(
    'snapshot',
    () => client.ended?.code ?? client.frames.find((frame) => frame.type === 'snapshot'),
  )
  return typeof opened === 'number' ? { client, closed: opened } : { client }
}

/** Sends what the row says in one's own socket, and tells what came back. */
export async function hearInInbox(
  asker: Asker,
  row: InboxFrameRow,
  thing: Thing,
): Promise<{ heard: Heard; client: InboxClient }> {
  const { client, closed } = await enterInbox(asker)
  if (closed !== undefined) return { heard: closed, client }
  const heard =
    row.frame === 'hello'
      ? 'welcome'
      : await answerTo(client, await frameOf(asker, row, { thing, shapes: inboxFrameShapes }))
  await client.close()
  return { heard, client }
}

async function frameOf(
  asker: Asker,
  { frame, fields }: FrameRow<string>,
  { thing, shapes }: { thing: Thing; shapes: Shapes },
): Promise<object> {
  const brings = (name: string) => shapes[frame]?.includes(name) ?? false
  return {
    type: frame,
    ...(brings('ref') ? { ref } : {}),
    ...(brings('key') ? { key: newKey() } : {}),
    ...(await fields?.(thing, asker)),
  }
}

/** A frame without `ref` has no answer: then the next one, which has, is the first that is heard. */
async function answerTo(client: LiveClient | InboxClient, frame: object): Promise<Heard> {
  const before = client.frames.length
  client.sendText(JSON.stringify(frame))
  const isSilent = !('ref' in frame)
  if (isSilent) client.sendText(JSON.stringify({ type: 'clock', ref, sentAt: 0 }))
  const heard = await client.until('answer', () => {
    const later = client.frames.slice(before) as ServerFrame[]
    const answer = later.find((one) => one.type === 'problem' || ('ref' in one && one.ref === ref))
    return answer ? heardIn(answer) : client.ended?.code
  })
  return isSilent && heard === 'clock' ? 'nothing' : heard
}

function heardIn(frame: ServerFrame): Heard {
  if (frame.type === 'problem' || frame.type === 'bid-refused') return frame.code as ProblemCode
  if (frame.type !== 'welcome') return frame.type as Heard
  const [reason] = frame.you.reasons as ProblemCode[]
  return reason === undefined ? 'welcome' : `welcome, but ${reason}`
}
