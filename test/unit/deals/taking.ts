import { expect } from 'vitest'
import type { Side } from '../../../worker/contract/deal-steps.ts'
import { instant } from '../../../worker/contract/time.ts'
import type { PartyCommand } from '../../../worker/deals/commands.ts'
import { decide, type Command, type DealRecord } from '../../../worker/deals/rules.ts'
import { begin } from './stories.ts'

export const broken: PartyCommand = { type: 'open-dispute', dispute: 'damaged', text: '깨졌어요', media: [] }

/** How the deal stands after a command that is taken so long after the beginning. */
export function taken(deal: DealRecord, afterMs: number, command: Command): DealRecord {
  const decision = decide(deal, command, instant(begin + afterMs))
  expect(decision.answer).toEqual({ ok: true })
  return decision.deal
}

/** Why a command is refused so long after the beginning. */
export function refusalAt(deal: DealRecord, afterMs: number, command: Command): string | null {
  const { answer } = decide(deal, command, instant(begin + afterMs))
  return answer.ok ? null : answer.code
}

export function by(side: Side, step: PartyCommand): Command {
  return { type: 'step', by: side, step, version: null }
}
