import type { MessageView, RoomRow } from '../contract/chat.ts'
import type { AccountId } from '../contract/ids.ts'
import type { PersonCard } from '../contract/profiles.ts'
import { iso } from '../contract/time.ts'
import type { Db } from '../kernel/db.ts'
import { mediaViews, privateMediaViews } from '../media/api.ts'
import { personCards } from '../profiles/api.ts'
import type { MemberStanding, Person, StoredMessage } from './commands.ts'

/** What a message looks like the moment it is told: no look-up, for those who tell it to many. */
export function messageView(message: StoredMessage): MessageView {
  const { id, room, seq, author, handle, name, notice, text, images, hints, editedAt, deleted, at } = message
  return {
    id,
    room,
    seq,
    author: author === null ? null : { handle, name },
    notice: notice && { kind: notice.kind, subject: notice.subject && named(notice.subject) },
    text,
    images,
    hints,
    editedAt: editedAt === null ? null : iso(editedAt),
    deleted,
    at: iso(at),
  }
}

function named({ handle, name }: Pick<Person, 'handle' | 'name'>) {
  return { handle, name }
}

/** The same for a history: people as they are called today, and nobody for those who have left Hallabong. */
export async function messageViews(db: Db, messages: readonly StoredMessage[]): Promise<MessageView[]> {
  const cards = await personCards(db, messages.flatMap(peopleIn))
  return messages.map((message) => withNames(message, cards))
}

function withNames(message: StoredMessage, cards: Map<AccountId, PersonCard>): MessageView {
  const today = (account: AccountId) => {
    const card = cards.get(account)
    return card ? named(card) : null
  }
  const view = messageView(message)
  const subject = message.notice?.subject
  return {
    ...view,
    author: message.author && today(message.author),
    notice: view.notice && { ...view.notice, subject: subject ? today(subject.account) : null },
  }
}

function peopleIn({ author, notice }: StoredMessage): AccountId[] {
  return [...(author ? [author] : []), ...(notice?.subject ? [notice.subject.account] : [])]
}

/** How rooms look on a list: their people and pictures in a few queries for all of them. */
export async function roomRows(db: Db, standings: readonly MemberStanding[]): Promise<RoomRow[]> {
  const people = standings.flatMap(({ others, last }) => [...others, ...(last ? peopleIn(last) : [])])
  const [cards, covers, pictures] = await Promise.all([
    personCards(db, people),
    mediaViews(
      db,
      standings.flatMap(({ deal }) => deal?.cover ?? []),
    ),
    privateMediaViews(
      db,
      standings.flatMap(({ picture }) => picture ?? []),
    ),
  ])
  return standings.map(({ room, picture, others, last, deal, at, ...standing }) => ({
    ...standing,
    id: room,
    picture: (picture && pictures.get(picture)) ?? null,
    members: others.flatMap((account) => cards.get(account) ?? []),
    last: last && withNames(last, cards),
    deal: deal && {
      id: deal.id,
      title: deal.title,
      cover: (deal.cover && covers.get(deal.cover)) ?? null,
      state: deal.state,
    },
    at: iso(at),
  }))
}
