import type { AccountId } from '../contract/ids.ts'
import { moderation as limits } from '../contract/limits.ts'
import type { MediaView } from '../contract/media.ts'
import type { AppealState, AppealView, DecisionState, DecisionView } from '../contract/moderation.ts'
import type { PersonCard } from '../contract/profiles.ts'
import { iso, type Instant } from '../contract/time.ts'
import type { AppealRow, Decided, DecisionRow } from './queries.ts'

export function decisionView({ decision, appeal }: Decided, at: Instant): DecisionView {
  const { id, action, target, rule, facts, by, from, until } = decision
  return {
    id,
    action,
    target,
    rule,
    facts,
    automatic: by === null,
    state: stateOf(decision, at),
    from: iso(from),
    until: until === null ? null : iso(until),
    appeal: appealOf(decision, appeal, at),
  }
}

function stateOf({ ending, until }: DecisionRow, at: Instant): DecisionState {
  if (ending !== null) return ending
  return until !== null && until <= at ? 'over' : 'standing'
}

/** Until when one may appeal; null when one may no more. Nobody appeals against what was undone. */
export function mayAppealUntil({ ending, createdAt }: DecisionRow, at: Instant): number | null {
  const until = createdAt + limits.appealWithinMs
  return ending === null && at < until ? until : null
}

const answered: Record<NonNullable<AppealRow['outcome']>, AppealState> = {
  uphold: 'upheld',
  overturn: 'overturned',
  change: 'changed',
}

function appealOf(decision: DecisionRow, appeal: AppealRow | null, at: Instant): DecisionView['appeal'] {
  if (!appeal) {
    const until = mayAppealUntil(decision, at)
    return {
      until: until === null ? null : iso(until),
      state: until === null ? 'closed' : 'open',
      text: null,
      answer: null,
    }
  }
  const { text, outcome, answer, dueAt } = appeal
  const isOpen = outcome === null
  return { until: isOpen ? iso(dueAt) : null, state: isOpen ? 'sent' : answered[outcome], text, answer }
}

export interface AppealedDecision {
  decision: DecisionRow
  appeal: AppealRow
}

export function appealView(
  { decision, appeal }: AppealedDecision,
  {
    at,
    reader,
    cards,
    media,
  }: {
    at: Instant
    reader: AccountId
    cards: ReadonlyMap<AccountId, PersonCard>
    media: ReadonlyMap<string, MediaView>
  },
): AppealView {
  return {
    decision: decisionView({ decision, appeal }, at),
    about: cards.get(decision.account) ?? null,
    text: appeal.text,
    media: appeal.media.flatMap((id) => media.get(id) ?? []),
    at: iso(appeal.at),
    dueAt: iso(appeal.dueAt),
    isMine: decision.by === reader || decision.account === reader,
    answeredAt: appeal.answeredAt === null ? null : iso(appeal.answeredAt),
  }
}
