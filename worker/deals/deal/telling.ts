import { dueOf, sides, type Side } from '../../contract/deal-steps.ts'
import type { StepKind } from '../../contract/deals.ts'
import type { Fact } from '../../contract/events.ts'
import type { AccountId } from '../../contract/ids.ts'
import { chat } from '../../contract/limits.ts'
import type { NotificationKind } from '../../contract/notifications.ts'
import { instant, iso, type Instant } from '../../contract/time.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { Notice } from '../../notifications/api.ts'
import type { DealOpening, Step } from '../commands.ts'
import type { Reminder } from '../rules.ts'

interface Told {
  account: AccountId
  notice: Notice
}

/** Those who hear of a step: the other party, or both of what no party did. The opening is told by whatever caused it. */
export function noticesOfStep(ids: Ids, opening: DealOpening, step: Step): Told[] {
  if (step.kind === 'opened') return []
  const [due] = dueOf(step.standing)
  const actor = step.by === 'seller' || step.by === 'buyer' ? opening[step.by] : null
  return sides
    .filter((side) => side !== step.by)
    .map((side) => ({
      account: opening[side],
      notice: {
        id: ids.derive('notification', opening.deal, step.place, side),
        kind: kindOf(step.kind),
        target: opening.deal,
        actor,
        data: {
          step: step.kind,
          title: titleOf(opening),
          room: opening.room,
          state: step.standing.state,
          fault: step.standing.fault,
          role: side,
          due: due?.kind ?? null,
          dueAt: due ? iso(due.at) : null,
        },
        expiresAt: null,
        at: step.at,
      },
    }))
}

/** A silence that will be taken for a yes is the accused's business, a deal that idles or ends by itself that of both. */
export function noticesOfReminder(ids: Ids, opening: DealOpening, reminder: Reminder, accused: Side | null): Told[] {
  const { about, due, at } = reminder
  const to = about === 'answer' && accused ? [accused] : sides
  return to.map((side) => ({
    account: opening[side],
    notice: {
      id: ids.derive('notification', opening.deal, 'remind', about, at, side),
      kind: about === 'answer' ? 'no-show' : about === 'view' ? 'dispute' : 'deal-reminder',
      target: opening.deal,
      actor: null,
      data: {
        about,
        title: titleOf(opening),
        room: opening.room,
        role: side,
        dueAt: due === null ? null : iso(due),
      },
      expiresAt: due,
      at,
    },
  }))
}

/** A title has up to 80 characters; what a notice carries has room for that in any script. */
function titleOf({ terms }: DealOpening): string {
  return terms.title
}

function kindOf(kind: StepKind): NotificationKind {
  if (kind.startsWith('no-show')) return 'no-show'
  const isOfDispute = kind.startsWith('dispute') || kind.startsWith('remedy') || kind === 'evidence-added'
  return isOfDispute ? 'dispute' : 'deal-step'
}

/** How a step leaves for the relay: who and what, never the words or the place. */
export function eventOf({ deal, auction, seller, buyer, room, cause }: DealOpening, step: Step): Fact {
  const { place, kind, by, standing } = step
  const { state, fault } = standing
  return kind === 'opened'
    ? { type: 'deal-opened', payload: { deal, auction, seller, buyer, room, cause } }
    : { type: 'deal-moved', payload: { deal, place, step: kind, by, state, fault } }
}

/** A room can be written in for a while after its deal. A dispute keeps it open. */
export function roomClosesAt({ standing }: Step): Instant | null {
  const { state, endedAt } = standing
  return endedAt === null || state === 'disputed' ? null : instant(endedAt + chat.dealReadOnlyAfterMs)
}
