import { z } from 'zod'
import { api, chat as limits } from './limits.ts'
import { MediaView } from './media.ts'
import { Page, PageQuery } from './page.ts'
import { Handle, PersonCard } from './profiles.ts'
import { Text } from './text.ts'

const Time = z.iso.datetime({ precision: 3 })
const Place = z.int().nonnegative()

export const roomKinds = ['direct', 'group', 'deal'] as const
export type RoomKind = (typeof roomKinds)[number]

export const folders = ['inbox', 'requests', 'deals', 'archived'] as const
export type Folder = (typeof folders)[number]

/** Who wrote; null for one who has left Hallabong ("former member"). */
const Author = z.object({ handle: z.string(), name: z.string() }).nullable()

/** What happened to a room, told inside it: a line without an author. */
export const roomNotices = [
  'created',
  'renamed',
  'picture-changed',
  'owner-changed',
  'member-added',
  'member-left',
  'member-removed',
  'deal-moved',
] as const

/** What a text in a deal room may lure to: shown as a hint beside it, which refuses nothing. */
export const safetyHints = ['account-number', 'outside-link'] as const
export type SafetyHint = (typeof safetyHints)[number]

/**
 * One message. `seq` counts from 1 within the room, without gap; a deleted message keeps its number. `notice` is set instead of
 * `author` for a line that the room itself wrote: whom it is about stands in `subject`, a new name or state in `text`.
 */
export const MessageView = z.object({
  id: z.string(),
  room: z.string(),
  seq: z.int().positive(),
  author: Author,
  notice: z.object({ kind: z.enum(roomNotices), subject: Author }).nullable(),
  text: z.string().nullable(),
  /** Private pictures: their files are asked for by `GET /api/media/{id}/file`. */
  images: z.array(MediaView),
  hints: z.array(z.enum(safetyHints)),
  editedAt: Time.nullable(),
  deleted: z.boolean(),
  at: Time,
})
export type MessageView = z.infer<typeof MessageView>

export const RoomSettings = z.strictObject({ muted: z.boolean(), archived: z.boolean(), pinned: z.boolean() })
export type RoomSettings = z.infer<typeof RoomSettings>

/** A room on a list. `name` is null where the other members are its name: the first four of them stand in `members`. */
export const RoomRow = z.object({
  id: z.string(),
  kind: z.enum(roomKinds),
  folder: z.enum(folders),
  name: z.string().nullable(),
  picture: MediaView.nullable(),
  members: z.array(PersonCard).max(4),
  membersCount: z.int(),
  last: MessageView.nullable(),
  lastSeq: Place,
  readSeq: Place,
  /** Messages by others after my read place, inside my span, not deleted. Never capped. */
  unread: z.int(),
  settings: RoomSettings,
  /** For deal rooms: what it is about. */
  deal: z.object({ id: z.string(), title: z.string(), cover: MediaView.nullable(), state: z.string() }).nullable(),
  at: Time,
})
export type RoomRow = z.infer<typeof RoomRow>
export const RoomPage = Page(RoomRow)

/** Why I cannot write now. `answer-first`: the request has to be answered, by the other or by me (`invited`). */
export const silences = ['cannot-message', 'room-read-only', 'answer-first'] as const

/**
 * One room from inside. `people` are all members with me, longest there first; `readSeq` is told of the other side in direct and
 * deal rooms. `isFolded`: blocked either way, so what they write is shown folded in a group.
 */
export const RoomView = RoomRow.extend({
  people: z
    .array(PersonCard.extend({ isOwner: z.boolean(), isFolded: z.boolean(), readSeq: Place.nullable() }))
    .max(limits.members),
  /** Asked into the group and not there yet; for its owner only, and the same whether they decline or just do not answer. */
  asked: z.array(PersonCard),
  owner: z.string().nullable(),
  isOwner: z.boolean(),
  /** It waits in my requests, for me to accept or decline. */
  invited: z.boolean(),
  /** The first message I may see. */
  fromSeq: Place,
  canWrite: z.boolean(),
  reason: z.enum(silences).nullable(),
  /** In a direct room, or that of an ended deal: I have blocked the other. What the other did is told to nobody. */
  isBlocking: z.boolean(),
  /** Text only: a request that was not accepted, or a deal room of somebody who is suspended. */
  textOnly: z.boolean(),
})
export type RoomView = z.infer<typeof RoomView>

export const RoomsQuery = PageQuery().extend({
  folder: z.enum(folders).default('inbox'),
  /** Part of the name of a room or of a person in it. */
  search: Text({ max: 50 }).optional(),
})

export const OpenRoom = z.strictObject({
  handles: z
    .array(Handle)
    .min(1)
    .max(limits.members - 1),
  name: Text({ max: limits.name }).optional(),
})
export type OpenRoom = z.infer<typeof OpenRoom>
/** `owner` passes the role on; null takes name or picture away. */
export const ChangeRoom = z
  .strictObject({ name: Text({ max: limits.name }).nullable(), picture: z.string().max(64).nullable(), owner: Handle })
  .partial()
export type ChangeRoom = z.infer<typeof ChangeRoom>
export const AddMembers = z.strictObject({
  handles: z
    .array(Handle)
    .min(1)
    .max(limits.members - 1),
})

/** `before` and `after` are places; newest first with `before`, oldest first with `after`. */
export const RoomMessagesQuery = z
  .object({
    before: z.coerce.number().int().positive().optional(),
    after: z.coerce.number().int().nonnegative().optional(),
    limit: z.coerce.number().int().min(1).max(api.page.most).default(api.page.messages),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, { error: 'before-or-after' })
export const MessagesPart = z.object({ items: z.array(MessageView), more: z.boolean() })
export type MessagesPart = z.infer<typeof MessagesPart>

/** Text or pictures, never both. */
export const SendMessage = z.union([
  z.strictObject({ text: Text({ max: limits.text, lines: true }) }),
  z.strictObject({ images: z.array(z.string().max(64)).min(1).max(limits.images) }),
])
export type SendMessage = z.infer<typeof SendMessage>
export const EditMessage = z.strictObject({ text: Text({ max: limits.text, lines: true }) })
export const MarkRead = z.strictObject({ seq: Place })
