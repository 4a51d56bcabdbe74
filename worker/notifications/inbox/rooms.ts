import { roomRows } from '../../chat/api.ts'
import type { RoomDelivery } from '../commands.ts'
import { noticesOfDelivery } from '../rules.ts'
import type { Say, LiveInbox } from './live-inbox.ts'
import { cardsFor, readFact, takeAll } from './noticing.ts'
import { roomFact, withoutWords } from './room-facts.ts'

/** What a room tells: dropped where it was told before, so it may come twice, and in parts. */
export async function receive(inbox: LiveInbox, delivery: RoomDelivery): Promise<void> {
  const { account, room, standing, upTo, people } = delivery
  if (upTo <= inbox.standings.placeOf(room)) return
  const notices = noticesOfDelivery(delivery).filter(({ id }) => inbox.notifications.isNew(id))
  if (notices.length > 0) await inbox.knowHidden(account)
  const [row = null] = await rowsFor(inbox, delivery)
  const cards = await cardsFor(inbox, notices)
  // Another delivery of the room may have come while we asked.
  const from = inbox.standings.placeOf(room)
  if (upTo <= from) return
  inbox.change((say) => {
    inbox.standings.put(room, upTo, standing)
    if (people) inbox.standings.putPeople(room, people)
    const about = { account, room, standing, row, unread: inbox.count() }
    for (const placed of delivery.facts) {
      forgetWords(inbox, placed)
      const fact = placed.place > from ? roomFact(about, placed) : null
      if (fact) say(fact)
    }
    takeAll(inbox, { account, notices, cards }, say)
    readWith(inbox, delivery, say)
  })
}

/** What was deleted does not come back with what somebody missed. */
function forgetWords({ facts, notifications }: LiveInbox, { fact }: RoomDelivery['facts'][number]): void {
  if (fact.type !== 'message-changed' || !fact.message.deleted) return
  const { id } = fact.message
  facts.rewrite(id, (kept) => withoutWords(kept, id))
  notifications.forgetWords(id)
}

/** Only facts about the room itself show how it looks on a list. */
function rowsFor({ db }: LiveInbox, { facts, standing }: RoomDelivery) {
  const isShown = facts.some(({ fact }) => fact.type === 'room-added' || fact.type === 'room-changed')
  return standing && isShown ? roomRows(db, [standing]) : []
}

const ofRooms = ['message', 'message-request'] as const

/** What was said of a room is read with the room, and goes with it. */
function readWith({ notifications, count }: LiveInbox, { room, standing }: RoomDelivery, say: Say): void {
  const gone = standing ? [] : notifications.removeOf(ofRooms, room)
  if (gone.length > 0) say(readFact({ ids: gone, removed: true }, count()))
  const read = standing?.unread === 0 ? notifications.readOf(ofRooms, room) : []
  if (read.length > 0) say(readFact({ ids: read, removed: false }, count()))
}
