import type { RoomView } from '../contract/chat.ts'
import type { AccountId } from '../contract/ids.ts'
import { relationsOf } from '../follows/api.ts'
import type { AppContext } from '../kernel/context.ts'
import { settled } from '../kernel/outcome.ts'
import type { Actor } from '../kernel/sessions.ts'
import { personCards } from '../profiles/api.ts'
import type { RoomInside } from './commands.ts'
import type { Entered } from './requests.ts'
import { roomRows } from './views.ts'

/** The room as one who is in it sees it now. */
export async function viewOfRoom(c: AppContext & { var: { actor: Actor } }, { room, who }: Entered): Promise<RoomView> {
  const inside = settled(await room.look(who))
  const { db } = c.var
  const everyone = [...inside.people.map(({ account }) => account), ...inside.asked]
  const [[row], cards, relations] = await Promise.all([
    roomRows(db, [inside.standing]),
    personCards(db, everyone),
    relationsOf(db, who.account, everyone),
  ])
  return { ...(row as NonNullable<typeof row>), ...insideOf(inside, who.account, { cards, relations }) }
}

interface Seen {
  cards: Awaited<ReturnType<typeof personCards>>
  relations: Awaited<ReturnType<typeof relationsOf>>
}

function insideOf(inside: RoomInside, me: AccountId, { cards, relations }: Seen) {
  const { people, asked, owner, invited, fromSeq, reason, textOnly, standing } = inside
  // In the room of a deal that goes on a block means nothing.
  const isBlockHeeded = standing.kind === 'direct' || reason === 'cannot-message'
  const isApart = (account: AccountId) => {
    const relation = relations.get(account)
    return relation !== undefined && (relation.isBlocking || relation.isBlockedBy)
  }
  return {
    people: people.flatMap(({ account, isOwner, readSeq }) => {
      const card = cards.get(account)
      return card ? [{ ...card, isOwner, readSeq, isFolded: standing.kind === 'group' && isApart(account) }] : []
    }),
    asked: asked.flatMap((account) => cards.get(account) ?? []),
    owner: (owner && cards.get(owner)?.handle) ?? null,
    isOwner: owner === me,
    invited,
    fromSeq,
    canWrite: reason === null,
    reason,
    isBlocking: isBlockHeeded && people.some(({ account }) => relations.get(account)?.isBlocking),
    textOnly,
  }
}
